// An index of Blockbook's over a chain of Bitcoin's family, as far as txsleuth asks. Paths, shapes and words are those of
// https://github.com/trezor/blockbook/blob/master/docs/api.md and of its api/worker.go. The chain is made up, except for
// the block by which it is told; its transactions are true ones, built, signed and hashed by bcoin: what differs between
// the chains is how they write addresses (`chainparams.cpp` of their own nodes) and what they add to a transaction.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import bcoin from './bcoin.mjs';
import { cashAddress } from './cash-address.mjs';
import { units } from './ethereum.mjs';
import { reply } from './json-api.mjs';

const { Address, Coin, KeyRing, MTX, Script } = bcoin;
const [plain58, bech32] = ['base58', 'bech32'].map((name) => createRequire(import.meta.url)(`bstring/lib/${name}-browser`));

const DECIMALS = 8;
const FEE = 2000;
const HEIGHT = 2_800_000;
const PAGE = 25;

// Version bytes of base58, prefixes, usual seconds between two blocks, and the block by which a chain is told.
const CHAINS = {
  bitcoin: {
    chain: 'mainnet', coin: 'BTC', key: 0x00, script: 0x05, bech32: 'bc', seconds: 600, confirmations: 6,
    mark: [478_559, '00000000000000000019f112ec0a9982926f1258cdcc558dd7c3b7e5dc7fa148'],
  },
  litecoin: {
    chain: 'litecoin', coin: 'LTC', key: 0x30, script: 0x32, bech32: 'ltc', seconds: 150, confirmations: 6,
    mark: [0, '12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2'],
  },
  dogecoin: {
    chain: 'dogecoin', coin: 'DOGE', key: 0x1e, script: 0x16, seconds: 60, confirmations: 60,
    mark: [0, '1a91e3dace36e2be3bf030a65679fe821aa1d6ef92e7c9902eb318182c355691'],
  },
  'bitcoin-cash': {
    chain: 'bitcoin-cash', coin: 'BCH', cash: 'bitcoincash', seconds: 600, confirmations: 10,
    mark: [661_648, '0000000000000000029e471c41818d24b8b74c911071c4ef0b4a0509f9b5a8ce'],
  },
};

// The hash that a lock of this name has on every chain; nobody has its key.
export function lock(name, kind = 'key') {
  return { kind, hash: createHash('sha256').update(name).digest().subarray(0, 20) };
}

export class Blockbook {
  #server;
  #parameters;

  constructor(network) {
    this.network = network;
    this.#parameters = CHAINS[network];
    this.coin = this.#parameters.coin;
    this.#server = createServer((request, response) => this.#serve(request, response));
    this.reset();
  }

