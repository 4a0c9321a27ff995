// Identifiers under which there is no transaction.

import { createHash } from 'node:crypto';
import { HALF_AN_HOUR } from './common.mjs';

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
      args: ['Internal transfer 51376627901'],
      expect: { verdict: 'customer-action', code: 'internal-id-given', responsible: 'customer' },
    }),
  },
];
