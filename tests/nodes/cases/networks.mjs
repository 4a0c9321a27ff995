// Deposits that went to the right address on a network for which it was not issued.

import { claim, HALF_AN_HOUR } from './common.mjs';

export const networks = [
  {
    name: 'wrong-network-supported',
    title: 'A payment on Polygon, which the platform runs, to an address issued on Ethereum',
    arrange: async (world) => {
      await world.serve('polygon');
      const customer = await world.customer('A-1501');
      const { txid } = await world.payUsdt(customer.ethereum, '500', { ...HALF_AN_HOUR, on: 'polygon' });
      return {
        args: [txid, '--network', 'ethereum', ...claim(customer, 'USDT', '500')],
        config: world.withPolygon(),
        expect: {
          verdict: 'platform-action', code: 'wrong-network-supported', responsible: 'platform',
          codes: ['claim-differs'],
        },
      };
    },
  },
  {
    name: 'wrong-network-unsupported',
    title: 'A payment on Polygon, of which the ledger knows nothing, to an address issued on Ethereum',
    arrange: async (world) => {
      const customer = await world.customer('A-1502');
      const { txid } = await world.payUsdt(customer.ethereum, '500', { ...HALF_AN_HOUR, on: 'polygon' });
      return {
        args: [txid, '--network', 'ethereum', ...claim(customer, 'USDT', '500')],
        config: world.withPolygon(),
        expect: {
          verdict: 'misdirected', code: 'wrong-network-unsupported', responsible: 'customer',
          codes: ['claim-differs'],
        },
      };
    },
  },
  {
    name: 'testnet-transaction',
    title: 'A payment on a test network, of which no main network knows',
    arrange: async (world) => {
      const customer = await world.customer('A-1503');
      const { txid } = await world.payUsdt(customer.ethereum, '500', { ...HALF_AN_HOUR, on: 'polygon' });
      await world.payUsdt(customer.ethereum, '1', HALF_AN_HOUR); // a node whose head is old could not say no
      return {
        args: [txid, ...claim(customer, 'USDT', '500')],
        config: { network: { polygon: { ...world.polygon.settings(), test: true } } },
        expect: { verdict: 'customer-action', code: 'testnet-transaction', responsible: 'customer' },
      };
    },
  },
];
