// Complaints without a TXID: the payment is searched for, at the address that is named or at those of the account.

import { addressOf } from '../bitcoin.mjs';
import { ago } from '../exchange.mjs';
import { filters, unspent } from '../liar.mjs';
import { claim, complain, HALF_AN_HOUR } from './common.mjs';

const MISSED = { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' };
const ASKED = { verdict: 'customer-action', responsible: 'customer' };

export const searches = [
  {
    name: 'found-by-address',
    title: 'A ticket without a TXID; one payment to the account\'s address is what it tells of',
    arrange: async (world) => {
      const customer = await world.customer('A-2801');
      await world.payUsdt(customer.ethereum, '301', HALF_AN_HOUR);
      await world.payUsdt(customer.ethereum, '12', { confirmations: 100 });
      await world.payUsdt((await world.customer('B-2801')).ethereum, '301', { confirmations: 80 });
      complain(world, customer, {
        id: 'ZD-48401', subject: 'Deposit missing', opened: { minutes: 5 }, body: 'I sent 301 USDT, where are they?',
        fields: { network: 'ethereum', asset: 'USDT', amount: '301' },
      });
      return { args: ['ZD-48401'], expect: { ...MISSED, codes: ['found-by-address'] } };
    },
  },
  {
    name: 'found-by-address-typed',
    title: 'The deposit address where the TXID should be; one payment to it fits what is claimed',
    arrange: async (world) => {
      const customer = await world.customer('A-2802');
      await world.payUsdt(customer.ethereum, '302', HALF_AN_HOUR);
      return {
        args: [customer.ethereum, ...claim(customer, 'USDT', '302')],
        expect: { ...MISSED, codes: ['found-by-address', 'address-given-instead-of-txid'] },
      };
    },
  },
  {
    name: 'several-candidates',
    title: 'A ticket without a TXID; two payments of the same amount reached the account',
    arrange: async (world) => {
      const customer = await world.customer('A-2803');
      await world.payUsdt(customer.ethereum, '45', HALF_AN_HOUR);
      await world.payUsdt(customer.ethereum, '45', { confirmations: 90 });
      complain(world, customer, {
        id: 'ZD-48403', subject: '45 USDT', opened: { minutes: 5 }, body: 'One of my deposits never came.',
        fields: { network: 'ethereum', asset: 'USDT', amount: '45' },
      });
      return { args: ['ZD-48403'], expect: { ...ASKED, code: 'several-candidates' } };
    },
  },
  {
    name: 'found-uncredited',
    title: 'Two payments fit, and the ledger has credited one of them',
    arrange: async (world) => {
      const customer = await world.customer('A-2804');
      const credited = await world.payUsdt(customer.ethereum, '46', HALF_AN_HOUR);
      await world.payUsdt(customer.ethereum, '46', { confirmations: 90 });
      const time = ago({ minutes: 20 });
      world.record(credited, customer, {
        status: 'credited', confirmations: 150, detected_at: time, credited_at: time, available_at: time,
      });
      return {
        args: ['--network', 'ethereum', ...claim(customer, 'USDT', '46')],
        expect: { ...MISSED, codes: ['found-by-address'] },
      };
    },
  },
  {
    name: 'found-short-by-a-fee',
    title: 'The sending platform kept its fee, so that less arrived than was claimed',
    arrange: async (world) => {
      const customer = await world.customer('A-2805');
      await world.payUsdt(customer.ethereum, '95', HALF_AN_HOUR);
      return {
        args: ['--network', 'ethereum', ...claim(customer, 'USDT', '100')],
        expect: { ...MISSED, codes: ['found-by-address', 'amount-differs'] },
      };
    },
  },
  {
    name: 'no-payment-found',
    title: 'A ticket without a TXID, and nothing of the kind has arrived',
    arrange: async (world) => {
      const customer = await world.customer('A-2806');
      await world.payUsdt(customer.ethereum, '7', HALF_AN_HOUR);
      complain(world, customer, {
        id: 'ZD-48406', subject: 'Where are my 900 USDT', opened: { minutes: 5 }, body: 'Sent an hour ago!',
        fields: { network: 'ethereum', asset: 'USDT', amount: '900' },
      });
      return { args: ['ZD-48406'], expect: { ...ASKED, code: 'no-txid-given' } };
    },
  },
  ...['etherscan', 'blockscout'].map((explorer, number) => ({
    name: `found-ether-by-${explorer}`,
    title: `A ticket without a TXID for ether, which no node can search for: an explorer's lists can (${explorer})`,
    arrange: async (world) => {
      const customer = await world.customer(`A-282${number}`);
      await world.payEther(customer.ethereum, '1.25', { confirmations: 90 });
      // What else reached the address: tokens, another amount, and coin that a contract passed on.
      await world.payUsdt(customer.ethereum, '2.5', { confirmations: 60 });
      await world.payEther(customer.ethereum, '0.3', { confirmations: 50 });
      const forwarder = await world.ethereum.node.deploy('Forwarder', ['address'], [customer.ethereum]);
      await world.payEther(forwarder.address, '0.7', { confirmations: 40 });
      complain(world, customer, {
        id: `ZD-4842${number}`, subject: 'My ETH is missing', opened: { minutes: 5 }, body: 'I sent 1.25 ETH, nothing came.',
        fields: { network: 'ethereum', asset: 'ETH', amount: '1.25' },
      });
      return {
        args: [`ZD-4842${number}`], config: world.withSources(world[explorer].source()),
        expect: { ...MISSED, codes: ['found-by-address'] },
      };
    },
  })),
  {
    name: 'bitcoin-found-by-explorer',
    title: 'A Bitcoin payment found in the history that an explorer keeps of the address',
    arrange: async (world) => {
      const customer = await world.customer('A-2807');
      await world.payBitcoin(customer.bitcoin, '0.61', { confirmations: 4 });
      return {
        args: [customer.bitcoin, ...claim(customer, 'BTC', '0.61')],
        config: world.withExplorer(),
        expect: { ...MISSED, codes: ['found-by-address', 'address-given-instead-of-txid'], confidence: 'proven' },
      };
    },
  },
  {
    name: 'bitcoin-found-in-blocks',
    title: 'A Bitcoin payment found by the index of block filters that a node keeps',
    arrange: async (world) => {
      const customer = await world.customer('A-2808');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.62', { confirmations: 4 });
      const { blockhash } = await world.bitcoin.rpc('getrawtransaction', txid, true);
      // A filter also names blocks that do not touch the address.
      world.second.bitcoin.lie = filters([await world.bitcoin.rpc('getblockhash', 400), blockhash]);
      return {
        args: ['--network', 'bitcoin', ...claim(customer, 'BTC', '0.62')],
        config: world.withSecondSource('bitcoin', { alone: true }),
        expect: { ...MISSED, codes: ['found-by-address'] },
      };
    },
  },
  {
    name: 'bitcoin-found-unspent',
    title: 'A Bitcoin node that can only tell what is unspent: the payment that it finds may not be the only one',
    arrange: async (world) => {
      const customer = await world.customer('A-2809');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.63', { confirmations: 4 });
      const { vout } = await world.bitcoin.rpc('getrawtransaction', txid, true);
      const height = await world.bitcoin.height() - 3;
      world.second.bitcoin.lie = unspent({ txid, vout: 0, scriptPubKey: vout[0].scriptPubKey.hex, amount: 0.63, height });
      return {
        args: [customer.bitcoin, ...claim(customer, 'BTC', '0.63')],
        config: world.withSecondSource('bitcoin', { alone: true }),
        expect: { ...ASKED, code: 'address-given-instead-of-txid' },
      };
    },
  },
  {
    name: 'search-not-offered',
    title: 'A Bitcoin node that finds nothing by its address, and nobody else to ask',
    arrange: async (world) => {
      const customer = await world.customer('A-2810');
      await world.payBitcoin(customer.bitcoin, '0.64', { confirmations: 4 });
      return {
        args: ['--address', addressOf('A-2810 on bitcoin'), '--asset', 'BTC', '--account', customer.account],
        expect: { ...ASKED, code: 'no-txid-given' },
      };
    },
  },
];
