// A real node of an EVM chain (anvil) with funded, unlocked accounts.

import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { callData, creationCode } from './contracts.mjs';
import { freePort, RpcNode } from './rpc-node.mjs';

// anvil's own default, pinned: a fixture's addresses follow from it.
const MNEMONIC = 'test test test test test test test test test test test junk';

// Fixed, because a node's own estimate follows its memory of earlier blocks and would change the TXIDs.
const FEES = { maxFeePerGas: quantity(30e9), maxPriorityFeePerGas: quantity(1e9) };

const DOUBLED_FEES = { maxFeePerGas: quantity(60e9), maxPriorityFeePerGas: quantity(2e9) };

const BLOCK_SECONDS = 12;
const A_DAY = 24 * 60 * 60;
const GENESIS_SECONDS_AGO = 20 * A_DAY;

// More than all cases together have blocks: the node traces, and finds by nonce, only what comes after a state that it
// still keeps. Without a limit it writes states to the home directory, and leaves them there.
const STATES_KEPT = 20_000;

// Digits at each end that people compare.
const ALIKE = 4;

export class Ethereum {
  #node;

  constructor(node, accounts) {
    this.#node = node;
    this.url = node.url;
    this.accounts = accounts;
  }

  // `family` is what anvil calls a kind of network, where it is not Ethereum's own.
  static async start({ chainId, port, family }) {
    const at = port ?? await freePort();
    const options = {
      host: '127.0.0.1', port: at, 'chain-id': chainId, mnemonic: MNEMONIC,
      timestamp: now() - GENESIS_SECONDS_AGO, 'prune-history': STATES_KEPT, ...(family && { network: family }),
    };
    const node = await RpcNode.start({
      name: 'anvil',
      command: anvil(),
      args: ['--quiet', '--no-mining', ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)],
      url: `http://127.0.0.1:${at}`,
      probe: 'eth_chainId',
    });
    return new Ethereum(node, await node.call('eth_accounts'));
  }

  rpc(method, ...params) {
    return this.#node.call(method, ...params);
  }

  stop() {
    return this.#node.stop();
  }

  async height() {
    return Number(await this.rpc('eth_blockNumber'));
  }

  // What was sent waits in the pool until then.
  async mine(blocks = 1, secondsApart = BLOCK_SECONDS) {
    if (blocks > 0) await this.rpc('anvil_mine', quantity(blocks), quantity(secondsApart));
  }

  // Has `send` happen so long ago that it has these confirmations now, with a block every 12 seconds since; with
  // `days` the same number of blocks is that old, for mining a day of them takes the node half a minute.
  // Without confirmations it stays in the pool.
  async confirmed({ confirmations, days }, send) {
    if (confirmations === 0) return { txid: await send(), receipt: null };
    const secondsApart = days ? Math.floor(days * A_DAY / confirmations) : BLOCK_SECONDS;
    const head = await this.rpc('eth_getBlockByNumber', 'latest', false);
    const then = now() - secondsApart * confirmations + Math.floor(secondsApart / 2);
    await this.rpc('evm_setNextBlockTimestamp', Math.max(then, Number(head.timestamp) + 1));
    const txid = await send();
    await this.mine(confirmations, secondsApart);
    return { txid, receipt: await this.receipt(txid) };
  }

  // Has as many other blocks, with nothing in them, take the place of the newest ones. The node forgets what was
  // in them altogether.
  async reorganise(depth) {
    await this.rpc('anvil_reorg', depth, []);
  }

  // Has the pool forget what waits there, as pools do with what waits too long.
  async drop(txid) {
    await this.rpc('anvil_dropTransaction', txid);
  }

  // What is mined after this moment can be undone with the snapshot that it returns.
  snapshot() {
    return this.rpc('evm_snapshot');
  }

  async revert(snapshot) {
    await this.rpc('anvil_dropAllTransactions'); // the pool is not part of a snapshot
    if (!await this.rpc('evm_revert', snapshot)) throw new Error(`no snapshot ${snapshot}`);
  }

  // With `gas` given the node does not try the call first, so that one bound to fail is mined as well.
  // With `noncesAhead` it waits in the pool for transactions that nobody has sent, however many blocks come. With
  // `nonce` it takes the place of what waits there under the same one, for which it pays twice as much.
  async send({ from = this.accounts[0], to, value = 0n, data = '0x', gas, nonce, noncesAhead = 0 }) {
    const fees = nonce === undefined ? FEES : DOUBLED_FEES;
    const transaction = { from, to, value: quantity(value), data, ...(nonce && { nonce }), ...fees };
    if (gas) transaction.gas = quantity(gas);
    if (noncesAhead > 0) {
      const next = await this.rpc('eth_getTransactionCount', from, 'pending');
      transaction.nonce = quantity(Number(next) + noncesAhead);
    }
    return this.rpc('eth_sendTransaction', transaction);
  }

  async receipt(txid) {
    const receipt = await this.rpc('eth_getTransactionReceipt', txid);
    if (!receipt) throw new Error(`${txid} is in no block`);
    return receipt;
  }

  async deploy(name, types = [], values = [], { from } = {}) {
    const txid = await this.send({ from, data: creationCode(name, types, values) });
    await this.mine();
    const { contractAddress } = await this.receipt(txid);
    const address = await this.checksummed(contractAddress);
    return {
      address,
      send: (signature, types, values, options = {}) =>
        this.send({ to: address, data: callData(name, signature, types, values), ...options }),
    };
  }

  // An address that follows from a name and whose key nobody has.
  addressOf(name) {
    return this.checksummed(`0x${digest(name)}`);
  }

  // An address of nobody's that passes for another one at a glance: both ends are the same.
  addressLike(address) {
    const digits = address.slice(2);
    const middle = digest(`not ${address.toLowerCase()}`).slice(ALIKE, -ALIKE);
    return this.checksummed(`0x${digits.slice(0, ALIKE)}${middle}${digits.slice(-ALIKE)}`);
  }

  // EIP-55, with the node's own keccak.
  async checksummed(address) {
    const digits = address.slice(2).toLowerCase();
    const hash = await this.rpc('web3_sha3', `0x${Buffer.from(digits).toString('hex')}`);
    const cased = [...digits].map((digit, at) => (parseInt(hash[at + 2], 16) >= 8 ? digit.toUpperCase() : digit));
    return `0x${cased.join('')}`;
  }
}

// "1.5" with 6 decimals is 1500000n; exact, unlike any arithmetic on floats.
export function units(amount, decimals) {
  const [whole, fraction = ''] = amount.split('.');
  if (fraction.length > decimals) throw new Error(`${amount} has more than ${decimals} decimals`);
  return BigInt(whole + fraction.padEnd(decimals, '0'));
}

function digest(name) {
  return createHash('sha256').update(name).digest('hex').slice(0, 40);
}

function now() {
  return Math.floor(Date.now() / 1000);
}

function quantity(value) {
  return `0x${BigInt(value).toString(16)}`;
}

function anvil() {
  const architecture = { x64: 'amd64' }[process.arch] ?? process.arch;
  try {
    const manifest = createRequire(import.meta.url)
      .resolve(`@foundry-rs/anvil-${process.platform}-${architecture}/package.json`);
    return join(dirname(manifest), 'bin', 'anvil');
  } catch {
    return 'anvil'; // installed by hand, where package.json names no build for this machine
  }
}
