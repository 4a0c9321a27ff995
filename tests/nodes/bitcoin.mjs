// A real Bitcoin node (bcoin, regtest) and a wallet with one fixed key.

import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import bcoin from './bcoin.mjs';
import { emptyBlock } from './branch.mjs';
import { freePort, RpcError, RpcNode } from './rpc-node.mjs';

const { Address, Coin, KeyRing, MTX, Script, TX } = bcoin;

const REGTEST = 'regtest';
const USER = 'u';
const FEE = 2000;
const DUST = 546; // the least that nodes relay to a usual address
const PURSE = 120;
const MATURITY = 100;
const SEGWIT_ACTIVE_FROM = 432;
const HEAD_START_SECONDS = 2 * 60 * 60;
const BLOCK_SECONDS = 10 * 60;

export class Bitcoin {
  #node;
  #purse = [];
  #owner = KeyRing.fromPrivate(createHash('sha256').update('txsleuth regtest wallet').digest(), true);

  constructor(node, password) {
    this.#node = node;
    this.url = node.url;
    this.user = USER;
    this.password = password;
    this.#owner.witness = true;
  }

  static async start({ port } = {}) {
    const at = port ?? await freePort();
    const password = randomBytes(16).toString('hex');
    const node = await RpcNode.start({
      name: 'bcoin',
      command: process.execPath,
      args: [fileURLToPath(new URL('./bitcoin-node.mjs', import.meta.url))],
      env: { BITCOIN_RPC_PORT: String(at), BITCOIN_RPC_PASSWORD: password },
      url: `http://127.0.0.1:${at}`,
      headers: { authorization: `Basic ${Buffer.from(`${USER}:${password}`).toString('base64')}` },
      probe: 'getblockcount',
    });
    const bitcoin = new Bitcoin(node, password);
    try {
      await bitcoin.#fillPurse();
    } catch (error) {
      await node.stop();
      throw error;
    }
    return bitcoin;
  }

  rpc(method, ...params) {
    return this.#node.call(method, ...params);
  }

  // What the node's own interface tells of an address; its JSON-RPC has no word for that.
  async transactionsOf(address) {
    const authorization = `Basic ${Buffer.from(`${this.user}:${this.password}`).toString('base64')}`;
    return (await fetch(`${this.url}/tx/address/${address}`, { headers: { authorization } })).json();
  }

  stop() {
    return this.#node.stop();
  }

  height() {
    return this.rpc('getblockcount');
  }

  // To nobody in particular, unless `to` is given.
  async mine(blocks = 1, to = addressOf('a miner')) {
    return blocks > 0 ? this.rpc('generatetoaddress', blocks, to) : [];
  }

  // Pays so long ago that, with a block every 10 minutes since, the payment has these confirmations now.
  async pay(to, satoshis, { confirmations }) {
    await this.#clock(-BLOCK_SECONDS * (confirmations + 0.5));
    const { txid, output_index } = await this.#send(to, satoshis);
    await this.#bury(confirmations);
    return { txid, output_index };
  }

  // Pays with the change of a payment that waits itself.
  async payFromChange(to, satoshis) {
    const parent = await this.#send(addressOf('somebody before'), satoshis);
    const change = Coin.fromTX(TX.fromRaw(await this.rpc('getrawtransaction', parent.txid, false), 'hex'), 1, -1);
    return this.#spend(change, [{ to, satoshis }], FEE);
  }

  // One transaction that pays many, the same to each, in this order.
  async payAll(receivers, satoshis, { confirmations }) {
    await this.#clock(-BLOCK_SECONDS * (confirmations + 0.5));
    const outputs = receivers.map((to) => ({ to, satoshis }));
    const { txid } = await this.#spend(await this.#nextCoin(), outputs, FEE * Math.ceil(outputs.length / 10));
    await this.#bury(confirmations);
    return { txid };
  }

  // BIP 141's hash over the witnesses as well.
  async witnessHash(txid) {
    const raw = await this.rpc('getrawtransaction', txid, false);
    return Buffer.from(TX.fromRaw(raw, 'hex').witnessHash()).reverse().toString('hex');
  }

