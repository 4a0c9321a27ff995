// The Open Network in small: accounts and messages by its own library (@ton/core), carried out by its own virtual
// machine (@ton/sandbox), so that hashes, bounces and fees are what they would be. Blocks are numbered, not made.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Toncenter } from './toncenter.mjs';
import { units } from './ethereum.mjs';

// Its packages are written for `require`.
const require = createRequire(import.meta.url);
const FOLDER = new URL('./contracts/', import.meta.url);

const DECIMALS = { coin: 9, jetton: 6 };
const WALLET_NUMBER = 698983191;
const SECONDS_A_BLOCK = 5;
const HEAD = 45_000_000;
const AN_HOUR = 3600;
// Mode of a message: the sender pays for its way (1), and what cannot be paid is left out (2).
const USUAL_MODE = 3;
// TEP-74.
const TRANSFER = 0x0f8a7ea5;
const NOTIFICATION = 0x7362d09c;

export const ENCRYPTED_COMMENT = 0x2167da4b;
export const CONFIRMATIONS = 2;

let compiled = null;

export class TonNetwork {
  name = 'ton';

  static async start({ port }) {
    const network = new TonNetwork();
    compiled ??= await compile();
    network.core = require('@ton/core');
    network.index = await Toncenter.start({ port, network });
    await network.reset();
    return network;
  }

  stop() {
    return this.index.stop();
  }

  async reset() {
    const { Blockchain } = require('@ton/sandbox');
    this.chain = await Blockchain.create();
    this.index.reset();
    this.traces = [];
    this.pending = [];
    this.jettonWallets = new Map();
    this.sequences = new Map();
    this.usdt = this.jetton('USDT');
    this.payer = await this.wallet('the payer');
    await this.give(this.payer, this.usdt, '100000');
  }

  height() {
    return HEAD;
  }

  // An account of which nothing is known yet.
  addressOf(name) {
    return this.#contract(name).address.toString();
  }

  // A wallet that exists and holds coin.
  async wallet(name, { coins = '10000' } = {}) {
    const { address, code, data } = this.#contract(name);
    await this.#put(address, { code, data, coins });
    this.sequences.set(name, 0);
    return { name, address: address.toString() };
  }

  // A jetton is known by the address of its own contract alone.
  jetton(symbol, about = symbol) {
    const master = new this.core.Address(0, createHash('sha256').update(`the jetton ${about}`).digest());
    const jetton = { symbol, contract: master.toString() };
    this.index.masters.set(jetton.contract, jetton);
    return jetton;
  }

