// Explorers over a node: Etherscan's API, version 2, and a Blockscout instance, as far as txsleuth asks. Shapes and words
// are those of https://docs.etherscan.io and https://docs.blockscout.com; what an index lacks, a case says.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { read, reply } from './json-api.mjs';
import { RpcError } from './rpc-node.mjs';

const MULTICALL = '0xca11bde05977b3631167028862be2a173976ca11';
// Answers every call with the number of the chain on which it runs.
const TELLS_CHAIN = '0x4660005260206000f3';
// ERC-20's `Transfer(address,address,uint256)`.
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
// More than an account of any case has.
const TRANSACTIONS = 200;

class Explorer {
  #server;

  constructor(node) {
    this.node = node;
    this.#server = createServer((request, response) => this.#serve(request, response));
    this.reset();
  }

  async listen(port = 0) {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
    return this;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request, response) {
    const url = new URL(request.url, this.url);
    try {
      const { status = 200, body } = await this.answer(url, await read(request));
      reply(response, status, body);
    } catch (error) {
      reply(response, 500, { message: error.message });
    }
  }

  // A call of the node, whose answer `lie` may change: (method, params, honest result) => result.
  async rpc(method, ...params) {
    return this.lie(method, params, await this.node.rpc(method, ...params));
  }

  // What an account sent, the newest first: read from the blocks, for the node mixes up nonces once its chain has been
  // set back.
  async sentBy(account, most) {
    const height = Number(await this.node.rpc('eth_blockNumber'));
    const heights = Array.from({ length: height + 1 }, (_, back) => height - back);
    const blocks = await Promise.all(heights.map((at) => this.node.rpc('eth_getBlockByNumber', hex(at), true)));
    return blocks.flatMap(({ transactions }) => transactions).filter(({ from }) => same(from, account)).slice(0, most);
  }

  // The transactions in blocks that name an account, or call it inside, the newest first.
  async touching(account) {
    const { txs } = await this.node.rpc('ots_searchTransactionsBefore', account, 0, TRANSACTIONS);
    return Promise.all(txs.map(async ({ hash }) => {
      const [tx, receipt] = await Promise.all(
        ['eth_getTransactionByHash', 'eth_getTransactionReceipt'].map((method) => this.rpc(method, hash)));
      return { ...tx, receipt, seconds: await this.seconds(tx.blockNumber) };
    }));
  }

  // What transactions paid to an account themselves.
  async paidTo(account) {
    return (await this.touching(account)).filter(({ to }) => same(to, account));
  }

  // What calls inside transactions paid to it.
  async calledTo(account) {
    const inside = async ({ hash, blockNumber, seconds }) => {
      const calls = (await this.callsInside(hash)).map((call, at) => ({ ...call, index: at + 1, hash, blockNumber, seconds }));
      return calls.filter(({ to }) => same(to, account));
    };
    return (await Promise.all((await this.touching(account)).map(inside))).flat();
  }

  // The transfers of tokens to it, the newest first.
  async tokensTo(account) {
    const topics = [TRANSFER, null, `0x${account.slice(2).toLowerCase().padStart(64, '0')}`];
    const logs = await this.rpc('eth_getLogs', { fromBlock: '0x0', toBlock: 'latest', topics });
    return Promise.all(logs.reverse().map(async (log) => ({
      hash: log.transactionHash, blockNumber: log.blockNumber, index: Number(log.logIndex), contract: log.address,
      from: `0x${log.topics[1].slice(26)}`, to: `0x${log.topics[2].slice(26)}`, value: log.data,
      seconds: await this.seconds(log.blockNumber),
    })));
  }

  async seconds(height) {
    return Number((await this.node.rpc('eth_getBlockByNumber', height, false)).timestamp);
  }

  // Every call inside a transaction in the order in which they were made. What lies within one that failed, failed.
  async callsInside(txid) {
    const flat = (frame, failed) => (frame.calls ?? []).flatMap((call) => {
      const doomed = failed || Boolean(call.error);
      return [{ ...call, failed: doomed }, ...flat(call, doomed)];
    });
    return flat(await this.node.rpc('debug_traceTransaction', txid, { tracer: 'callTracer' }), false);
  }
}

export class Etherscan extends Explorer {
  key = 'an-etherscan-key-of-34-characters-';

  static start({ port, node }) {
    return new Etherscan(node).listen(port);
  }

  // As a configuration names it; the key has its place in the query.
  source() {
    return {
      kind: 'etherscan', url: `${this.url}/v2/api?chainid=31337&apikey={key}`, key_env: 'ETHERSCAN_KEY',
      requests_per_second: 0,
    };
  }