  // All of one coin; it lay at the address `from`.
  async sweep(to, { confirmations }) {
    await this.#clock(-BLOCK_SECONDS * (confirmations + 0.5));
    const coin = await this.#nextCoin();
    const { txid } = await this.#spend(coin, [{ to, satoshis: coin.value - FEE }], FEE);
    await this.#bury(confirmations);
    return { txid, from: this.#owner.getAddress().toString(REGTEST) };
  }

  // One payment among outputs that are of no account: a note that nobody can spend, and dust to an address.
  async payAmongDust(to, satoshis, dustTo, { confirmations }) {
    await this.#clock(-BLOCK_SECONDS * (confirmations + 0.5));
    const outputs = [{ note: 'thank you' }, { to: dustTo, satoshis: DUST }, { to, satoshis }];
    const { txid } = await this.#spend(await this.#nextCoin(), outputs, FEE);
    await this.#bury(confirmations);
    return { txid, output_index: outputs.length - 1 };
  }

  // The same with coins that a payment to somebody else was to spend: the network saw that one first.
  async payInstead(of, to, satoshis, { confirmations }) {
    await this.#clock(-BLOCK_SECONDS * (confirmations + 0.5));
    const replaced = await this.#send(of, satoshis);
    await this.rpc('evictfrommempool', replaced.txid);
    const paid = await this.#spend(replaced.coin, [{ to, satoshis }], FEE * 5);
    await this.#bury(confirmations);
    return { replaced: replaced.txid, ...paid };
  }

  // Has a longer branch without any payment take the place of the newest blocks: bcoin cannot mine any more after
  // `invalidateblock`. It forgets what was in them, for its mempool takes nothing back while it is empty; what
  // somebody sends again is in the mempool.
  async overtake(depth, { sentAgain = [] } = {}) {
    const height = await this.height() - depth;
    const raw = await Promise.all(sentAgain.map((txid) => this.rpc('getrawtransaction', txid, false)));
    let { hash: parent, time } = await this.rpc('getblockheader', await this.rpc('getblockhash', height), true);
    for (let above = 1; above <= depth + 1; above += 1) {
      time += BLOCK_SECONDS / 2;
      const block = emptyBlock({ parent, height: height + above, time, to: addressOf('another miner') });
      await this.rpc('submitblock', block.raw);
      parent = block.hash;
    }
    if (await this.rpc('getbestblockhash') !== parent) throw new Error('bcoin does not follow the longer branch');
    await Promise.all(raw.map((transaction) => this.#broadcast(transaction)));
  }

  // Each payment spends a mined coin of its own: no case waits for, or is undone by, another's.
  async #send(to, satoshis) {
    const coin = await this.#nextCoin();
    return { coin, ...await this.#spend(coin, [{ to, satoshis }], FEE) };
  }

  // Outputs in this order; what is left goes back to the miner.
  async #spend(coin, outputs, fee) {
    const mtx = new MTX();
    for (const { to, satoshis, note } of outputs) {
      const script = note ? Script.fromNulldata(Buffer.from(note)) : Address.fromString(to, REGTEST);
      mtx.addOutput(script, satoshis ?? 0);
    }
    const paid = outputs.reduce((sum, { satoshis }) => sum + (satoshis ?? 0), 0);
    if (coin.value > paid + fee) mtx.addOutput(this.#owner.getAddress(), coin.value - paid - fee);
    mtx.addCoin(coin);
    mtx.sign(this.#owner);
    return { txid: await this.#broadcast(mtx.toRaw().toString('hex')), output_index: 0 };
  }

  // Mines these blocks at the network's pace, the last of them just now.
  async #bury(confirmations) {
    for (let left = confirmations - 1; left >= 0; left -= 1) {
      await this.#clock(-BLOCK_SECONDS * (left + 0.5));
      await this.mine();
    }
    await this.#clock(0);
  }

  async #broadcast(raw) {
    const txid = await this.rpc('sendrawtransaction', raw);
    await this.#inMempool(txid);
    return txid;
  }

  #clock(secondsFromNow) {
    return this.rpc('setmocktime', Math.floor(Date.now() / 1000) + secondsFromNow);
  }

  // A chain mined in an instant runs ahead of the clock (a block is later than the median of eleven before it),
  // so that this part of it is laid in the past. Segwit is active only after three signalling periods.
  async #fillPurse() {
    await this.#clock(-HEAD_START_SECONDS);
    this.#purse = await this.mine(PURSE, this.#owner.getAddress('string', REGTEST));
    await this.mine(Math.max(MATURITY, SEGWIT_ACTIVE_FROM - PURSE));
    await this.#clock(0);
  }

  async #nextCoin() {
    const hash = this.#purse.shift();
    if (!hash) throw new Error(`the wallet's ${PURSE} coins are spent; raise PURSE`);
    const block = await this.rpc('getblock', hash, true);
    const raw = await this.rpc('getrawtransaction', block.tx[0], false);
    return Coin.fromTX(TX.fromRaw(raw, 'hex'), 0, block.height);
  }

  // bcoin answers sendrawtransaction before its mempool has looked, and refuses in silence.
  async #inMempool(txid) {
    for (let tries = 0; tries < 100; tries += 1) {
      try {
        return await this.rpc('getmempoolentry', txid);
      } catch (error) {
        if (!(error instanceof RpcError)) throw error;
        await sleep(20);
      }
    }
    throw new Error(`the mempool did not take ${txid}`);
  }
}

// A P2WPKH address that follows from a name and whose key nobody has.
export function addressOf(name) {
  const program = createHash('sha256').update(name).digest().subarray(0, 20);
  return Address.fromWitnessPubkeyhash(program).toString(REGTEST);
}
