// Deposits by what arrived: tokens that the platform does not list, or that only share a listed one's name.

import { untraced } from '../liar.mjs';
import { claim, HALF_AN_HOUR } from './common.mjs';

const PAYMENT = ['address', 'address', 'uint256'];
const PAID_NOT = { verdict: 'customer-action', code: 'inner-call-failed', responsible: 'sending-platform' };
const NOT_A_COIN = { verdict: 'customer-action', code: 'nft-not-coin', responsible: 'customer' };

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
    name: 'token-frozen',
    title: 'A transfer of USDT that failed because the issuer has frozen the sender',
    arrange: async (world) => {
      const customer = await world.customer('A-1416');
      const { usdt, payer } = world.ethereum;
      await world.happen(() => usdt.send('addBlackList(address)', ['address'], [payer]), { confirmations: 1 });
      const { txid } = await world.payUsdt(customer.ethereum, '500', { ...HALF_AN_HOUR, gas: 100_000 });
      return {
        args: [txid, ...claim(customer, 'USDT', '500')],
        expect: {
          verdict: 'customer-action', code: 'execution-failed', responsible: 'sending-platform', codes: ['token-frozen'],
        },
      };
    },
  },
  {
    name: 'migrated-contract',
    title: 'USDT of the contract that it has left behind',
    arrange: async (world) => {
      const customer = await world.customer('A-1415');
      const token = await world.ethereum.token('Tether USD', 'USDT');
      const { txid } = await world.payToken(token, customer.ethereum, '500', HALF_AN_HOUR);
      return {
        args: [txid, ...claim(customer, 'USDT', '500')],
        config: { network: { ethereum: { assets: { USDT: { former: { USDT: token.address } } } } } },
        expect: { verdict: 'platform-action', code: 'migrated-contract', responsible: 'customer' },
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
  {
    name: 'approval-not-transfer',
    title: 'An approval of USDT that was taken for a payment',
    arrange: async (world) => {
      const customer = await world.customer('A-1405');
      const { usdt, payer } = world.ethereum;
      const approve = () => usdt.send(
        'approve(address,uint256)', ['address', 'uint256'], [customer.ethereum, 500_000_000n], { from: payer },
      );
      const { txid } = await world.happen(approve, HALF_AN_HOUR);
      return {
        args: [txid, ...claim(customer, 'USDT', '500')],
        expect: { verdict: 'customer-action', code: 'approval-not-transfer', responsible: 'customer' },
      };
    },
  },
  {
    name: 'nft-not-coin',
    title: 'A collectible (ERC-721) instead of coins',
    arrange: async (world) => {
      const customer = await world.customer('A-1406');
      const things = await world.ethereum.node.deploy('Collectible');
      const mint = () => things.send('mint(address,uint256)', ['address', 'uint256'], [customer.ethereum, 7n]);
      const { txid } = await world.happen(mint, HALF_AN_HOUR);
      return { args: [txid, '--account', customer.account], expect: NOT_A_COIN };
    },
  },
  {
    name: 'nft-not-coin-multi',
    title: 'Several things of one kind (ERC-1155) instead of coins',
    arrange: async (world) => {
      const customer = await world.customer('A-1407');
      const wares = await world.ethereum.node.deploy('Wares');
      const types = ['address', 'uint256', 'uint256'];
      const mint = () => wares.send('mint(address,uint256,uint256)', types, [customer.ethereum, 3n, 500n]);
      const { txid } = await world.happen(mint, HALF_AN_HOUR);
      return { args: [txid, '--account', customer.account], expect: NOT_A_COIN };
    },
  },
  {
    name: 'internal-value-transfer',
    title: 'Ether that a contract passed on to the claimant by a call inside the transaction',
    arrange: async (world) => {
      const { customer, txid } = await forwarded(world, 'A-1408');
      return {
        args: [txid, ...claim(customer, 'ETH', '2')],
        expect: { verdict: 'platform-action', code: 'internal-value-transfer', responsible: 'platform' },
      };
    },
  },
  {
    name: 'internal-value-untraced',
    title: 'The same by a node that does not look into transactions: where the ether went stays open',
    arrange: async (world) => {
      const { customer, txid } = await forwarded(world, 'A-1409');
      world.second.ethereum.lie = untraced;
      return {
        args: [txid, ...claim(customer, 'ETH', '2')],
        config: world.withSecondSource('ethereum', { alone: true }),
        expect: { verdict: 'inconclusive', code: 'source-unavailable', responsible: 'nobody-yet' },
      };
    },
  },
  {
    name: 'scanner-blind-spot',
    title: 'Tokens that another contract paid out, past scanners which read only calls of the token itself',
    arrange: async (world) => {
      const customer = await world.customer('A-1410');
      const purse = await world.filledPurse();
      const { txid } = await world.happen(
        // With gas given: the least with which the whole succeeds is too little for the payment inside.
        () => purse.send(
          'attempt(address,address,uint256)', PAYMENT, [world.ethereum.usdt.address, customer.ethereum, 9_000_000n],
          { gas: 200_000 },
        ),
        HALF_AN_HOUR,
      );
      return {
        args: [txid, ...claim(customer, 'USDT', '9')],
        expect: {
          verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform', codes: ['scanner-blind-spot'],
        },
      };
    },
  },
  ...['execute', 'operate', 'attempt'].map((way, number) => ({
    name: `inner-call-failed-${{ execute: 'safe', operate: 'user-operation', attempt: 'call' }[way]}`,
    title: `A payment inside a transaction that failed while the whole did not (${way})`,
    arrange: async (world) => {
      const customer = await world.customer(`A-141${number + 1}`);
      const purse = await world.filledPurse();
      const tooMuch = [world.ethereum.usdt.address, customer.ethereum, 900_000_000n];
      const { txid } = await world.happen(() => purse.send(`${way}(address,address,uint256)`, PAYMENT, tooMuch), HALF_AN_HOUR);
      return { args: [txid, ...claim(customer, 'USDT', '900')], expect: PAID_NOT };
    },
  })),
  {
    name: 'inner-call-failed-refused',
    title: 'A token that answers false instead of failing',
    arrange: async (world) => {
      const customer = await world.customer('A-1414');
      const token = await world.ethereum.node.deploy('Shy');
      const transfer = () => token.send('transfer(address,uint256)', ['address', 'uint256'], [customer.ethereum, 5n]);
      const { txid } = await world.happen(transfer, HALF_AN_HOUR);
      return { args: [txid, '--account', customer.account], expect: PAID_NOT };
    },
  },
];

// Ether sent to a contract that passes it on to a customer.
async function forwarded(world, account) {
  const customer = await world.customer(account);
  const { node } = world.ethereum;
  const forwarder = await node.deploy('Forwarder', ['address'], [customer.ethereum]);
  const { txid } = await world.payEther(forwarder.address, '2', HALF_AN_HOUR);
  return { customer, txid };
}
