// Deposits by what arrived: tokens that the platform does not list, or that only share a listed one's name.

import { claim, HALF_AN_HOUR } from './common.mjs';

export const assets = [
  {
    name: 'fake-token',
    title: 'A token that calls itself USDT and is another contract',
    arrange: async (world) => {
      const customer = await world.customer('A-1401');
      const token = await world.ethereum.token('Tether USD', 'USDT');
      const { txid } = await world.payToken(token, customer.ethereum, '500', HALF_AN_HOUR);
      return {
        args: [txid, ...claim(customer, 'USDT', '500')],
        expect: { verdict: 'customer-action', code: 'fake-token', responsible: 'customer' },
      };
    },
  },
  {
    name: 'bridged-variant',
    title: 'A bridged form of USDT that the configuration knows and the ledger does not list',
    arrange: async (world) => {
      const customer = await world.customer('A-1402');
      const token = await world.ethereum.token('Bridged Tether USD', 'USDT.e');
      const { txid } = await world.payToken(token, customer.ethereum, '500', HALF_AN_HOUR);
      return {
        args: [txid, ...claim(customer, 'USDT', '500')],
        config: { network: { ethereum: { assets: { USDT: { variants: { 'USDT.e': token.address } } } } } },
        expect: {
          verdict: 'platform-action', code: 'bridged-variant', responsible: 'customer', codes: ['asset-differs'],
        },
      };
    },
  },
  {
    name: 'asset-not-supported',
    title: 'A token that the platform does not list',
    arrange: async (world) => {
      const customer = await world.customer('A-1403');
      const token = await world.ethereum.token('Pebble', 'PBL');
      const { txid } = await world.payToken(token, customer.ethereum, '9000', HALF_AN_HOUR);
      return {
        args: [txid, '--account', customer.account],
        expect: { verdict: 'platform-action', code: 'asset-not-supported', responsible: 'customer' },
      };
    },
  },
  {
    name: 'asset-not-supported-as-claimed',
    title: 'A token that the platform does not list, and that the customer calls by its right name',
    arrange: async (world) => {
      const customer = await world.customer('A-1404');
      const token = await world.ethereum.token('Pebble', 'PBL');
      const { txid } = await world.payToken(token, customer.ethereum, '9000', HALF_AN_HOUR);
      return {
        args: [txid, ...claim(customer, 'PBL', '9000')],
        expect: { verdict: 'platform-action', code: 'asset-not-supported', responsible: 'customer' },
      };
    },
  },
];