  // Jettons for an owner.
  async give({ address }, jetton, amount) {
    const owner = this.core.Address.parse(address);
    const { code } = compiled.jettonWallet;
    await this.#put(this.#jettonWallet(owner, jetton), {
      code, data: this.#jettonData(units(amount, DECIMALS.jetton), owner, jetton), coins: '0.1',
    });
  }

  // Coin; `bounce` says whether it comes back where nobody can take it.
  payCoin(address, amount, { memo, body = this.comment(memo), bounce = false, from, ...when }) {
    const message = this.message(address, amount, { body, bounce });
    return this.pay({ asset: 'TON', address, amount }, [message], { from, ...when });
  }

  // Jettons, by the payer's jetton wallet. With nothing forwarded the receiver is not told.
  payJetton(jetton, address, amount, { memo, comment = this.comment(memo), forward = '0.01', coins = '0.2', from = this.payer, ...when }) {
    const [owner, receiver] = [from.address, address].map((text) => this.core.Address.parse(text));
    const body = this.core.beginCell().storeUint(TRANSFER, 32).storeUint(0, 64)
      .storeCoins(units(amount, DECIMALS.jetton)).storeAddress(receiver).storeAddress(owner).storeBit(0)
      .storeCoins(units(forward, DECIMALS.coin)).storeMaybeRef(comment).endCell();
    this.#jettonWallet(receiver, jetton);
    const message = this.message(this.#jettonWallet(owner, jetton).toString(), coins, { body, bounce: true });
    return this.pay({ asset: jetton.symbol, address, amount }, [message], { from, ...when });
  }

  // What jetton wallets tell their owners, told by somebody who is none.
  forgeNotification(address, amount, when) {
    const body = this.core.beginCell().storeUint(NOTIFICATION, 32).storeUint(0, 64)
      .storeCoins(units(amount, DECIMALS.jetton)).storeAddress(this.core.Address.parse(this.payer.address))
      .storeBit(0).endCell();
    return this.payCoin(address, '0.01', { body, ...when });
  }

  // An order of a wallet carried out, with everything that follows. The last block that took part in it has so many
  // confirmations.
  async pay(payment, messages, { from = this.payer, confirmations, mode }) {
    const at = now() - (confirmations - 1) * SECONDS_A_BLOCK;
    const order = this.#order(from, messages, { until: at + AN_HOUR, mode });
    this.chain.now = at;
    const { transactions } = await this.chain.sendMessage(order);
    this.sequences.set(from.name, this.sequences.get(from.name) + 1);
    const trace = { transactions, height: HEAD - confirmations + 1 };
    this.traces.push(trace);
    return {
      network: this.name, ...payment, txid: hex(transactions[0].hash()), hashes: transactions.map((one) => hex(one.hash())),
      message: hex(this.#cell(order).hash()), normalised: hex(this.normalised(order)), height: trace.height,
      transactions,
    };
  }

  // An order that no block takes in; its time is over since some minutes, or comes.
  async leaveWaiting(address, amount, { minutes }) {
    const until = now() - minutes * 60;
    const order = this.#order(await this.wallet('a waiting wallet'), [this.message(address, amount, {})], { until });
    const before = this.chain.snapshot();
    this.chain.now = until - 60;
    const { transactions } = await this.chain.sendMessage(order);
    await this.chain.loadFrom(before);
    const normalised = hex(this.normalised(order));
    this.pending.push({ transactions, height: null, names: [normalised, hex(this.#cell(order).hash())] });
    return { network: this.name, txid: normalised, address, amount };
  }

  message(address, amount, { body, bounce = false }) {
    const to = this.core.Address.parse(address);
    return this.core.internal({ to, value: BigInt(units(amount, DECIMALS.coin)), bounce, body: body ?? undefined });
  }

  // A text as a comment, or what only its receiver can read.
  comment(memo, operation = 0) {
    return memo === undefined ? null : this.core.beginCell().storeUint(operation, 32).storeStringTail(memo).endCell();
  }

  // TEP-467.
  normalised({ info: { dest }, body }) {
    return this.core.beginCell().storeUint(0b1000, 4).storeAddress(dest).storeCoins(0).storeBit(0).storeBit(1)
      .storeRef(body).endCell().hash();
  }

  // As the ledger lists them.
  assets() {
    return [
      { asset: 'TON', decimals: DECIMALS.coin, min_deposit: '0.1' },
      { asset: 'USDT', contract: this.usdt.contract, decimals: DECIMALS.jetton, min_deposit: '1' },
    ];
  }

  // As txsleuth's configuration has it.
  settings() {
    return {
      family: 'ton', chain: 'testnet', confirmations: CONFIRMATIONS, sources: [this.index.source()],
      assets: { USDT: { contract: this.usdt.contract, decimals: DECIMALS.jetton, min_deposit: '1' } },
    };
  }

  #order(from, messages, { until, mode = USUAL_MODE }) {
    const { core } = this;
    const { address, keys } = this.#contract(from.name);
    let order = core.beginCell().storeUint(WALLET_NUMBER, 32).storeUint(until, 32).storeUint(this.sequences.get(from.name), 32);
    for (const message of messages) {
      order = order.storeUint(mode, 8).storeRef(core.beginCell().store(core.storeMessageRelaxed(message)).endCell());
    }
    const signed = order.endCell();
    const { sign } = require('@ton/crypto');
    const body = core.beginCell().storeBuffer(sign(signed.hash(), keys.secretKey)).storeSlice(signed.beginParse()).endCell();
    return core.external({ to: address, body });
  }

  #cell(message) {
    return this.core.beginCell().store(this.core.storeMessage(message)).endCell();
  }

  #contract(name) {
    const { keyPairFromSeed } = require('@ton/crypto');
    const keys = keyPairFromSeed(createHash('sha256').update(name).digest());
    const { code } = compiled.wallet;
    const data = this.core.beginCell().storeUint(0, 32).storeUint(WALLET_NUMBER, 32).storeBuffer(keys.publicKey).endCell();
    return { address: this.core.contractAddress(0, { code, data }), code, data, keys };
  }

  #jettonData(balance, owner, jetton) {
    return this.core.beginCell().storeCoins(balance).storeAddress(owner)
      .storeAddress(this.core.Address.parse(jetton.contract)).storeRef(compiled.jettonWallet.code).endCell();
  }

  // The address of somebody's jetton wallet, which the index knows from now on.
  #jettonWallet(owner, jetton) {
    const { code } = compiled.jettonWallet;
    const address = this.core.contractAddress(0, { code, data: this.#jettonData(0, owner, jetton) });
    this.jettonWallets.set(address.toString(), { owner, jetton });
    return address;
  }

  #put(address, { code, data, coins }) {
    const { createShardAccount } = require('@ton/sandbox');
    const balance = BigInt(units(coins, DECIMALS.coin));
    return this.chain.setShardAccount(address, createShardAccount({ address, code, data, balance, workchain: 0 }));
  }
}

async function compile() {
  const { compileFunc } = require('@ton-community/func-js');
  const { Cell } = require('@ton/core');
  const built = async (file) => {
    const output = await compileFunc({
      targets: [file], sources: (path) => readFileSync(new URL(path, FOLDER), 'utf8'),
    });
    if (output.status !== 'ok') throw new Error(output.message);
    return { code: Cell.fromBase64(output.codeBoc) };
  };
  return { wallet: await built('wallet.fc'), jettonWallet: await built('jetton-wallet.fc') };
}

function now() {
  return Math.floor(Date.now() / 1000);
}

function hex(bytes) {
  return bytes.toString('hex');
}
