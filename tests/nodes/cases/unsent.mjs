// Withdrawals that no chain has seen, by the ledger's own id.

import { ago } from '../exchange.mjs';

const FOR_THE_PLATFORM = { verdict: 'platform-action', responsible: 'platform' };

export const unsent = [
  {
    name: 'withdrawal-queued',
    title: 'An approved withdrawal that is not sent yet',
    arrange: async (world) => ({
      args: [await order(world, 'A-1901', { status: 'approved', requested_at: ago({ hours: 1 }) })],
      expect: { verdict: 'waiting', code: 'withdrawal-queued', responsible: 'platform' },
    }),
  },
  {
    name: 'withdrawal-queued-overdue',
    title: 'An approved withdrawal that has not been sent for two days',
    arrange: async (world) => ({
      args: [await order(world, 'A-1902', { status: 'processing', requested_at: ago({ days: 2 }) })],
      expect: { ...FOR_THE_PLATFORM, code: 'withdrawal-queued' },
    }),
  },
  {
    name: 'withdrawal-in-review',
    title: 'A withdrawal that somebody has begun to look at',
    arrange: async (world) => ({
      args: [await order(world, 'A-1903', { status: 'in_review', reason: 'risk', requested_at: ago({ hours: 5 }) })],
      expect: { verdict: 'waiting', code: 'withdrawal-in-review', responsible: 'platform' },
    }),
  },
  {
    name: 'withdrawal-in-review-overdue',
    title: 'A withdrawal that has been under review for four days',
    arrange: async (world) => ({
      args: [await order(world, 'A-1904', { status: 'in_review', reason: 'risk', requested_at: ago({ days: 4 }) })],
      expect: { ...FOR_THE_PLATFORM, code: 'withdrawal-in-review' },
    }),
  },
  {
    name: 'withdrawal-awaiting-customer',
    title: 'A withdrawal that the customer has not confirmed',
    arrange: async (world) => ({
      args: [await order(world, 'A-1905', { status: 'awaiting_customer', requested_at: ago({ hours: 3 }) })],
      expect: { verdict: 'customer-action', code: 'withdrawal-awaiting-customer', responsible: 'customer' },
    }),
  },
  {
    name: 'withdrawal-cancelled',
    title: 'A withdrawal that was cancelled, and its amount returned to the balance',
    arrange: async (world) => ({
      args: [await order(world, 'A-1906', { status: 'cancelled', requested_at: ago({ hours: 8 }) })],
      expect: { verdict: 'complete', code: 'withdrawal-cancelled', responsible: null },
    }),
  },
  {
    name: 'withdrawals-suspended',
    title: 'An approved withdrawal while the network is closed for withdrawals',
    arrange: async (world) => {
      Object.assign(world.ledger.networks.ethereum, {
        withdrawals: 'suspended', reason: 'wallet maintenance', since: ago({ hours: 3 }), until: ago({ hours: -5 }),
      });
      return {
        args: [await order(world, 'A-1907', { status: 'approved', requested_at: ago({ hours: 2 }) })],
        expect: { ...FOR_THE_PLATFORM, code: 'withdrawals-suspended' },
      };
    },
  },
  {
    name: 'withdrawal-internal',
    title: 'A withdrawal to another account of the platform, which no chain carries',
    arrange: async (world) => ({
      args: [await order(world, 'A-1908', {
        status: 'internal', requested_at: ago({ hours: 1 }), completed_at: ago({ hours: 1 }),
      })],
      expect: { verdict: 'complete', code: 'withdrawal-internal', responsible: null },
    }),
  },
  {
    name: 'withdrawal-failed',
    title: 'A withdrawal that failed before it was sent, and whose amount has not come back',
    arrange: async (world) => ({
      args: [await order(world, 'A-1909', { status: 'failed', requested_at: ago({ hours: 4 }) })],
      expect: { ...FOR_THE_PLATFORM, code: 'withdrawal-failed' },
    }),
  },
];

// The id of an order without a transaction.
async function order(world, account, entry) {
  const customer = await world.customer(account);
  const { ethereum: address } = await world.outsider(`a wallet of ${account}`);
  return world.order({ network: 'ethereum', asset: 'USDT', address, amount: '600' }, customer, entry);
}
