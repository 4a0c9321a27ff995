// A rollup of the OP stack beside Ethereum: a node that knows deposited transactions (anvil, which hashes them by its
// own means), the portal on Ethereum, and the part of the rollup's own node that carries deposits over.

import { callData, contract } from './contracts.mjs';
import { units } from './ethereum.mjs';
import { EvmNetwork } from './evm-network.mjs';

const COIN = 18;
const DEPOSIT_GAS = 100_000;
// `L2ToL1MessagePasser`: https://specs.optimism.io/protocol/predeploys.html
const MESSAGE_PASSER = '0x4200000000000000000000000000000000000016';

export class Rollup {
  constructor(ethereum, network) {
    Object.assign(this, { ethereum, network });
  }

  static async start({ ethereum, ...about }) {
    const rollup = new Rollup(ethereum, await EvmNetwork.start({ ...about, family: 'optimism' }));
    try {
      await rollup.reset();
    } catch (error) {
      await rollup.stop();
      throw error;
    }
    return rollup;
  }

  stop() {
    return this.network.stop();
  }

  async reset() {
    await this.network.reset();
    const { node } = this.network;
    await node.rpc('anvil_setCode', MESSAGE_PASSER, `0x${contract('MessagePasser').deployed}`);
    this.portal = await this.ethereum.node.deploy('Portal');
  }

  // As txsleuth's configuration has it.
  settings() {
    return {
      kind: 'op-stack', parent: this.ethereum.chainId, child: this.network.chainId, contract: this.portal.address,
    };
  }

  // Ether to an address on the rollup, by its portal on Ethereum or by another contract that writes the same event.
  deposit(address, amount, { portal = this.portal, from } = {}) {
    const types = ['address', 'uint256', 'uint64', 'bool', 'bytes'];
    const value = units(amount, COIN);
    const values = [address, value, DEPOSIT_GAS, false, '0x'];
    return portal.send('depositTransaction(address,uint256,uint64,bool,bytes)', types, values, { value, from });
  }

  // What the rollup makes of a deposit: https://specs.optimism.io/protocol/deposits.html
  async derive({ blockHash, logs: [{ topics, data, logIndex }] }, when) {
    const { node } = this.network;
    const opaque = data.slice(2 + 2 * 64);
    const place = await node.rpc('web3_sha3', `${blockHash}${BigInt(logIndex).toString(16).padStart(64, '0')}`);
    const sourceHash = await node.rpc('web3_sha3', `0x${'0'.repeat(64)}${place.slice(2)}`);
    const [from, to] = topics.slice(1, 3).map((topic) => `0x${topic.slice(26)}`);
    const [mint, value, gas] = [[0, 64], [64, 128], [128, 144]].map(([start, end]) => quantity(opaque.slice(start, end)));
    const deposited = { type: '0x7e', from, to, mint, value, gas, sourceHash, isSystemTx: false };
    return node.confirmed(when, () => node.rpc('eth_sendTransaction', deposited));
  }

  // Ether out of the rollup; its hash there, and the hash that the portal finalizes.
  async withdraw(address, amount, when) {
    const { node, payer } = this.network;
    const signature = 'initiateWithdrawal(address,uint256,bytes)';
    const data = callData('MessagePasser', signature, ['address', 'uint256', 'bytes'], [address, DEPOSIT_GAS, '0x']);
    const send = () => node.send({ from: payer, to: MESSAGE_PASSER, data, value: units(amount, COIN) });
    const { txid, receipt } = await node.confirmed(when, send);
    return { txid, hash: `0x${receipt.logs[0].data.slice(2 + 3 * 64, 2 + 4 * 64)}` };
  }

  finalize(hash) {
    return this.portal.send('finalize(bytes32)', ['bytes32'], [hash]);
  }
}

function quantity(digits) {
  return `0x${BigInt(`0x${digits}`).toString(16)}`;
}
