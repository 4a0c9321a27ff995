// The whole of what txsleuth asks, running: three chains, an exchange's ledger, its desk, and customers who get paid.

import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf, Bitcoin } from './bitcoin.mjs';
import { Blockbook, lock } from './blockbook.mjs';
import { units } from './ethereum.mjs';
import { EvmNetwork } from './evm-network.mjs';
import { Blockscout, Etherscan } from './explorers.mjs';
import { ago, Desk, Ledger } from './exchange.mjs';
import { Liar, remembers } from './liar.mjs';
import { MainNetwork } from './main-network.mjs';
import { MempoolSpace } from './mempool-space.mjs';
import { Rollup } from './rollup.mjs';
import { Solana } from './solana.mjs';
import { toml } from './toml.mjs';
import { CONFIRMATIONS as TON_CONFIRMATIONS, TonNetwork } from './ton-network.mjs';
import { Tron } from './tron.mjs';
import { Xrpl } from './xrpl.mjs';

// A fixture names the addresses it was recorded from, so they must not change from one recording to the next.
export const RECORDING_PORTS = {
  ethereum: 18545, polygon: 18546, bitcoin: 18443, ledger: 19000, desk: 19001,
  second: { ethereum: 18547, bitcoin: 18444 }, mempoolSpace: 18445, mainNetwork: 18446, blockscout: 18448,
  etherscan: 18449, base: 18548, xrpl: 18561, ton: 18561, tron: 18460, solana: [18560, 18561],
  kin: { bitcoin: 18461, litecoin: 18462, dogecoin: 18463, 'bitcoin-cash': 18464 },
};

export const CONFIRMATIONS = {
  ethereum: 12, polygon: 12, base: 12, bitcoin: 3, xrpl: 1, ton: TON_CONFIRMATIONS, tron: 'finalized',
  solana: 'finalized',
};

const BITCOIN_DECIMALS = 8;
const HALF_AN_HOUR_OF_BLOCKS = 150;

// What the exchange takes for a withdrawal, on top of what the receiver gets.
const FEES = { USDT: '1', BTC: '0.0001', TON: '0.05' };

// Polygon's payer is another account, so that its USDT has another address than Ethereum's.
const EVM_NETWORKS = {
  ethereum: { name: 'ethereum', chainId: 31337, confirmations: CONFIRMATIONS.ethereum },
  polygon: { name: 'polygon', chainId: 31338, native: 'POL', confirmations: CONFIRMATIONS.polygon, payer: 2 },
  base: { name: 'base', chainId: 31339, confirmations: CONFIRMATIONS.base, payer: 3 },
};

export class World {
  second = {};
  kin = {}; // indexes of main networks of Bitcoin's family, by the network
  #folder;
  #ports;
  #configs = 0;
  #tokens = { ledger: randomBytes(16).toString('hex'), desk: randomBytes(16).toString('hex') };

  static async start({ ports = {} } = {}) {
    const world = new World();
    try {
      await world.#bringUp(ports);
      await world.reset();
    } catch (error) {
      await world.stop();
      throw error;
    }
    return world;
  }

