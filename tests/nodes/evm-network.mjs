// An EVM network that the exchange may serve: its node, the USDT on it, and the payments made there.

import { Ethereum, units } from './ethereum.mjs';

const DECIMALS = { coin: 18, token: 6 };
const USUAL_COIN = 'ETH';
const TRANSFER = ['transfer(address,uint256)', ['address', 'uint256']];

export class EvmNetwork {
  #empty;

  constructor({ name, chainId, native = USUAL_COIN, confirmations, payer = 0 }, node) {
    Object.assign(this, { name, chainId, native, confirmations, node, payer: node.accounts[payer] });
  }

  static async start({ port, ...about }) {
    const network = new EvmNetwork(about, await Ethereum.start({ chainId: about.chainId, family: about.family, port }));
    try {
      network.#empty = await network.node.snapshot();
      await network.reset();
    } catch (error) {
      await network.stop();
      throw error;
    }
    return network;
  }

  stop() {
    return this.node.stop();
  }

  height() {
    return this.node.height();
  }

  // Back to a chain with nothing but USDT: whatever ran before, a case then has the same heights and TXIDs. USDT is
  // made anew, because the node traces only what comes after a state that it still keeps.
  async reset() {
    await this.node.revert(this.#empty);
    this.#empty = await this.node.snapshot();
    this.usdt = await this.token('Tether USD', 'USDT');
  }

  // Any name and symbol, as anybody may; the payer holds all of it.
  async token(name, symbol) {
    const supply = units('1000000000', DECIMALS.token);
    const types = ['string', 'string', 'uint8', 'uint256'];
    const token = await this.node.deploy('Token', types, [name, symbol, DECIMALS.token, supply], { from: this.payer });
    return { symbol, ...token };
  }

  // `options` are those of a transaction: who sends it, how much gas it has.
  payToken(token, address, amount, { confirmations, days, ...options }) {
    const transfer = () => token.send(
      ...TRANSFER, [address, units(amount, DECIMALS.token)], { from: this.payer, ...options },
    );
    return this.#pay({ asset: token.symbol, address, amount }, { confirmations, days }, transfer);
  }

  payCoin(address, amount, { confirmations, days, ...options }) {
    const transfer = () => this.node.send({
      from: this.payer, to: address, value: units(amount, DECIMALS.coin), ...options,
    });
    return this.#pay({ asset: this.native, address, amount }, { confirmations, days }, transfer);
  }

  // From an account that holds no token at all; with gas given, so that the node does not try it first.
  failToPayToken(token, address, amount, when) {
    return this.payToken(token, address, amount, { ...when, from: this.node.accounts[1], gas: 100_000 });
  }

  // As the ledger lists them.
  assets() {
    return [
      { asset: this.native, decimals: DECIMALS.coin, min_deposit: '0.001' },
      { asset: 'USDT', contract: this.usdt.address, decimals: DECIMALS.token, min_deposit: '1' },
    ];
  }

  // As txsleuth's configuration has it.
  settings() {
    return {
      family: 'evm', chain_id: this.chainId, confirmations: this.confirmations,
      ...(this.native !== USUAL_COIN && { native: this.native }),
      sources: [{ kind: 'json-rpc', url: this.node.url }],
      assets: { USDT: { contract: this.usdt.address, decimals: DECIMALS.token, min_deposit: '1' } },
    };
  }

  async #pay(payment, when, transfer) {
    const { txid, receipt } = await this.node.confirmed(when, transfer);
    const log = receipt?.logs[0];
    return {
      network: this.name, ...payment, txid, height: receipt ? Number(receipt.blockNumber) : undefined,
      output_index: log ? Number(log.logIndex) : undefined,
    };
  }
}
