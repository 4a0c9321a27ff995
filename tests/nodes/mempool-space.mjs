// A Bitcoin explorer over a bcoin node: Esplora's REST interface with mempool.space's extras, as far as txsleuth asks.
// What the real one remembers of replacements and estimates of fees, a case says.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { RpcError } from './rpc-node.mjs';

const SATOSHI = 1e8;
const PAGE = 25;
const BLOCKS = 10;

export class MempoolSpace {
  #bitcoin;
  #server;

  constructor(bitcoin) {
    this.#bitcoin = bitcoin;
    this.#server = createServer((request, response) => this.#serve(request, response));
    this.reset();
  }

  static async start({ port = 0, bitcoin }) {
    const explorer = new MempoolSpace(bitcoin);
    explorer.#server.listen(port, '127.0.0.1');
    await once(explorer.#server, 'listening');
    explorer.url = `http://127.0.0.1:${explorer.#server.address().port}/api`;
    return explorer;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  reset() {
    this.lie = (path, body) => body;
    this.hourFee = 5;
    this.replacements = {}; // by the replaced txid
    this.fees = {}; // of transactions, in satoshi, by txid
    this.packages = {}; // what transactions pay together with their relatives, in satoshi a virtual byte, by txid
  }

  // What an explorer learns when it sees a conflict in its mempool.
  remember({ replaced, txid }) {
    this.replacements[replaced] = txid;
  }

  async #serve({ url }, response) {
    const { status, body } = await this.#answer(new URL(url, this.url).pathname.replace(/^\/api/, ''))
      .catch((error) => (error instanceof RpcError ? absent(error) : { status: 500, body: error.message }));
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status ?? 200, { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' });
    response.end(text);
  }

  async #answer(path) {
    const [, first, second, third, fourth, fifth] = path.split('/');
    const routes = {
      'block-height': () => this.#rpc('getblockhash', Number(second)),
      blocks: () => this.#blocks(second),
      address: () => (third === 'txs' ? this.#history(second, { from: fourth && fifth }) : undefined),
      block: () => this.#status(second),
      tx: () => this.#about(second)[third]?.(),
      v1: () => ({ fees: () => ({ hourFee: this.hourFee }), cpfp: () => this.#relatives(third) })[second]?.()
        ?? this.#rbf(third, fourth),
    };
    const body = this.lie(path, await routes[first]?.());
    if (body !== undefined) return { body };
    return { status: 404, body: first === 'blocks' ? 'Block not found' : 'Not Found' };
  }

  #about(txid) {
    return {
      undefined: () => this.#tx(txid),
      hex: () => this.#rpc('getrawtransaction', txid, false),
      'merkleblock-proof': () => this.#rpc('gettxoutproof', [txid]),
    };
  }

  // Ten blocks downwards, from the newest one unless a height is given.
  async #blocks(from) {
    const newest = await this.#rpc('getblockcount');
    if (from > newest) return undefined;
    const top = Number(from ?? newest);
    const heights = Array.from({ length: Math.min(BLOCKS, top + 1) }, (_, below) => top - below);
    return Promise.all(heights.map((height) => this.#block(height)));
  }

  async #block(at) {
    const block = await this.#rpc('getblockheader', await this.#rpc('getblockhash', at), true);
    const { hash: id, height, version, time: timestamp, bits, nonce, merkleroot: merkle_root, previousblockhash } = block;
    return { id, height, version, timestamp, bits, nonce: nonce ?? await this.#nonce(id), merkle_root, previousblockhash };
  }

  // bcoin does not print it: the last four bytes of the header.
  async #nonce(hash) {
    return Buffer.from(await this.#rpc('getblockheader', hash, false), 'hex').readUInt32LE(76);
  }

  async #status(hash) {
    const { height } = await this.#rpc('getblockheader', hash, true);
    return { in_best_chain: await this.#rpc('getblockhash', height) === hash, height };
  }

  async #tx(txid) {
    const { blockhash, blocktime, vin, vout } = await this.#rpc('getrawtransaction', txid, true);
    const header = blockhash && await this.#rpc('getblockheader', blockhash, true);
    const status = blockhash
      ? { confirmed: true, block_height: header.height, block_hash: blockhash, block_time: blocktime }
      : { confirmed: false };
    return { txid, vin: await Promise.all(vin.map((input) => this.#input(input))), vout: vout.map(({ value }) => ({ value: Math.round(value * SATOSHI) })), fee: this.fees[txid] ?? 2000, status };
  }

  async #input({ txid, vout }) {
    if (!txid) return { is_coinbase: true, prevout: null };
    const spent = (await this.#rpc('getrawtransaction', txid, true)).vout[vout];
    return { txid, vout, prevout: { scriptpubkey_address: spent.scriptPubKey.addresses[0] } };
  }

  #relatives(txid) {
    const rate = this.packages[txid];
    return rate && { ancestors: [], bestDescendant: null, descendants: [], effectiveFeePerVsize: rate };
  }

  // The newest first; what waits for a block is on the first page only.
  async #history(address, { from }) {
    const known = await this.#bitcoin.transactionsOf(address);
    const waiting = known.filter(({ height }) => height < 0);
    const confirmed = known.filter(({ height }) => height >= 0).sort((one, other) => other.height - one.height);
    const page = confirmed.slice(from ? confirmed.findIndex(({ hash }) => hash === from) + 1 : 0).slice(0, PAGE);
    return [...(from ? [] : waiting), ...page].map(({ hash, height, block, time, outputs }) => ({
      txid: hash,
      vout: outputs.map(({ value, script }) => ({ scriptpubkey: script, value })),
      status: height < 0
        ? { confirmed: false }
        : { confirmed: true, block_height: height, block_hash: block, block_time: time },
    }));
  }

  // Always 200; the root of the tree is the newest version.
  #rbf(txid, what) {
    if (what !== 'rbf') return undefined;
    const newest = this.replacements[txid] ?? txid;
    const older = Object.keys(this.replacements).filter((replaced) => this.replacements[replaced] === newest);
    if (!older.length) return { replacements: null, replaces: null };
    return {
      replacements: { tx: { txid: newest }, replaces: older.map((replaced) => ({ tx: { txid: replaced } })) },
      replaces: newest === txid ? older : null,
    };
  }

  #rpc(method, ...params) {
    return this.#bitcoin.rpc(method, ...params);
  }
}

function absent(error) {
  return /not found|no such/i.test(error.message) ? { status: 404, body: 'Transaction not found' } : { status: 500, body: error.message };
}
