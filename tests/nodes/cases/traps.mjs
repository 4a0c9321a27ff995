// What a first look at an answer gets wrong: each case shows the words that mislead, and must not be misled.

import { byRouter, paidByTwo } from './innocents.mjs';
import { claim } from './common.mjs';

const PAID_NOT = { verdict: 'customer-action', code: 'inner-call-failed', responsible: 'sending-platform' };

export const traps = [
  {
    name: 'trap-safe-beside-safe',
    title: 'Two Safes in one transaction: the one that was to pay the claimant failed, the other one succeeded',
    arrange: async (world) => {
      const customer = await world.customer('A-2401');
      const other = await world.outsider('somebody whom the other Safe paid');
      const [empty, filled] = [await world.ethereum.node.deploy('Purse'), await world.filledPurse()];
      const { txid } = await paidByTwo(world, 'both', [empty, filled], customer, other);
      return { args: [txid, ...claim(customer, 'USDT', '4')], expect: PAID_NOT };
    },
  },
  {
    name: 'trap-operation-of-a-bundle',
    title: 'The hash of an operation that failed in a bundle whose last operation succeeded',
    arrange: async (world) => {
      const customer = await world.customer('A-2402');
      const other = await world.outsider('somebody whom the last operation paid');
      const [empty, filled] = [await world.ethereum.node.deploy('Purse'), await world.filledPurse()];
      const { receipt } = await paidByTwo(world, 'bundle', [empty, filled], customer, other);
      const operation = receipt.logs.find((log) => BigInt(log.address) === BigInt(empty.address)).topics[1];
      return {
        args: [operation, ...claim(customer, 'USDT', '4')],
        expect: { ...PAID_NOT, codes: ['user-operation-hash-given'] },
      };
    },
  },
  {
    name: 'trap-taken-back',
    title: 'Ether that a contract paid to the claimant inside and took back by failing above it',
    arrange: async (world) => {
      const customer = await world.customer('A-2403');
      const { txid } = await byRouter(world, 'undo', ['address'], [customer.ethereum], { value: 10n ** 18n });
      return { args: [txid, ...claim(customer, 'ETH', '1')], expect: PAID_NOT };
    },
  },
];