  // Settled, not raced: what did start must be known to `stop` when something else did not.
  async #bringUp(ports) {
    this.#ports = ports;
    const starting = {
      ethereum: EvmNetwork.start({ ...EVM_NETWORKS.ethereum, port: ports.ethereum }),
      polygon: EvmNetwork.start({ ...EVM_NETWORKS.polygon, port: ports.polygon }),
      bitcoin: Bitcoin.start({ port: ports.bitcoin }),
      ledger: Ledger.start({ port: ports.ledger, token: this.#tokens.ledger }),
      desk: Desk.start({ port: ports.desk, token: this.#tokens.desk }),
    };
    const outcomes = await Promise.allSettled(Object.values(starting));
    Object.keys(starting).forEach((name, index) => { this[name] = outcomes[index].value; });
    const failed = outcomes.find(({ status }) => status === 'rejected');
    if (failed) throw failed.reason;
    for (const [network, { url }] of [['ethereum', this.ethereum.node], ['bitcoin', this.bitcoin]]) {
      this.second[network] = await Liar.start({ port: ports.second?.[network], target: url });
    }
    this.mempoolSpace = await MempoolSpace.start({ port: ports.mempoolSpace, bitcoin: this.bitcoin });
    const { node } = this.ethereum;
    this.blockscout = await Blockscout.start({ port: ports.blockscout, node });
    this.etherscan = await Etherscan.start({ port: ports.etherscan, node });
    this.mainNetwork = await MainNetwork.start({ port: ports.mainNetwork });
    this.#folder = await mkdtemp(join(tmpdir(), 'txsleuth-world-'));
  }

  async stop() {
    const { second, ledger, desk, mempoolSpace, blockscout, etherscan, mainNetwork } = this;
    const { tron, solana, xrpl, ton } = this;
    const chains = [this.ethereum, this.polygon, this.rollup, this.bitcoin, tron, solana, xrpl, ton];
    const explorers = [mempoolSpace, blockscout, etherscan, ...Object.values(this.kin)];
    const parts = [...chains, ledger, desk, mainNetwork, ...explorers, ...Object.values(second)];
    await Promise.all(parts.map((part) => part?.stop()));
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }

  // An exchange without history, open for everything, that serves Ethereum and Bitcoin, and second sources
  // that tell the truth. Bitcoin goes on, for its node has no snapshots.
  async reset() {
    await Promise.all([this.ethereum.reset(), this.polygon.reset()]);
    Object.values(this.second).forEach((source) => source.reset());
    [this.mempoolSpace, this.blockscout, this.etherscan].forEach((explorer) => explorer.reset());
    Object.values(this.kin).forEach((index) => index.reset());
    this.ledger.reset();
    this.desk.reset();
    await this.serve('ethereum', this.ethereum.assets());
    await this.serve('bitcoin', [{ asset: 'BTC', decimals: BITCOIN_DECIMALS, min_deposit: '0.0001' }]);
  }

  // The ledger runs a network from now on.
  async serve(network, assets = this[network].assets()) {
    this.ledger.networks[network] = {
      network, deposits: 'open', withdrawals: 'open', required_confirmations: CONFIRMATIONS[network],
      assets: assets.map((asset) => ({ ...asset, deposits: 'open', withdrawals: 'open' })),
    };
    await this.#scan(network);
  }

  // Somebody with an account and deposit addresses, which follow from the account's id.
  async customer(account) {
    const customer = { account, ...await this.outsider(account) };
    for (const network of ['ethereum', 'bitcoin']) this.issue({ address: customer[network], network, account });
    return customer;
  }

  // Somebody of whom the exchange knows nothing. An address on Ethereum is one on every EVM network.
  async outsider(name) {
    return {
      ethereum: await this.ethereum.node.addressOf(`${name} on ethereum`), bitcoin: addressOf(`${name} on bitcoin`),
    };
  }

  // An address of the exchange; a deposit address in use, unless `entry` says otherwise.
  issue(entry) {
    this.ledger.addresses.push({
      role: 'deposit', memo_required: false, status: 'active', issued_at: ago({ days: 30 }), ...entry,
    });
  }

  // Payments take place where `on` says, and how long ago by `confirmations` and `days`.
  payUsdt(address, amount, { on = 'ethereum', ...when }) {
    return this.#scanned(this[on].payToken(this[on].usdt, address, amount, when));
  }

  payToken(token, address, amount, when) {
    return this.#scanned(this.ethereum.payToken(token, address, amount, when));
  }

  failToPayUsdt(address, amount, when) {
    return this.#scanned(this.ethereum.failToPayToken(this.ethereum.usdt, address, amount, when));
  }

  payEther(address, amount, when) {
    return this.#scanned(this.ethereum.payCoin(address, amount, when));
  }

  // Whatever `send` sends to Ethereum.
  happen(send, when) {
    return this.#scanned(this.ethereum.node.confirmed(when, send).then((sent) => ({ network: 'ethereum', ...sent })));
  }

  // A contract that holds 10 USDT and pays for its owner.
  async filledPurse() {
    const purse = await this.ethereum.node.deploy('Purse');
    await this.payUsdt(purse.address, '10', { confirmations: 1 });
    return purse;
  }

  payBitcoin(address, amount, { confirmations }) {
    const paying = this.bitcoin.pay(address, Number(units(amount, BITCOIN_DECIMALS)), { confirmations });
    return this.#scanned(paying.then((paid) => ({ network: 'bitcoin', asset: 'BTC', ...paid, address, amount })));
  }

  async payBitcoinFromChange(address, amount) {
    const paid = await this.bitcoin.payFromChange(address, Number(units(amount, BITCOIN_DECIMALS)));
    return this.#scanned(Promise.resolve({ network: 'bitcoin', asset: 'BTC', ...paid, address, amount }));
  }

  // A pay-out of an exchange: many receivers in one transaction, of whom the last one is told.
  async payOutBitcoin(receivers, amount, { confirmations }) {
    const paid = await this.bitcoin.payAll(receivers, Number(units(amount, BITCOIN_DECIMALS)), { confirmations });
    const last = { output_index: receivers.length - 1, address: receivers.at(-1) };
    return this.#scanned(Promise.resolve({ network: 'bitcoin', asset: 'BTC', ...paid, ...last, amount }));
  }

  // A payment with a note and with dust beside it.
  async payBitcoinAmongDust(address, amount, dustTo, { confirmations }) {
    const satoshis = Number(units(amount, BITCOIN_DECIMALS));
    const paid = await this.bitcoin.payAmongDust(address, satoshis, dustTo, { confirmations });
    return this.#scanned(Promise.resolve({ network: 'bitcoin', asset: 'BTC', ...paid, address, amount }));
  }

  // The address to which the rest of a Bitcoin payment went back.
  async change(txid) {
    const { vout } = await this.bitcoin.rpc('getrawtransaction', txid, true);
    return vout.at(-1).scriptPubKey.addresses[0];
  }

  // A payment that replaced one to `of` by a higher fee; the explorer remembers both.
  async replaceBitcoin(of, address, amount, { confirmations }) {
    const satoshis = Number(units(amount, BITCOIN_DECIMALS));
    const paid = await this.bitcoin.payInstead(of, address, satoshis, { confirmations });
    this.mempoolSpace.remember(paid);
    return this.#scanned(Promise.resolve({ network: 'bitcoin', asset: 'BTC', ...paid, address, amount }));
  }

  // A payment in the pool whose nonce another transaction of the same account then uses: `by` sends that one.
  async replaceUsdt(of, amount, by) {
    const { node } = this.ethereum;
    const { txid: replaced } = await this.payUsdt(of, amount, { confirmations: 0 });
    const seen = ['eth_getTransactionByHash', 'eth_getTransactionReceipt'].map((method) => [method, replaced]);
    this.second.ethereum.lie = await remembers(node, ...seen);
    const { nonce } = await node.rpc('eth_getTransactionByHash', replaced);
    const payment = await by({ nonce, confirmations: HALF_AN_HOUR_OF_BLOCKS });
    return { replaced, ...payment };
  }

  // A deposit as the ledger keeps it; `entry` says what became of it.
  record(payment, { account }, entry) {
    const { network, asset, txid, output_index, address, amount } = payment;
    this.ledger.deposits.push({
      id: `D-${70001 + this.ledger.deposits.length}`, account, asset, network, txid, output_index, address, amount,
      required_confirmations: CONFIRMATIONS[network], ...entry,
    });
  }

  // A withdrawal as the ledger keeps it, and its id; `entry` says what became of it. What was ordered is told as a
  // payment is, without a TXID where nothing was sent.
  order({ network, asset, address, amount, txid }, { account }, entry) {
    const id = `W-${80001 + this.ledger.withdrawals.length}`;
    this.ledger.withdrawals.push({ id, account, asset, network, address, amount, fee: FEES[asset], txid, ...entry });
    return id;
  }

  // Writes a txsleuth.toml and returns its path; overrides are laid over it table by table, null removes a key.
  async config(overrides = {}) {
    const folder = join(this.#folder, `config-${this.#configs += 1}`);
    const path = join(folder, 'txsleuth.toml');
    await mkdir(folder);
    await writeFile(path, `${toml(merged(this.#settings(), overrides))}\n`);
    return path;
  }

  // Overrides: Polygon is asked as well.
  withPolygon() {
    return { network: { polygon: this.polygon.settings() } };
  }

  // A rollup beside Ethereum, which the exchange serves too; few cases need one, so it starts with the first of them.
  async openRollup() {
    if (this.rollup) await this.rollup.reset();
    else this.rollup = await Rollup.start({ ...EVM_NETWORKS.base, port: this.#ports.base, ethereum: this.ethereum });
    this.base = this.rollup.network;
    await this.serve('base');
    return this.rollup;
  }

  // Solana, which the exchange serves too, and overrides by which it is asked; it starts with the first case of it.
  async openSolana() {
    if (this.solana) await this.solana.reset();
    else this.solana = await Solana.start({ ports: this.#ports.solana });
    await this.serve('solana');
    return { network: { solana: this.solana.settings() } };
  }

  // Overrides: the rollup is asked as well, and the bridge to it is known.
  withRollup(settings = this.base.settings()) {
    return { network: { base: settings }, bridge: { base: this.rollup.settings() } };
  }

  // An index of a main network of Bitcoin's family, which the exchange runs too unless `served` says otherwise.
  async openKin(network, { served = true } = {}) {
    this.kin[network] ??= await Blockbook.start({ port: this.#ports.kin?.[network], network });
    const index = this.kin[network];
    if (served) {
      this.ledger.networks[network] = {
        network, deposits: 'open', withdrawals: 'open', required_confirmations: index.confirmations,
        assets: index.assets().map((asset) => ({ ...asset, deposits: 'open', withdrawals: 'open' })),
        scanned_height: index.height(), scanned_at: ago({}),
      };
    }
    return index;
  }

  // Somebody with an account and an address there, of a key unless `kind` says otherwise.
  kinCustomer(account, index, kind) {
    const own = lock(`${account} on ${index.network}`, kind);
    this.issue({ address: index.address(own), network: index.network, account });
    return { account, lock: own };
  }

  // Overrides: nobody but these indexes is asked.
  withKin(...indexes) {
    const asked = Object.fromEntries(indexes.map((index) => [index.network, index.settings()]));
    return { network: { ethereum: null, bitcoin: null, ...asked } };
  }

  // The XRP Ledger, which the exchange serves too; it starts with the first case that needs it.
  async openXrpl() {
    if (this.xrpl) this.xrpl.reset();
    else this.xrpl = await Xrpl.start({ port: this.#ports.xrpl });
    await this.serve('xrpl');
    return this.xrpl;
  }

  // Overrides: the XRP Ledger is asked, and no other chain.
  withXrpl(settings = this.xrpl.settings()) {
    return { network: { ethereum: null, bitcoin: null, xrpl: settings } };
  }

  // The Open Network, which the exchange serves with one address for all customers; it starts with the first case that
  // needs it, and no other network is asked.
  async openTon() {
    if (this.ton) await this.ton.reset();
    else this.ton = await TonNetwork.start({ port: this.#ports.ton });
    await this.serve('ton');
    return this.ton;
  }

  // Overrides: nothing but The Open Network is asked.
  withTon(settings = this.ton.settings()) {
    return { network: { ethereum: null, bitcoin: null, ton: settings } };
  }

  // A node of Tron, which the exchange serves too; it starts with the first case that needs one.
  async openTron() {
    this.tron ??= await Tron.start({ port: this.#ports.tron });
    this.tron.reset();
    await this.serve('tron');
    return this.tron;
  }

  // Overrides: nobody but Tron is asked.
  withTron(sources) {
    return { network: { ethereum: null, bitcoin: null, tron: this.tron.settings(sources) } };
  }

  // Overrides: a network has two sources, of which the second may lie, or only that one.
  withSecondSource(network = 'ethereum', { alone = false, leading = false } = {}) {
    const [first] = this.#settings().network[network].sources;
    const second = { ...first, url: this.second[network].url };
    const both = leading ? [second, first] : [first, second];
    return { network: { [network]: { sources: alone ? [second] : both } } };
  }

  // Overrides: Bitcoin is asked of these, in this order: its `node`, the `second` source, which may lie, the `explorer`.
  withBitcoinSources(...names) {
    const [node] = this.#settings().network.bitcoin.sources;
    const known = {
      node, second: { ...node, url: this.second.bitcoin.url }, explorer: { kind: 'esplora', url: this.mempoolSpace.url },
    };
    return { network: { bitcoin: { sources: names.map((name) => known[name]) } } };
  }

  // Overrides: Bitcoin is asked of an explorer instead of a node.
  withExplorer() {
    return { network: { bitcoin: { sources: [{ kind: 'esplora', url: this.mempoolSpace.url }] } } };
  }

  // Overrides: Ethereum is asked of these sources alone.
  withSources(...sources) {
    return { network: { ethereum: { sources } } };
  }

  // Ethereum's own node, as a configuration names it.
  node() {
    return this.ethereum.settings().sources[0];
  }

  environment() {
    return {
      ...(this.tron && { TRONGRID_KEY: this.tron.key }),
      ETHERSCAN_KEY: this.etherscan.key,
      BITCOIN_RPC_PASSWORD: this.bitcoin.password,
      TXSLEUTH_LEDGER_TOKEN: this.#tokens.ledger,
      TXSLEUTH_DESK_TOKEN: this.#tokens.desk,
    };
  }

  // Every form in which a secret travels.
  secrets() {
    const basic = Buffer.from(`${this.bitcoin.user}:${this.bitcoin.password}`).toString('base64');
    return [...Object.values(this.environment()), basic];
  }

  #settings() {
    const { url, user } = this.bitcoin;
    return {
      network: {
        ethereum: this.ethereum.settings(),
        bitcoin: {
          family: 'bitcoin', chain: 'regtest', confirmations: CONFIRMATIONS.bitcoin,
          sources: [{ kind: 'bitcoin-rpc', url, user, password_env: 'BITCOIN_RPC_PASSWORD' }],
        },
      },
      ledger: { kind: 'http', url: this.ledger.url, token_env: 'TXSLEUTH_LEDGER_TOKEN' },
      desk: { kind: 'http', url: this.desk.url, token_env: 'TXSLEUTH_DESK_TOKEN' },
    };
  }

  async #scanned(paying) {
    const payment = await paying;
    await this.#scan(payment.network);
    return payment;
  }

  // The scanner follows the chains that the ledger runs, unless a case sets it back.
  async #scan(network) {
    const policy = this.ledger.networks[network];
    if (policy) Object.assign(policy, { scanned_height: await this[network].height(), scanned_at: ago({}) });
  }
}

function merged(base, overrides) {
  const result = { ...base };
  for (const [key, value] of Object.entries(overrides)) {
    const nested = value !== null && typeof value === 'object' && !Array.isArray(value);
    if (value === null) delete result[key];
    else result[key] = nested ? merged(base[key] ?? {}, value) : value;
  }
  return result;
}
