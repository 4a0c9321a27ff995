// A node of Tron, as far as txsleuth asks. Paths and shapes: java-tron's description of its HTTP interface,
// https://tronprotocol.github.io/documentation-en/api/http/ (getblock, gettransactionbyid, gettransactioninfobyid,
// gettransactionfrompending, triggerconstantcontract, getassetissuebyid); what is zero or empty is left out, as
// protobuf's JSON does. Transactions are built, hashed and signed by tronweb, and block ids are those of their headers.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { utils } from 'tronweb';
import { units } from './ethereum.mjs';
import { read, reply } from './json-api.mjs';

const DECIMALS = 6;
const BLOCK_MILLISECONDS = 3000;
const HEAD = 60_000_000;
const SOLID_BEHIND = 18; // 19 of 27 producers have to build upon a block
const LIFETIME = 60_000;
const TRANSFER = 'ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
const TYPES = 'type.googleapis.com/protocol.';
const LITE = 'this API is closed because this node is a lite fullnode';
const CALL = Buffer.from('call').toString('hex');

export class Tron {
  #server;
  name = 'tron';
  key = createHash('sha256').update('a key of a gateway').digest('hex');

  static async start({ port = 0 } = {}) {
    const node = new Tron();
    node.#server = createServer((request, response) => node.#serve(request, response));
    node.#server.listen(port, '127.0.0.1');
    await once(node.#server, 'listening');
    node.url = `http://127.0.0.1:${node.#server.address().port}`;
    return node;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  // A chain whose newest block is of now, with nothing in it but USDT.
  reset() {
    this.newest = Math.floor(Date.now() / BLOCK_MILLISECONDS) * BLOCK_MILLISECONDS;
    this.transactions = new Map();
    this.symbols = new Map();
    this.issues = new Map();
    this.stopped = new Set(); // the accounts that issuers have frozen, without their prefix
    this.lite = false; // it was started from a snapshot, and gives no old blocks away
    this.refuses = null; // what it says in place of every answer, in a 200
    this.keepsCalls = true; // vm.saveInternalTx
    this.usdt = this.token('USDT');
  }

  // Blocks and all that come to stand that much earlier: the node has stopped.
  haltSince({ minutes }) {
    this.newest -= minutes * 60_000;
  }

  height() {
    return HEAD;
  }

  addressOf(name) {
    return utils.crypto.pkToAddress(privateKey(name));
  }

  // The issuers let nobody move tokens of this account.
  freeze(address) {
    this.stopped.add(hexAddress(address).slice(2));
  }

  // Any symbol, as anybody may.
  token(symbol, name = symbol) {
    const address = this.addressOf(`the contract of ${name}`);
    this.symbols.set(address, symbol);
    return { symbol, address };
  }

  // An asset of TRC-10, which has a number and no contract.
  issue(id, abbr) {
    this.issues.set(id, { id, abbr: hex(abbr), name: hex(`${abbr} asset`), owner_address: hexAddress(this.addressOf('issuer')) });
    return { id, symbol: abbr };
  }

  assets() {
    return [
      { asset: 'TRX', decimals: DECIMALS, min_deposit: '1' },
      { asset: 'USDT', contract: this.usdt.address, decimals: DECIMALS, min_deposit: '1' },
    ];
  }

  source() {
    return { kind: 'tron', url: this.url, key_env: 'TRONGRID_KEY' };
  }

  settings(sources = [this.source()]) {
    return {
      family: 'tron', chain: this.#block(0).blockID, confirmations: 'finalized', sources,
      assets: { USDT: { contract: this.usdt.address, decimals: DECIMALS, min_deposit: '1' } },
    };
  }

  payCoin(address, amount, when) {
    const value = { owner_address: hexAddress(this.#payer(when)), to_address: hexAddress(address), amount: sun(amount) };
    return this.#sent({ asset: 'TRX', address, amount }, 'TransferContract', value, when);
  }

  payAsset({ id, symbol }, address, amount, when) {
    const [owner_address, to_address] = [this.#payer(when), address].map(hexAddress);
    const value = { owner_address, to_address, asset_name: hex(id), amount: sun(amount) };
    return this.#sent({ asset: symbol, address, amount }, 'TransferAssetContract', value, when);
  }

  // The receipt of a call that failed has no log.
  payToken(token, address, amount, when) {
    const words = [address, this.#payer(when)].map((account) => hexAddress(account).slice(2).padStart(64, '0'));
    const units = sun(amount).toString(16).padStart(64, '0');
    const log = { address: hexAddress(token.address).slice(2), topics: [TRANSFER, words[1], words[0]], data: units };
    const value = { ...this.#call(token.address, when), data: `a9059cbb${words[0]}${units}` };
    const paid = { asset: token.symbol, address, amount, output_index: 0 };
    return this.#sent(paid, 'TriggerSmartContract', value, when, { log: [log] });
  }

  // Coin to a contract, which passes it on; or tries to, and carries on when that fails.
  payThroughContract(address, amount, { rejected = false, ...when }) {
    const purse = this.addressOf('a contract that pays for others');
    const value = { ...this.#call(purse, when), call_value: sun(amount), data: '6ea056a9' };
    const call = {
      hash: sha256(`${address} inside`), caller_address: hexAddress(purse), transferTo_address: hexAddress(address),
      callValueInfo: [{ callValue: sun(amount) }], note: CALL, ...(rejected && { rejected }),
    };
    const inside = this.keepsCalls ? { internal_transactions: [call] } : {};
    return this.#sent({ asset: 'TRX', address, amount }, 'TriggerSmartContract', value, when, inside);
  }

  #payer({ from = 'payer' } = {}) {
    return this.addressOf(from);
  }

  #call(contract, when) {
    return { owner_address: hexAddress(this.#payer(when)), contract_address: hexAddress(contract) };
  }

  // In the block that has so many confirmations, in the pool with none; `old` is of a time without results, `expired`
  // was never taken in.
  #sent(payment, type, value, when, effects = {}) {
    const { confirmations, expired = false, ...how } = when;
    const height = HEAD + 1 - confirmations;
    const at = confirmations > 0 ? this.#time(height) : this.newest - (expired ? 10 * 60_000 : 0);
    const tx = signed(type, value, { at, calls: type === 'TriggerSmartContract', ...how });
    const id = tx.txID;
    if (confirmations === 0) {
      this.transactions.set(id, { tx, waits: true });
      return { network: this.name, ...payment, txid: id };
    }
    this.transactions.set(id, { height, tx: { ret: [ret(how)], ...tx }, info: this.#receipt(id, height, value, how, effects) });
    return { network: this.name, ...payment, txid: id, height };
  }

  #receipt(id, blockNumber, value, { result = 'SUCCESS', old = false }, effects) {
    const placed = { blockNumber, blockTimeStamp: this.#time(blockNumber) };
    if (!value.contract_address) return { id, ...placed, contractResult: [''], receipt: { net_usage: 268 } };
    const spent = { energy_fee: 13_370_000, energy_usage_total: 31_895, net_fee: 345_000, result };
    const fee = spent.energy_fee + spent.net_fee;
    const called = { contract_address: value.contract_address, receipt: spent };
    if (result === 'SUCCESS') return { id, fee, ...placed, contractResult: [''], ...called, ...effects };
    return { id, fee, ...placed, contractResult: [''], ...called, result: 'FAILED', resMessage: hex(`${result} in the test`) };
  }

  #time(height) {
    return this.newest - (HEAD - height) * BLOCK_MILLISECONDS;
  }

  #block(number) {
    const time = number === 0 ? 1_529_891_469_000 : this.#time(number);
    const raw_data = {
      ...(number > 0 && { number }), txTrieRoot: sha256(`the transactions of ${number}`),
      witness_address: hexAddress(this.addressOf(`producer ${number % 27}`)),
      parentHash: number === 0 ? '0'.repeat(64) : `${height(number - 1)}${sha256(`before ${number}`).slice(16)}`,
      ...(number > 0 && { version: 34 }), timestamp: time,
    };
    return { blockID: `${height(number)}${sha256(header(raw_data)).slice(16)}`, block_header: { raw_data } };
  }

  async #serve(request, response) {
    const body = JSON.parse((await read(request)) || '{}');
    if (request.headers['tron-pro-api-key'] !== this.key) return reply(response, 401, { Error: 'no valid api key' });
    const [, view, question] = request.url.split('/');
    if (this.refuses) return reply(response, 200, { Error: this.refuses });
    if (this.lite && question.startsWith('gettransaction') && !question.endsWith('frompending')) {
      response.writeHead(200, { 'content-type': 'text/plain' });
      return response.end(LITE);
    }
    const reach = { wallet: HEAD, walletsolidity: HEAD - SOLID_BEHIND }[view];
    const answer = reach && this.#answers(reach, view)[question];
    return answer ? reply(response, 200, answer(body) ?? {}) : reply(response, 405, { Error: 'no such interface' });
  }

  #answers(reach, view) {
    const at = ({ value }) => this.transactions.get(value);
    const seen = (body) => (at(body)?.height <= reach ? at(body) : undefined);
    return {
      getblock: ({ id_or_num: number }) => this.#shown(number === undefined ? reach : Number(number), reach),
      gettransactionbyid: (body) => seen(body)?.tx,
      gettransactioninfobyid: (body) => seen(body)?.info,
      ...(view === 'wallet' && {
        gettransactionfrompending: (body) => (at(body)?.waits ? at(body).tx : undefined),
        triggerconstantcontract: (body) => this.#called(body),
        getassetissuebyid: ({ value }) => this.issues.get(value),
      }),
    };
  }

  #shown(number, reach) {
    const kept = !this.lite || number === 0 || number > HEAD - 65_536;
    return number <= reach && kept ? this.#block(number) : undefined;
  }

  #called({ contract_address: contract, function_selector: selector, parameter }) {
    if (!this.symbols.has(contract)) {
      return { result: { code: 'CONTRACT_VALIDATE_ERROR', message: hex('Smart contract is not exist.') } };
    }
    const returned = {
      'symbol()': () => utils.abi.encodeParams(['string'], [this.symbols.get(contract)]),
      'isBlackListed(address)': () => utils.abi.encodeParams(['bool'], [this.stopped.has(parameter.slice(24))]),
    }[selector];
    if (!returned) return { result: { result: true, message: hex('REVERT opcode executed') }, constant_result: [''] };
    return { result: { result: true }, energy_used: 935, constant_result: [returned().slice(2)] };
  }
}

// The results of a transaction in a block: of the oldest nothing is told, and they ran.
function ret({ result = 'SUCCESS', old = false }) {
  return old ? {} : { contractRet: result };
}

function signed(type, value, { at, calls, from = 'payer', cosigner }) {
  const contract = {
    parameter: { value, type_url: `${TYPES}${type}` }, type, ...(cosigner && { Permission_id: 2 }),
  };
  const raw_data = {
    contract: [contract], ref_block_bytes: sha256(`${at}`).slice(0, 4), ref_block_hash: sha256(`${at}`).slice(0, 16),
    expiration: at + LIFETIME, ...(calls && { fee_limit: 100_000_000 }), timestamp: at - BLOCK_MILLISECONDS,
  };
  const message = utils.transaction.txJsonToPb({ raw_data });
  const tx = {
    txID: utils.transaction.txPbToTxID(message).replace(/^0x/, ''), raw_data,
    raw_data_hex: utils.transaction.txPbToRawDataHex(message).toLowerCase(),
  };
  const signers = [from, cosigner].filter(Boolean);
  return signers.reduce((unsigned, name) => utils.crypto.signTransaction(privateKey(name), unsigned), tx);
}

// Protocol.BlockHeader.raw, in the order of its fields.
function header({ timestamp, txTrieRoot, parentHash, number = 0, witness_address, version = 0 }) {
  const bytes = (field, text) => [varint(field * 8 + 2), varint(text.length / 2), Buffer.from(text, 'hex')];
  const count = (field, value) => (value === 0 ? [] : [varint(field * 8), varint(value)]);
  return Buffer.concat([
    ...count(1, timestamp), ...bytes(2, txTrieRoot), ...bytes(3, parentHash), ...count(7, number),
    ...bytes(9, witness_address), ...count(10, version),
  ]);
}

function varint(value) {
  const digits = [];
  let rest = BigInt(value);
  for (; rest >= 128n; rest >>= 7n) digits.push(Number(rest & 127n) | 128);
  return Buffer.from([...digits, Number(rest)]);
}

function height(number) {
  return number.toString(16).padStart(16, '0');
}

function privateKey(name) {
  return sha256(`the key of ${name}`);
}

function hexAddress(address) {
  return utils.address.toHex(address).toLowerCase();
}

function sun(amount) {
  return Number(units(amount, DECIMALS));
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

function hex(text) {
  return Buffer.from(text).toString('hex');
}
