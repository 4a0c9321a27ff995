// The whole of what txsleuth asks, running: two chains, an exchange's ledger, its desk, and customers who get paid.

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf, Bitcoin } from './bitcoin.mjs';
import { CHAIN_ID, Ethereum, units } from './ethereum.mjs';
import { ago, Desk, Ledger } from './exchange.mjs';
import { toml } from './toml.mjs';

// A fixture names the addresses it was recorded from, so they must not change from one recording to the next.
export const RECORDING_PORTS = { ethereum: 18545, bitcoin: 18443, ledger: 19000, desk: 19001 };

export const CONFIRMATIONS = { ethereum: 12, bitcoin: 3 };

const DECIMALS = { ETH: 18, USDT: 6, BTC: 8 };
const TRANSFER = ['transfer(address,uint256)', ['address', 'uint256']];

export class World {
  #folder;
  #configs = 0;
  #fresh;
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
    const starting = {
      ethereum: Ethereum.start({ port: ports.ethereum }),
      bitcoin: Bitcoin.start({ port: ports.bitcoin }),
      ledger: Ledger.start({ port: ports.ledger, token: this.#tokens.ledger }),
      desk: Desk.start({ port: ports.desk, token: this.#tokens.desk }),
    };
    const outcomes = await Promise.allSettled(Object.values(starting));
    Object.keys(starting).forEach((name, index) => { this[name] = outcomes[index].value; });
    const failed = outcomes.find(({ status }) => status === 'rejected');
    if (failed) throw failed.reason;
    this.#folder = await mkdtemp(join(tmpdir(), 'txsleuth-world-'));
    this.usdt = await this.ethereum.deploy(
      'Token', ['string', 'string', 'uint8', 'uint256'],
      ['Tether USD', 'USDT', DECIMALS.USDT, units('1000000000', DECIMALS.USDT)],
    );
    this.#fresh = await this.ethereum.snapshot();
  }

  async stop() {
    await Promise.all([this.ethereum, this.bitcoin, this.ledger, this.desk].map((part) => part?.stop()));
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }

  // An exchange without history, open for everything, and an Ethereum with nothing but the token: whatever ran
  // before, a case then has the same heights and TXIDs. Bitcoin goes on, for its node has no snapshots.
  async reset() {
    await this.ethereum.revert(this.#fresh);
    this.#fresh = await this.ethereum.snapshot();
    this.ledger.reset();
    this.desk.reset();
    this.ledger.networks.ethereum = policy('ethereum', [
      { asset: 'ETH', decimals: DECIMALS.ETH, min_deposit: '0.001' },
      { asset: 'USDT', contract: this.usdt.address, decimals: DECIMALS.USDT, min_deposit: '1' },
    ]);
    this.ledger.networks.bitcoin = policy('bitcoin', [{ asset: 'BTC', decimals: DECIMALS.BTC, min_deposit: '0.0001' }]);
    await this.#scan('ethereum');
    await this.#scan('bitcoin');
  }

  // Somebody with an account and deposit addresses, which follow from the account's id.
  async customer(account) {
    const digest = createHash('sha256').update(`${account} on ethereum`).digest('hex');
    const customer = {
      account,
      ethereum: await this.ethereum.checksummed(`0x${digest.slice(0, 40)}`),
      bitcoin: addressOf(`${account} on bitcoin`),
    };
    for (const network of ['ethereum', 'bitcoin']) {
      this.ledger.addresses.push({
        address: customer[network], network, role: 'deposit', account, memo_required: false,
        status: 'active', issued_at: ago({ days: 30 }),
      });
    }
    return customer;
  }

  payUsdt(address, amount, { confirmations }) {
    const transfer = () => this.usdt.send(...TRANSFER, [address, units(amount, DECIMALS.USDT)]);
    return this.#onEthereum({ asset: 'USDT', address, amount }, confirmations, transfer);
  }

  // From an account that holds no token at all.
  failToPayUsdt(address, amount, { confirmations }) {
    const pauper = { from: this.ethereum.accounts[1], gas: 100_000 };
    const transfer = () => this.usdt.send(...TRANSFER, [address, units(amount, DECIMALS.USDT)], pauper);
    return this.#onEthereum({ asset: 'USDT', address, amount }, confirmations, transfer);
  }

  payEther(address, amount, { confirmations }) {
    const transfer = () => this.ethereum.send({ to: address, value: units(amount, DECIMALS.ETH) });
    return this.#onEthereum({ asset: 'ETH', address, amount }, confirmations, transfer);
  }

  async payBitcoin(address, amount, { confirmations }) {
    const satoshis = Number(units(amount, DECIMALS.BTC));
    const { txid, output_index } = await this.bitcoin.pay(address, satoshis, { confirmations });
    await this.#scan('bitcoin');
    return { network: 'bitcoin', asset: 'BTC', txid, output_index, address, amount };
  }

  // A deposit as the ledger keeps it; `entry` says what became of it.
  record(payment, { account }, entry) {
    const { network, asset, txid, output_index, address, amount } = payment;
    this.ledger.deposits.push({
      id: `D-${70001 + this.ledger.deposits.length}`, account, asset, network, txid, output_index, address, amount,
      required_confirmations: CONFIRMATIONS[network], ...entry,
    });
  }

  // Writes a txsleuth.toml and returns its path; overrides are laid over it table by table, null removes a key.
  async config(overrides = {}) {
    const folder = join(this.#folder, `config-${this.#configs += 1}`);
    const path = join(folder, 'txsleuth.toml');
    await mkdir(folder);
    await writeFile(path, `${toml(merged(this.#settings(), overrides))}\n`);
    return path;
  }

  environment() {
    return {
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
        ethereum: {
          family: 'evm', chain_id: CHAIN_ID, confirmations: CONFIRMATIONS.ethereum,
          sources: [{ kind: 'json-rpc', url: this.ethereum.url }],
          assets: { USDT: { contract: this.usdt.address, decimals: DECIMALS.USDT, min_deposit: '1' } },
        },
        bitcoin: {
          family: 'bitcoin', chain: 'regtest', confirmations: CONFIRMATIONS.bitcoin,
          sources: [{ kind: 'bitcoin-rpc', url, user, password_env: 'BITCOIN_RPC_PASSWORD' }],
        },
      },
      ledger: { kind: 'http', url: this.ledger.url, token_env: 'TXSLEUTH_LEDGER_TOKEN' },
      desk: { kind: 'http', url: this.desk.url, token_env: 'TXSLEUTH_DESK_TOKEN' },
    };
  }

  async #onEthereum(payment, confirmations, transfer) {
    const { transactionHash, blockNumber, logs } = await this.ethereum.confirmed(confirmations, transfer);
    await this.#scan('ethereum');
    return {
      network: 'ethereum', ...payment, txid: transactionHash, height: Number(blockNumber),
      output_index: logs.length > 0 ? Number(logs[0].logIndex) : undefined,
    };
  }

  // The scanner follows the chain, unless a case sets it back.
  async #scan(network) {
    Object.assign(this.ledger.networks[network], { scanned_height: await this[network].height(), scanned_at: ago({}) });
  }
}

function policy(network, assets) {
  return {
    network, deposits: 'open', withdrawals: 'open', required_confirmations: CONFIRMATIONS[network],
    assets: assets.map((asset) => ({ ...asset, deposits: 'open', withdrawals: 'open' })),
  };
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