  reset() {
    this.lie = (method, params, result) => result;
    this.refuses = null; // what it says to everything instead
  }

  async answer({ searchParams }) {
    const { apikey, chainid, module, action, ...asked } = Object.fromEntries(searchParams);
    if (apikey !== this.key) return refusal('Invalid API Key (#err2)');
    if (chainid !== '31337') return refusal('Missing or unsupported chainid parameter (required for v2 api)');
    if (this.refuses) return refusal(this.refuses);
    const routes = {
      proxy: () => this.#proxy(action, asked),
      account: () => ({
        txlistinternal: () => (asked.txhash ? this.#internals(asked) : this.#called(asked)),
        txlist: () => this.#sentAndPaid(asked), tokentx: () => this.#tokens(asked),
      })[action]?.(),
    };
    return await routes[module]?.() ?? refusal('Error! Missing Or invalid Action name');
  }

  async #proxy(action, { tag, boolean, txhash, address, to, data }) {
    const chain = to?.toLowerCase() === MULTICALL ? [{ [MULTICALL]: { code: TELLS_CHAIN } }] : [];
    const params = {
      eth_getBlockByNumber: [tag, boolean === 'true'],
      eth_getTransactionByHash: [txhash],
      eth_getTransactionReceipt: [txhash],
      eth_getTransactionCount: [address, tag],
      eth_getCode: [address, tag],
      eth_call: [{ to, data }, tag, ...chain],
    }[action];
    if (!params) return undefined;
    const base = { jsonrpc: '2.0', id: 1 };
    const failed = ({ code, message }) => ({ body: { ...base, error: { code, message } } });
    return this.rpc(action, ...params).then((result) => ({ body: { ...base, result } })).catch((error) => {
      if (error instanceof RpcError) return failed(error);
      throw error;
    });
  }

  // Calls without coin are not listed.
  async #internals({ txhash }) {
    const receipt = await this.node.rpc('eth_getTransactionReceipt', txhash);
    const calls = receipt ? (await this.callsInside(txhash)).filter(({ value }) => BigInt(value ?? 0) > 0n) : [];
    return listed(calls.map(({ type, from, to, value, input, gas, gasUsed, failed }) => ({
      blockNumber: String(Number(receipt.blockNumber)), timeStamp: '0', from, to: to ?? '', value: String(BigInt(value)),
      contractAddress: '', input, type: type.toLowerCase(), gas: String(Number(gas)), gasUsed: String(Number(gasUsed)),
      isError: failed ? '1' : '0', errCode: failed ? 'execution reverted' : '',
    })));
  }

  // What an account sent and what was paid to it, in one list.
  async #sentAndPaid({ address, page, offset }) {
    const paid = await this.paidTo(address);
    const sent = (await this.sentBy(address, TRANSACTIONS)).filter(({ to }) => !same(to, address));
    const rows = [...paid, ...sent].sort((one, other) => Number(other.blockNumber) - Number(one.blockNumber));
    const row = async ({ hash, from, to, nonce, value, blockNumber, receipt, seconds }) => ({
      hash, from, to: to ?? '', nonce: String(Number(nonce)), value: String(BigInt(value)), contractAddress: '',
      blockNumber: String(Number(blockNumber)), timeStamp: String(seconds ?? await this.seconds(blockNumber)),
      isError: receipt?.status === '0x0' ? '1' : '0',
    });
    return listed(await Promise.all(paged(rows, page, offset).map(row)));
  }

  async #called({ address, page, offset }) {
    const calls = (await this.calledTo(address)).filter(({ value }) => BigInt(value ?? 0) > 0n);
    return listed(paged(calls, page, offset).map(({ hash, blockNumber, seconds, type, from, to, value, index, failed }) => ({
      hash, blockNumber: String(Number(blockNumber)), timeStamp: String(seconds), from, to, value: String(BigInt(value)),
      contractAddress: '', type: type.toLowerCase(), traceId: String(index), isError: failed ? '1' : '0',
    })));
  }

  async #tokens({ address, contractaddress, page, offset }) {
    const rows = (await this.tokensTo(address)).filter(({ contract }) => !contractaddress || same(contract, contractaddress));
    return listed(paged(rows, page, offset).map(({ hash, blockNumber, seconds, contract, from, to, value }) => ({
      hash, blockNumber: String(Number(blockNumber)), timeStamp: String(seconds), from, to, value: String(BigInt(value)),
      contractAddress: contract, tokenName: 'A token', tokenSymbol: 'ANY', tokenDecimal: '2',
    })));
  }
}

