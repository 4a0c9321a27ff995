// Payments that another transaction took the place of, and those that wait because they pay too little.

import { ago } from '../exchange.mjs';
import { busy } from '../liar.mjs';
import { claim } from './common.mjs';

const MISSED = { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' };
const REPLACED = { codes: ['replaced-same-destination'] };
const ELSEWHERE = { verdict: 'customer-action', code: 'replaced-elsewhere', responsible: 'customer' };

export const replacements = [
  {
    name: 'bitcoin-replaced-by-fee',
    title: 'A Bitcoin payment whose fee was raised: the ledger has neither the first nor the newer version',
    arrange: async (world) => {
      const customer = await world.customer('A-2101');
      const { replaced } = await world.replaceBitcoin(customer.bitcoin, customer.bitcoin, '0.31', { confirmations: 4 });
      return {
        args: [replaced, '--network', 'bitcoin', ...claim(customer, 'BTC', '0.31')],
        config: world.withExplorer(),
        expect: { ...MISSED, ...REPLACED },
      };
    },
  },
  {
    name: 'bitcoin-replaced-elsewhere',
    title: 'A Bitcoin payment that its sender cancelled: the same coins went to somebody else',
    arrange: async (world) => {
      const customer = await world.customer('A-2102');
      const other = await world.outsider('the sender of A-2102');
      const { replaced } = await world.replaceBitcoin(customer.bitcoin, other.bitcoin, '0.32', { confirmations: 4 });
      return {
        args: [replaced, '--network', 'bitcoin', ...claim(customer, 'BTC', '0.32')],
        config: world.withExplorer(),
        expect: ELSEWHERE,
      };
    },
  },
  {
    name: 'bitcoin-replaced-credited',
    title: 'A Bitcoin payment that the ledger credited before it was in a block, and that was then replaced',
    arrange: async (world) => {
      const customer = await world.customer('A-2103');
      const other = await world.outsider('the sender of A-2103');
      const payment = await world.replaceBitcoin(customer.bitcoin, other.bitcoin, '0.33', { confirmations: 4 });
      const credited = { ...payment, txid: payment.replaced, address: customer.bitcoin };
      world.record(credited, customer, { status: 'credited', detected_at: ago({ hours: 1 }), credited_at: ago({ hours: 1 }) });
      return {
        args: [payment.replaced, '--network', 'bitcoin', ...claim(customer, 'BTC', '0.33')],
        config: world.withExplorer(),
        expect: { verdict: 'platform-action', code: 'credited-before-final', responsible: 'platform' },
      };
    },
  },
  {
    name: 'bitcoin-credited-under-old-txid',
    title: 'A Bitcoin payment whose fee was raised; the ledger filed and credited it under the first txid',
    arrange: async (world) => {
      const customer = await world.customer('A-2107');
      const payment = await world.replaceBitcoin(customer.bitcoin, customer.bitcoin, '0.36', { confirmations: 4 });
      const filed = { ...payment, txid: payment.replaced, address: customer.bitcoin };
      world.record(filed, customer, { status: 'credited', detected_at: ago({ hours: 1 }), credited_at: ago({ hours: 1 }) });
      return {
        args: [payment.txid, '--network', 'bitcoin', ...claim(customer, 'BTC', '0.36')],
        config: world.withExplorer(),
        expect: { verdict: 'complete', code: 'credited', responsible: null },
      };
    },
  },
  {
    name: 'bitcoin-withdrawal-replaced',
    title: 'A withdrawal whose fee the platform raised; the customer names the first transaction',
    arrange: async (world) => {
      const customer = await world.customer('A-2104');
      const { bitcoin: wallet } = await world.outsider('a wallet of A-2104');
      const payment = await world.replaceBitcoin(wallet, wallet, '0.34', { confirmations: 4 });
      world.order(payment, customer, {
        status: 'completed', replaced_txids: [payment.replaced], requested_at: ago({ hours: 2 }),
        broadcast_at: ago({ hours: 1 }), completed_at: ago({ minutes: 5 }),
      });
      return {
        args: [payment.replaced, '--network', 'bitcoin', '--kind', 'withdrawal', '--account', customer.account],
        expect: {
          verdict: 'complete', code: 'withdrawal-delivered', responsible: 'receiving-platform',
          codes: ['withdrawal-replaced'],
        },
      };
    },
  },
  {
    name: 'bitcoin-low-fee',
    title: 'A Bitcoin payment in the mempool that pays less than others do',
    arrange: async (world) => {
      const customer = await world.customer('A-2105');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.35', { confirmations: 0 });
      world.mempoolSpace.hourFee = 42;
      return {
        args: [txid, '--network', 'bitcoin', ...claim(customer, 'BTC', '0.35')],
        config: world.withExplorer(),
        expect: { verdict: 'waiting', code: 'pending-low-fee', responsible: 'customer' },
      };
    },
  },
  {
    name: 'bitcoin-paid-by-child',
    title: 'The same, and a transaction that spends it pays for both',
    arrange: async (world) => {
      const customer = await world.customer('A-2110');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.36', { confirmations: 0 });
      world.mempoolSpace.hourFee = 42;
      world.mempoolSpace.packages[txid] = 57.25;
      return {
        args: [txid, '--network', 'bitcoin', ...claim(customer, 'BTC', '0.36')],
        config: world.withExplorer(),
        expect: { verdict: 'waiting', code: 'pending' },
      };
    },
  },
  {
    name: 'replaced-by-nonce',
    title: 'A payment of USDT whose nonce went to another one to the same address, at a higher price',
    arrange: async (world) => {
      const customer = await world.customer('A-2106');
      const again = (how) => world.payUsdt(customer.ethereum, '460', how);
      const { replaced } = await world.replaceUsdt(customer.ethereum, '460', again);
      return {
        args: [replaced, ...claim(customer, 'USDT', '460')],
        config: world.withSecondSource(),
        expect: { ...MISSED, ...REPLACED, confidence: 'corroborated' },
      };
    },
  },
  {
    name: 'replaced-by-nonce-elsewhere',
    title: 'A payment of USDT that its sender cancelled by paying somebody else under the same nonce',
    arrange: async (world) => {
      const customer = await world.customer('A-2107');
      const other = await world.outsider('the sender of A-2107');
      const instead = (how) => world.payUsdt(other.ethereum, '470', how);
      const { replaced } = await world.replaceUsdt(customer.ethereum, '470', instead);
      return {
        args: [replaced, ...claim(customer, 'USDT', '470')],
        config: world.withSecondSource(),
        expect: { ...ELSEWHERE, confidence: 'corroborated' },
      };
    },
  },
  {
    name: 'low-fee',
    title: 'A payment of USDT in the pool whose price is under what every block asks for by now',
    arrange: async (world) => {
      const customer = await world.customer('A-2108');
      const { txid } = await world.payUsdt(customer.ethereum, '480', { confirmations: 0 });
      world.second.ethereum.lie = busy(90);
      return {
        args: [txid, ...claim(customer, 'USDT', '480')],
        config: world.withSecondSource('ethereum', { alone: true }),
        expect: { verdict: 'waiting', code: 'pending-low-fee', responsible: 'customer' },
      };
    },
  },
  {
    name: 'nonce-gap',
    title: 'A payment of USDT that waits for an earlier nonce which nobody has sent',
    arrange: async (world) => {
      const customer = await world.customer('A-2109');
      const { txid } = await world.payUsdt(customer.ethereum, '490', { confirmations: 0, noncesAhead: 2 });
      return {
        args: [txid, ...claim(customer, 'USDT', '490')],
        expect: { verdict: 'customer-action', code: 'nonce-gap', responsible: 'sending-platform' },
      };
    },
  },
  {
    name: 'unconfirmed-ancestor',
    title: 'A Bitcoin payment from change that no block has yet',
    arrange: async (world) => {
      const customer = await world.customer('A-2110');
      const { txid } = await world.payBitcoinFromChange(customer.bitcoin, '0.36');
      return {
        args: [txid, '--network', 'bitcoin', ...claim(customer, 'BTC', '0.36')],
        expect: { verdict: 'waiting', code: 'unconfirmed-ancestor', responsible: 'sending-platform' },
      };
    },
  },
  {
    name: 'replaced-unjudged',
    title: 'A Bitcoin payment that was replaced, without a ledger or an address to compare the newer one with',
    arrange: async (world) => {
      const { bitcoin: address } = await world.outsider('a receiver');
      const { replaced } = await world.replaceBitcoin(address, address, '0.37', { confirmations: 4 });
      return {
        args: [replaced, '--network', 'bitcoin'],
        config: { ledger: { kind: 'none', url: null, token_env: null }, ...world.withExplorer() },
        expect: {
          verdict: 'settled', code: 'expected-address-unknown', responsible: 'nobody-yet', codes: ['replaced-unjudged'],
          confidence: 'proven',
        },
      };
    },
  },
];
