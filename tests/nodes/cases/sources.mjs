// Chain sources that are wrong, that contradict each other, or that agree.

import { createHash } from 'node:crypto';
import { ahead, core, failed, paidTo } from '../liar.mjs';
import { claim, HALF_AN_HOUR } from './common.mjs';

const NOBODY_SENT = createHash('sha256').update('a payment that nobody sent').digest('hex');

const DISAGREE = { verdict: 'inconclusive', code: 'sources-disagree', confidence: 'conflicting' };

export const sources = [
  {
    name: 'wrong-chain-id',
    title: 'A source that serves another chain than the one configured',
    arrange: async (world) => {
      const customer = await world.customer('A-1018');
      const { txid } = await world.payUsdt(customer.ethereum, '70', HALF_AN_HOUR);
      return {
        args: [txid],
        config: { network: { ethereum: { chain_id: 1 } } },
        expect: { verdict: 'inconclusive', code: 'source-wrong-chain' },
      };
    },
  },
  {
    name: 'two-sources-agree',
    title: 'A missed deposit by the word of two sources',
    arrange: async (world) => {
      const customer = await world.customer('A-1601');
      const { txid } = await world.payUsdt(customer.ethereum, '410', HALF_AN_HOUR);
      return {
        args: [txid],
        config: world.withSecondSource(),
        expect: {
          verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform', confidence: 'corroborated',
        },
      };
    },
  },
  {
    name: 'sources-disagree-on-receiver',
    title: 'Two sources, of which one says that the tokens went to somebody else',
    arrange: async (world) => {
      const customer = await world.customer('A-1602');
      const { ethereum: elsewhere } = await world.outsider('somebody else');
      const { txid } = await world.payUsdt(customer.ethereum, '420', HALF_AN_HOUR);
      world.second.ethereum.lie = paidTo(elsewhere);
      return { args: [txid], config: world.withSecondSource(), expect: DISAGREE };
    },
  },
  {
    name: 'sources-disagree-on-execution',
    title: 'Two sources, of which one says that the transaction failed',
    arrange: async (world) => {
      const customer = await world.customer('A-1603');
      const { txid } = await world.payUsdt(customer.ethereum, '430', HALF_AN_HOUR);
      world.second.ethereum.lie = failed;
      return { args: [txid], config: world.withSecondSource(), expect: DISAGREE };
    },
  },
  {
    name: 'sources-disagree-on-head',
    title: 'Two sources, of which one is a thousand blocks ahead of the other',
    arrange: async (world) => {
      const customer = await world.customer('A-1604');
      const { txid } = await world.payUsdt(customer.ethereum, '440', HALF_AN_HOUR);
      world.second.ethereum.lie = ahead(1000);
      return { args: [txid], config: world.withSecondSource(), expect: DISAGREE };
    },
  },
  {
    name: 'fewest-confirmations-count',
    title: 'Two sources, of which one is some blocks ahead: final by its count alone',
    arrange: async (world) => {
      const customer = await world.customer('A-1605');
      const { txid } = await world.payUsdt(customer.ethereum, '450', { confirmations: 3 });
      world.second.ethereum.lie = ahead(15);
      return {
        args: [txid],
        config: world.withSecondSource(),
        expect: {
          verdict: 'waiting', code: 'waiting-confirmations', responsible: 'network', confidence: 'corroborated',
        },
      };
    },
  },
  {
    name: 'bitcoin-core-without-index',
    title: 'A confirmed Bitcoin payment by a Core node that keeps no index of transactions',
    arrange: async (world) => {
      const customer = await world.customer('A-1621');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.41', { confirmations: 6 });
      world.second.bitcoin.lie = core({ indexed: false });
      return {
        args: [txid, '--network', 'bitcoin', ...claim(customer, 'BTC', '0.41')],
        config: world.withSecondSource('bitcoin', { alone: true }),
        expect: { verdict: 'inconclusive', code: 'source-lacks-history', responsible: 'nobody-yet' },
      };
    },
  },
  {
    name: 'bitcoin-core-with-index',
    title: 'A Bitcoin TXID that a Core node with an index of transactions does not know, nor the ledger',
    arrange: async (world) => {
      const customer = await world.customer('A-1622');
      await world.payBitcoin(customer.bitcoin, '0.42', { confirmations: 6 });
      world.second.bitcoin.lie = core({ indexed: true });
      return {
        args: [NOBODY_SENT, '--network', 'bitcoin', ...claim(customer, 'BTC', '0.42')],
        config: world.withSecondSource('bitcoin', { alone: true }),
        expect: { verdict: 'customer-action', code: 'transaction-not-found', responsible: 'customer' },
      };
    },
  },
  {
    name: 'answer-not-proven',
    title: 'A source whose transaction does not hash to the TXID that it gives',
    arrange: async (world) => {
      const customer = await world.customer('A-1623');
      const { txid } = await world.payEther(customer.ethereum, '3', HALF_AN_HOUR);
      world.second.ethereum.lie = (method, params, result) =>
        (method === 'eth_getTransactionByHash' && result ? { ...result, value: '0x1' } : result);
      return {
        args: [txid, ...claim(customer, 'ETH', '3')],
        config: world.withSecondSource('ethereum', { alone: true }),
        expect: { verdict: 'inconclusive', code: 'answer-not-proven', responsible: 'nobody-yet' },
      };
    },
  },
  {
    name: 'source-behind',
    title: 'A node that is still catching up does not know a transaction',
    arrange: async (world) => {
      const customer = await world.customer('A-1624');
      await world.payEther(customer.ethereum, '3', HALF_AN_HOUR);
      world.second.ethereum.lie = (method, params, result) =>
        (method === 'eth_syncing' ? { startingBlock: '0x0', currentBlock: '0x10', highestBlock: '0x9000' } : result);
      return {
        args: [`0x${NOBODY_SENT}`, ...claim(customer, 'ETH', '3')],
        config: world.withSecondSource('ethereum', { alone: true }),
        expect: { verdict: 'inconclusive', code: 'source-behind', responsible: 'nobody-yet' },
      };
    },
  },
];