function same(one, other) {
  return one?.toLowerCase() === other.toLowerCase();
}

function paged(rows, page, offset) {
  return rows.slice((Number(page) - 1) * Number(offset), Number(page) * Number(offset));
}

// An empty list is told as a failure.
function listed(rows) {
  if (rows.length === 0) return { body: { status: '0', message: 'No transactions found', result: [] } };
  return { body: { status: '1', message: 'OK', result: rows } };
}

function refusal(words) {
  return { body: { status: '0', message: 'NOTOK', result: words } };
}

const PAGE = 50;
// What its JSON-RPC answers from the index, and what it passes on to the node.
const OWN = ['eth_chainId', 'eth_getTransactionByHash', 'eth_getTransactionReceipt', 'eth_getLogs'];
const PASSED_ON = ['eth_getTransactionCount', 'eth_getCode', 'eth_call', 'eth_getBlockByNumber', 'eth_getBlockByHash'];
const NAMED_BLOCKS = ['latest', 'earliest', 'pending'];

export class Blockscout extends Explorer {
  static start({ port, node }) {
    return new Blockscout(node).listen(port);
  }

  source() {
    return { kind: 'blockscout', url: this.url, requests_per_second: 0 };
  }

  reset() {
    this.lie = (method, params, result) => result;
    this.indexed = true; // whether it has read every block
    this.looksInside = true; // whether it has read the calls inside transactions
    this.memory = {}; // of what was in the mempool, by TXID
  }

  // What the index learns when it sees a transaction in the mempool.
  async remember(txid) {
    this.memory[txid] = await this.node.rpc('eth_getTransactionByHash', txid);
  }

  async answer({ pathname, searchParams }, body) {
    if (pathname === '/api/eth-rpc') return { body: await this.#called(JSON.parse(body)) };
    const [, , , first, second, third] = pathname.split('/');
    const routes = {
      'main-page': () => ({ blocks: () => this.#newest(), 'indexing-status': () => this.#status() })[second]?.(),
      transactions: () => (third ? this.#internals(second, searchParams) : this.#record(second)),
      addresses: () => this.#ofAddress(second, third, searchParams),
    };
    const found = await routes[first]?.();
    return found ? { body: found } : { status: 404, body: { message: 'Not found' } };
  }

  #called(asked) {
    return Array.isArray(asked) ? Promise.all(asked.map((call) => this.#call(call))) : this.#call(asked);
  }

  // Its own errors are words alone.
  async #call({ id, method, params }) {
    const failed = (error) => ({ jsonrpc: '2.0', error, id });
    const block = PASSED_ON.includes(method) && method !== 'eth_getBlockByHash' ? params.find(isBlock) : 'latest';
    if (![...OWN, ...PASSED_ON].includes(method)) return failed('Action not found.');
    if (!block) return failed('Invalid block number');
    try {
      return { jsonrpc: '2.0', result: await this.#result(method, params), id };
    } catch (error) {
      if (error instanceof RpcError) return failed({ code: error.code, message: error.message });
      throw error;
    }
  }

  async #result(method, params) {
    const result = await this.rpc(method, ...params) ?? this.memory[params[0]] ?? null;
    if (method === 'eth_getTransactionByHash' && result) return printed(result);
    if (method !== 'eth_getTransactionReceipt') return result;
    // It makes a receipt of everything that it knows.
    const tx = result?.logs ? null : await this.#known(params[0]);
    return tx ? { transactionHash: tx.hash, blockHash: null, blockNumber: null, status: null, logs: [] } : result;
  }

  async #known(txid) {
    return await this.node.rpc('eth_getTransactionByHash', txid) ?? this.memory[txid];
  }

  async #newest() {
    const { number, hash, timestamp } = await this.rpc('eth_getBlockByNumber', 'latest', false);
    return [{ height: Number(number), hash, timestamp: new Date(Number(timestamp) * 1000).toISOString(), type: 'block' }];
  }

  #status() {
    return {
      finished_indexing: this.indexed, finished_indexing_blocks: this.indexed,
      indexed_blocks_ratio: this.indexed ? '1.00' : '0.43', indexed_internal_transactions_ratio: this.indexed ? '1' : null,
    };
  }

  async #record(txid) {
    const tx = await this.#known(txid);
    if (!tx) return undefined;
    const receipt = await this.rpc('eth_getTransactionReceipt', txid);
    const waits = Boolean(await this.node.rpc('eth_getTransactionByHash', txid));
    return record(tx, receipt, waits, this.looksInside);
  }