  static async start({ port = 0, network }) {
    const index = new Blockbook(network);
    index.#server.listen(port, '127.0.0.1');
    await once(index.#server, 'listening');
    index.url = `http://127.0.0.1:${index.#server.address().port}`;
    return index;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  reset() {
    this.lie = (path, answer) => answer;
    this.transactions = new Map(); // by txid: {tx, hex, height?, seen}
  }

  // As a configuration names the network.
  settings() {
    const { chain, confirmations } = this.#parameters;
    return { family: 'bitcoin', chain, confirmations, sources: [{ kind: 'blockbook', url: this.url }] };
  }

  get confirmations() {
    return this.#parameters.confirmations;
  }

  height() {
    return HEIGHT;
  }

  // The asset as a ledger lists it.
  assets() {
    return [{ asset: this.coin, decimals: DECIMALS, min_deposit: '0.001' }];
  }

  // The address of a lock as this chain writes it, or in an older form of its own.
  address({ kind, hash }, { version } = {}) {
    const { cash, key, script, bech32: prefix } = this.#parameters;
    if (kind === 'witness') return bech32.encode(prefix, 0, hash);
    if (cash && version === undefined) return cashAddress(cash, kind, hash);
    return base58(version ?? (kind === 'key' ? key : script), hash);
  }

  // Pays to a lock; `token` and `extension` are what stands before an output's script, and behind the witnesses, in hex.
  pay(to, amount, { confirmations, token = '', extension, spend }) {
    const payer = KeyRing.fromPrivate(createHash('sha256').update(`payer on ${this.network}`).digest(), true);
    const coin = spend ?? this.#mint(payer, Number(units(amount, DECIMALS)) + FEE);
    const mtx = new MTX();
    const script = Script.fromRaw(Buffer.from(token + scriptOf(to).toRaw().toString('hex'), 'hex'));
    mtx.addOutput(script, Number(units(amount, DECIMALS)));
    mtx.addCoin(coin);
    mtx.sign(payer);
    const tx = mtx.toTX();
    const height = confirmations > 0 ? HEIGHT + 1 - confirmations : undefined;
    this.transactions.set(tx.txid(), { tx, hex: flagged(tx.toRaw().toString('hex'), extension), height, seen: now() - 300 });
    const payment = { network: this.network, asset: this.coin, address: this.address(to), amount };
    return { ...payment, txid: tx.txid(), output_index: 0, coin };
  }

  // A coin of the payer's from a day ago.
  #mint(payer, value) {
    const tx = new MTX();
    tx.addOutput(Script.fromPubkeyhash(payer.getKeyHash()), value);
    tx.addInput({ prevout: { hash: sha256(`${this.network} ${this.transactions.size}`), index: 0 } });
    const minted = tx.toTX();
    this.transactions.set(minted.txid(), {
      tx: minted, hex: minted.toRaw().toString('hex'), height: HEIGHT - Math.floor(86_400 / this.#parameters.seconds),
    });
    return Coin.fromTX(minted, 0, HEIGHT - 1000);
  }

  async #serve({ url }, response) {
    const { pathname, searchParams } = new URL(url, this.url);
    const { status = 200, body } = this.lie(pathname, this.#answer(pathname, searchParams));
    if (typeof body !== 'string') return reply(response, status, body);
    response.writeHead(status, { 'content-type': 'text/html' });
    return response.end(body);
  }

  #answer(path, query) {
    const [, , version, what, id] = path.split('/');
    if (path === '/api/status') return { body: this.#status() };
    const routes = {
      'block-index': () => ({ body: { blockHash: Number(id) > HEIGHT ? '' : this.#hash(Number(id)) } }),
      tx: () => this.#known(id, (entry) => this.#normalised(entry, query.get('spending') === 'true')),
      'tx-specific': () => this.#known(id, ({ hex }) => ({ hex, txid: id })),
      address: () => ({ body: this.#history(id, Number(query.get('page') ?? 1)) }),
      block: () => refused('Block not found'),
      estimatefee: () => ({ body: { result: '0.0001' } }),
    };
    return version === 'v2' && routes[what] ? routes[what]() : { status: 404, body: '404 page not found' };
  }

  #known(txid, told) {
    const entry = this.transactions.get(txid);
    return entry ? { body: told(entry) } : refused(`Transaction '${txid}' not found`);
  }

  #status() {
    const read = new Date((now() - this.#parameters.seconds / 2) * 1000).toISOString();
    return {
      blockbook: {
        coin: this.network, host: 'blockbook', version: '0.4.0', syncMode: true, initialSync: false, inSync: true,
        bestHeight: HEIGHT, lastBlockTime: read, inSyncMempool: true, lastMempoolTime: read, mempoolSize: 7, decimals: 8,
      },
      backend: { chain: 'main', blocks: HEIGHT, headers: HEIGHT, bestBlockHash: this.#hash(HEIGHT), protocolVersion: '70016' },
    };
  }

  #hash(height) {
    const [at, hash] = this.#parameters.mark;
    return at === height ? hash : sha256(`${this.network} block ${height}`);
  }

  #time(height) {
    return now() - Math.floor((HEIGHT - height + 0.5) * this.#parameters.seconds);
  }

  // Empty fields are left out, and a transaction in no block has the height -1.
  #normalised({ tx, hex, height, seen }, spending) {
    const txid = tx.txid();
    const vin = tx.inputs.map(({ prevout, sequence }, n) => {
      const spent = this.transactions.get(prevout.txid())?.tx.outputs[prevout.index];
      const from = spent && { addresses: this.#named(spent.script), isAddress: true, value: String(spent.value) };
      return { txid: prevout.txid(), ...(prevout.index && { vout: prevout.index }), sequence, n, ...from };
    });
    const vout = tx.outputs.map(({ value, script }, n) => ({
      value: String(value), n, ...(spending && this.#spender(txid, n)), hex: script.toRaw().toString('hex'),
      addresses: this.#named(script), isAddress: true,
    }));
    const place = height === undefined
      ? { blockHeight: -1, confirmations: 0, blockTime: seen }
      : { blockHash: this.#hash(height), blockHeight: height, confirmations: HEIGHT + 1 - height, blockTime: this.#time(height) };
    return { txid, version: tx.version, vin, vout, ...place, fees: String(FEE), hex };
  }

  // The index knows of spending in blocks alone.
  #spender(txid, index) {
    const spends = ({ tx, height }) => height !== undefined
      && tx.inputs.some(({ prevout }) => prevout.txid() === txid && prevout.index === index);
    const by = [...this.transactions.values()].find(spends);
    return by && { spent: true, spentTxId: by.tx.txid(), spentHeight: by.height };
  }

  // What waits for a block comes first, then the newest.
  #history(address, page) {
    const pays = ({ tx }) => tx.outputs.some(({ script }) => this.#named(script).includes(address));
    const all = [...this.transactions.values()].filter(pays)
      .sort((one, other) => (other.height ?? Infinity) - (one.height ?? Infinity));
    const last = Math.max(1, Math.ceil(all.length / PAGE));
    const transactions = all.slice((page - 1) * PAGE, page * PAGE).map((entry) => this.#normalised(entry, false));
    const paging = { page: Math.min(page, last), totalPages: last, itemsOnPage: PAGE };
    return { ...paging, address, txs: all.length, ...(transactions.length && { transactions }) };
  }

  #named(script) {
    const address = script.getAddress();
    const kind = address && { [Address.types.PUBKEYHASH]: 'key', [Address.types.SCRIPTHASH]: 'script' }[address.type];
    if (!address) return [];
    return [this.address({ kind: kind ?? 'witness', hash: address.hash })];
  }
}

function scriptOf({ kind, hash }) {
  if (kind === 'key') return Script.fromPubkeyhash(hash);
  return kind === 'script' ? Script.fromScripthash(hash) : Script.fromProgram(0, hash);
}

// Marker and flag behind the version, and the part for the extension block before the lock time (LIP-0003).
function flagged(hex, extension) {
  return extension ? `${hex.slice(0, 8)}0008${hex.slice(8, -8)}${extension}${hex.slice(-8)}` : hex;
}

function base58(version, hash) {
  const body = Buffer.concat([Buffer.from([version]), hash]);
  const sum = createHash('sha256').update(createHash('sha256').update(body).digest()).digest().subarray(0, 4);
  return plain58.encode(Buffer.concat([body, sum]));
}

function refused(error) {
  return { status: 400, body: { error } };
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}

function now() {
  return Math.floor(Date.now() / 1000);
}
