// Deposits by the address that they reached.

import { addressOf } from '../bitcoin.mjs';
import { ago } from '../exchange.mjs';
import { CONFIRMATIONS } from '../world.mjs';
import { claim, HALF_AN_HOUR } from './common.mjs';

export const destinations = [
  {
    name: 'bitcoin-address-not-ours',
    title: 'A final Bitcoin payment to an address that is not the platform\'s',
    arrange: async (world) => {
      const customer = await world.customer('A-1008');
      const elsewhere = addressOf('an address of somebody else');
      const { txid } = await world.payBitcoin(elsewhere, '0.25', { confirmations: CONFIRMATIONS.bitcoin });
      return {
        args: [
          txid, '--network', 'bitcoin', '--asset', 'BTC', '--amount', '0.25',
          '--account', customer.account, '--address', customer.bitcoin,
        ],
        expect: { verdict: 'misdirected', code: 'address-not-ours', responsible: 'customer' },
      };
    },
  },
  {
    name: 'look-alike-address',
    title: 'A payment to an address that looks like the claimant\'s at both ends',
    arrange: async (world) => {
      const customer = await world.customer('A-1301');
      const poison = await world.ethereum.node.addressLike(customer.ethereum);
      const { txid } = await world.payUsdt(poison, '500', HALF_AN_HOUR);
      return {
        args: [txid, ...claim(customer, 'USDT', '500')],
        expect: { verdict: 'misdirected', code: 'look-alike-address', responsible: 'customer' },
      };
    },
  },
  {
    name: 'other-customer-address',
    title: 'A deposit that reached another customer\'s address',
    arrange: async (world) => {
      const claimant = await world.customer('A-1010');
      const other = await world.customer('B-2010');
      const { txid } = await world.payUsdt(other.ethereum, '120', HALF_AN_HOUR);
      return {
        args: [txid, '--account', claimant.account, '--asset', 'USDT', '--amount', '120'],
        expect: { verdict: 'platform-action', code: 'other-customer-address', responsible: 'platform' },
      };
    },
  },
  {
    name: 'retired-address',
    title: 'A deposit to an address of the claimant\'s that is no longer watched',
    arrange: async (world) => {
      const customer = await world.customer('A-1302');
      const { ethereum: former } = await world.outsider('A-1302, formerly');
      world.issue({
        address: former, network: 'ethereum', account: customer.account, status: 'retired',
        issued_at: ago({ days: 400 }), retired_at: ago({ days: 30 }),
      });
      const { txid } = await world.payUsdt(former, '130', HALF_AN_HOUR);
      return {
        args: [txid, ...claim(customer, 'USDT', '130')],
        expect: { verdict: 'platform-action', code: 'retired-address', responsible: 'platform' },
      };
    },
  },
  {
    name: 'platform-wallet',
    title: 'A deposit to the wallet from which the platform pays withdrawals',
    arrange: async (world) => {
      const customer = await world.customer('A-1303');
      const { ethereum: wallet } = await world.outsider('the hot wallet');
      world.issue({ address: wallet, network: 'ethereum', role: 'hot' });
      const { txid } = await world.payUsdt(wallet, '140', HALF_AN_HOUR);
      return {
        args: [txid, ...claim(customer, 'USDT', '140')],
        expect: { verdict: 'platform-action', code: 'platform-wallet', responsible: 'platform' },
      };
    },
  },
  {
    name: 'not-related-to-claimant',
    title: 'A transaction of which neither asset, nor amount, nor address fits what is claimed',
    arrange: async (world) => {
      const customer = await world.customer('A-1304');
      const { ethereum: elsewhere } = await world.outsider('somebody else');
      const { txid } = await world.payEther(elsewhere, '0.7', HALF_AN_HOUR);
      return {
        args: [txid, ...claim(customer, 'USDT', '500')],
        expect: { verdict: 'customer-action', code: 'not-related-to-claimant', responsible: 'customer' },
      };
    },
  },
];