  // The three lists of an address, each of one direction.
  #ofAddress(account, list, query) {
    const lists = {
      transactions: () => (query.get('filter') === 'to' ? this.#paid(account, query) : this.#sent(account)),
      'internal-transactions': () => this.#calls(account, query),
      'token-transfers': () => this.#tokens(account, query),
    };
    return lists[list]?.();
  }

  async #paid(account, query) {
    return itemised(await this.paidTo(account), query, ({ receipt, seconds, to, value, ...tx }) => ({
      ...record(tx, receipt, true, this.looksInside), to: { hash: to }, created_contract: null,
      value: String(BigInt(value)), timestamp: printedTime(seconds),
    }));
  }

  async #calls(account, query) {
    const calls = this.looksInside ? await this.calledTo(account) : [];
    return itemised(calls, query, ({ hash, index, blockNumber, seconds, type, from, to, value, failed }) => ({
      transaction_hash: hash, index, block_number: Number(blockNumber), timestamp: printedTime(seconds),
      type: type.toLowerCase(), from: { hash: from }, to: { hash: to }, created_contract: null,
      value: String(BigInt(value ?? 0)), success: !failed, error: failed ? 'execution reverted' : null,
    }));
  }

  async #tokens(account, query) {
    const rows = await this.tokensTo(account);
    return itemised(rows, query, ({ hash, blockNumber, seconds, contract, from, to, value, index }) => ({
      transaction_hash: hash, block_number: Number(blockNumber), timestamp: printedTime(seconds), log_index: index,
      from: { hash: from }, to: { hash: to }, token: { address_hash: contract, symbol: 'ANY', decimals: '2', type: 'ERC-20' },
      total: { value: String(BigInt(value)), decimals: '2' }, token_type: 'ERC-20', type: 'token_transfer',
    }));
  }

  // Everything that an account sent, what never came into a block included.
  async #sent(account) {
    const sent = await this.sentBy(account, PAGE);
    const records = sent.map((tx) => record(tx, { status: '0x1', blockNumber: tx.blockNumber }, true, true));
    const gone = Object.values(this.memory).filter(({ from }) => from.toLowerCase() === account.toLowerCase());
    return { items: [...gone.map((tx) => record(tx, null, false, true)), ...records], next_page_params: null };
  }

  // The outermost call is kept as well, under index 0, but not listed unless it makes a contract.
  async #internals(txid, query) {
    const calls = this.looksInside ? await this.callsInside(txid) : [];
    const { blockNumber } = await this.node.rpc('eth_getTransactionReceipt', txid);
    const items = calls.map(({ type, from, to, value, failed }, at) => ({
      transaction_hash: txid, index: at + 1, block_number: Number(blockNumber), type: type.toLowerCase(),
      from: { hash: from }, to: to ? { hash: to } : null, created_contract: null, value: String(BigInt(value ?? 0)),
      success: !failed, error: failed ? 'execution reverted' : null,
    }));
    const start = Number(query.get('index') ?? 0);
    const next = start + PAGE < items.length ? { index: start + PAGE, block_number: Number(blockNumber) } : null;
    return { items: items.slice(start, start + PAGE), next_page_params: next };
  }
}

// A page of a list, and what leads to the next one.
function itemised(rows, query, item) {
  const start = Number(query.get('items_count') ?? 0);
  const next = start + PAGE < rows.length ? { items_count: start + PAGE, filter: 'to' } : null;
  return { items: rows.slice(start, start + PAGE).map(item), next_page_params: next };
}

function printedTime(seconds) {
  return new Date(seconds * 1000).toISOString();
}

function record({ hash, from, nonce }, receipt, waits, looksInside) {
  const status = { '0x1': 'ok', '0x0': 'error' }[receipt?.status] ?? (waits ? null : 'error');
  const ran = looksInside ? 'success' : 'awaiting_internal_transactions';
  const result = receipt ? { ok: ran, error: 'Reverted' }[status] : waits ? 'pending' : 'dropped/replaced';
  return {
    hash, result, status, block_number: receipt ? Number(receipt.blockNumber) : null, nonce: Number(nonce),
    from: { hash: from }, is_pending_update: false,
  };
}

// As it prints a transaction: without access list and parity.
function printed({ accessList, yParity, blockHash, blockNumber, ...tx }) {
  return { ...tx, blockHash: blockHash ?? null, blockNumber: blockNumber ?? null };
}

function isBlock(param) {
  return typeof param === 'string' && (NAMED_BLOCKS.includes(param) || /^0x[0-9a-f]{1,16}$/.test(param));
}

function hex(number) {
  return `0x${number.toString(16)}`;
}
