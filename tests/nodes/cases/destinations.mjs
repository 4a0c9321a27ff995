// Deposits by the address that they reached.

import { addressOf } from '../bitcoin.mjs';
import { ago } from '../exchange.mjs';
import { CONFIRMATIONS } from '../world.mjs';
import { claim, HALF_AN_HOUR } from './common.mjs';

const DEAD = '0x000000000000000000000000000000000000dEaD';

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
    name: 'platform-sweep',
    title: 'The exchange gathers a deposit into its hot wallet; the customer found that transfer at his address',
    arrange: async (world) => {
      const customer = await world.customer('A-1120');
      const { ethereum: address } = await world.outsider('the hot wallet that gathers');
      world.issue({ address, network: 'ethereum', role: 'hot' });
      // An address whose key the node has: the exchange has those of its deposit addresses.
      const own = await world.ethereum.node.checksummed(world.ethereum.node.accounts[5]);
      world.issue({ address: own, network: 'ethereum', account: customer.account });
      await world.payUsdt(own, '77', { confirmations: 1 });
      const { txid } = await world.payUsdt(address, '77', { ...HALF_AN_HOUR, from: own });
      return {
        args: [txid, '--account', customer.account],
        expect: { verdict: 'customer-action', code: 'platform-sweep', responsible: 'customer' },
      };
    },
  },
  {
    name: 'bitcoin-platform-sweep',
    title: 'The same on Bitcoin, where an explorer names the address from which it came',
    arrange: async (world) => {
      const customer = await world.customer('A-1121');
      const { bitcoin: address } = await world.outsider('the Bitcoin hot wallet that gathers');
      world.issue({ address, network: 'bitcoin', role: 'hot' });
      const { txid, from } = await world.bitcoin.sweep(address, { confirmations: 4 });
      world.issue({ address: from, network: 'bitcoin', account: customer.account });
      return {
        args: [txid, '--network', 'bitcoin', '--account', customer.account],
        config: world.withExplorer(),
        expect: { verdict: 'customer-action', code: 'platform-sweep', responsible: 'customer' },
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
  {
    name: 'burn-address',
    title: 'Tokens sent to an address that nobody has the key of',
    arrange: async (world) => astray(world, 'A-1311', DEAD, 'burn-address'),
  },
  {
    name: 'token-contract-address',
    title: 'Tokens sent to their own contract',
    arrange: async (world) => astray(world, 'A-1312', world.ethereum.usdt.address, 'token-contract-address'),
  },
  {
    name: 'address-typo',
    title: 'Tokens sent to an address that differs from the claimant\'s in two characters',
    arrange: async (world) => {
      const { ethereum: address } = await world.outsider('A-1313');
      const [one, other] = [address.at(10), address.at(20)].map((digit) => (digit === '7' ? '8' : '7'));
      const mistyped = `${address.slice(0, 10)}${one}${address.slice(11, 20)}${other}${address.slice(21)}`;
      return astray(world, 'A-1313', await world.ethereum.node.checksummed(mistyped), 'address-typo');
    },
  },
  {
    name: 'sub-account-address',
    title: 'A deposit that reached another account of the same customer',
    arrange: async (world) => {
      const main = await world.customer('A-1314');
      const sub = await world.customer('A-1314-2');
      world.ledger.addresses.forEach((entry) => { entry.customer = 'C-1314'; });
      const { txid } = await world.payUsdt(sub.ethereum, '150', HALF_AN_HOUR);
      return {
        args: [txid, ...claim(main, 'USDT', '150')],
        expect: { verdict: 'platform-action', code: 'sub-account-address', responsible: 'platform' },
      };
    },
  },
  {
    name: 'tx-predates-address',
    title: 'An old transaction of somebody else, given for a deposit to an address of today',
    arrange: async (world) => {
      const customer = await world.customer('A-1315');
      world.ledger.addresses.forEach((entry) => { entry.issued_at = ago({ minutes: 5 }); });
      const { ethereum: elsewhere } = await world.outsider('somebody before');
      const { txid } = await world.payUsdt(elsewhere, '160', HALF_AN_HOUR);
      return {
        args: [txid, '--address', customer.ethereum, ...claim(customer, 'USDT', '160')],
        expect: { verdict: 'customer-action', code: 'tx-predates-address', responsible: 'customer' },
      };
    },
  },
  {
    name: 'own-pay-out-claimed',
    title: 'A withdrawal of somebody else, of which a customer claims the change that came back to the platform',
    arrange: async (world) => {
      const owner = await world.customer('A-1316');
      const claimant = await world.customer('A-1317');
      const { bitcoin: wallet } = await world.outsider('a wallet of A-1316');
      const payment = await world.payBitcoin(wallet, '0.16', { confirmations: 5 });
      world.order(payment, owner, { status: 'completed', requested_at: ago({ hours: 2 }), broadcast_at: ago({ hours: 1 }) });
      world.issue({ address: await world.change(payment.txid), network: 'bitcoin', role: 'hot' });
      return {
        args: [payment.txid, '--network', 'bitcoin', '--account', claimant.account],
        expect: { verdict: 'customer-action', code: 'not-related-to-claimant', responsible: 'customer' },
      };
    },
  },
  {
    name: 'address-checksum-bad',
    title: 'A deposit address given with a letter of another case',
    arrange: async (world) => {
      const customer = await world.customer('A-1318');
      const { txid } = await world.payUsdt(customer.ethereum, '180', HALF_AN_HOUR);
      const turned = (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase());
      const altered = customer.ethereum.replace(/(?<=^0x.*)[a-f]/i, turned);
      return {
        args: [txid, '--address', altered, ...claim(customer, 'USDT', '180')],
        expect: {
          verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform', codes: ['address-checksum-bad'],
        },
      };
    },
  },
];

// A payment of USDT to an address of nobody whom the platform knows.
async function astray(world, account, address, code) {
  const customer = await world.customer(account);
  const { txid } = await world.payUsdt(address, '170', HALF_AN_HOUR);
  return {
    args: [txid, ...claim(customer, 'USDT', '170')],
    expect: { verdict: 'misdirected', code, responsible: 'customer' },
  };
}
