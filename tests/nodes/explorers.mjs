// Explorers over a node: Etherscan's API, version 2, and a Blockscout instance, as far as txsleuth asks. Shapes and words
// are those of https://docs.etherscan.io and https://docs.blockscout.com; what an index lacks, a case says.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { read, reply } from './json-api.mjs';
import { RpcError } from './rpc-node.mjs';

const MULTICALL = '0xca11bde05977b3631167028862be2a173976ca11';
// Answers every call with the number of the chain on which it runs.
const TELLS_CHAIN = '0x4660005260206000f3';

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

  // What an account sent, the newest first.
  async sentBy(account, most) {
    const count = Number(await this.node.rpc('eth_getTransactionCount', account, 'latest'));
    const nonces = Array.from({ length: Math.min(count, most) }, (_, back) => count - 1 - back);
    return Promise.all(nonces.map((nonce) => this.node.rpc('eth_getTransactionBySenderAndNonce', account, hex(nonce))));
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
      account: () => ({ txlistinternal: () => this.#internals(asked), txlist: () => this.#sent(asked) })[action]?.(),
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

  async #sent({ address, offset }) {
    const sent = await this.sentBy(address, Number(offset));
    return listed(sent.map(({ hash, from, to, nonce, blockNumber }) => ({
      hash, from, to: to ?? '', nonce: String(Number(nonce)), blockNumber: String(Number(blockNumber)), isError: '0',
    })));
  }
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
      addresses: () => this.#sent(second),
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
