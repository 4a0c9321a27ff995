// Identifiers under which there is no transaction.

import { createHash } from 'node:crypto';
import { claim, HALF_AN_HOUR } from './common.mjs';

const A_BLOCK = { verdict: 'customer-action', code: 'block-hash-given', responsible: 'customer' };

export const identifiers = [
  {
    name: 'not-found-with-ledger',
    title: 'A well-formed TXID that neither the chain nor the ledger knows',
    arrange: async (world) => {
      const other = await world.customer('B-2014');
      await world.payEther(other.ethereum, '1', HALF_AN_HOUR); // a node whose head is old could not say no
      return {
        args: [`0x${createHash('sha256').update('a transaction that nobody sent').digest('hex')}`],
        expect: { verdict: 'customer-action', code: 'transaction-not-found', responsible: 'customer' },
      };
    },
  },
  {
    name: 'internal-id-given',
    title: 'An id of another exchange\'s own, which neither desk nor ledger knows',
    arrange: async () => ({
      args: ['6f1c1d2e-9b1a-4c56-8f70-0123456789ab'],
      expect: { verdict: 'customer-action', code: 'internal-id-given', responsible: 'customer' },
    }),
  },
  {
    name: 'off-chain-transfer',
    title: 'What another exchange shows instead of a TXID for a transfer inside its own books',
    arrange: async () => ({
      args: ['Internal transfer 51376627901'],
      expect: { verdict: 'platform-action', code: 'off-chain-transfer', responsible: 'sending-platform' },
    }),
  },
  {
    name: 'block-hash-given',
    title: 'The hash of the block that holds the payment, taken from an explorer\'s page',
    arrange: async (world) => {
      const customer = await world.customer('A-2201');
      const { height } = await world.payUsdt(customer.ethereum, '50', HALF_AN_HOUR);
      const { hash } = await world.ethereum.node.rpc('eth_getBlockByNumber', `0x${height.toString(16)}`, false);
      return { args: [hash, '--account', customer.account], expect: A_BLOCK };
    },
  },
  {
    name: 'bitcoin-block-hash-given',
    title: 'The hash of a Bitcoin block; the network is not told',
    arrange: async (world) => {
      const customer = await world.customer('A-2202');
      await world.payBitcoin(customer.bitcoin, '0.51', { confirmations: 4 });
      return { args: [await world.bitcoin.rpc('getbestblockhash'), '--account', customer.account], expect: A_BLOCK };
    },
  },
  {
    name: 'bitcoin-txid-byte-reversed',
    title: 'A Bitcoin TXID from a database export, with its bytes the wrong way round',
    arrange: async (world) => {
      const customer = await world.customer('A-2203');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.52', { confirmations: 4 });
      return {
        args: [Buffer.from(txid, 'hex').reverse().toString('hex'), ...claim(customer, 'BTC', '0.52')],
        expect: {
          verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform', codes: ['txid-byte-reversed'],
        },
      };
    },
  },
];
