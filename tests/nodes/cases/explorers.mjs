// Explorers instead of a node, and beside one.

import { createHash } from 'node:crypto';
import { ago } from '../exchange.mjs';
import { failed, nameless, paidTo } from '../liar.mjs';
import { claim, HALF_AN_HOUR } from './common.mjs';

const MISSED = { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' };
const UNAVAILABLE = { verdict: 'inconclusive', code: 'source-unavailable' };

const NOBODY_SENT = `0x${createHash('sha256').update('a payment that no explorer knows').digest('hex')}`;

// Both kinds tell the same of the same transaction.
const told = [
  {
    name: 'credited',
    title: 'A deposit of USDT that the ledger credited',
    arrange: async (world, customer) => {
      const payment = await world.payUsdt(customer.ethereum, '610', HALF_AN_HOUR);
      const credited = { status: 'credited', detected_at: ago({ minutes: 29 }), credited_at: ago({ minutes: 25 }) };
      world.record(payment, customer, { ...credited, available_at: ago({ minutes: 25 }) });
      return { txid: payment.txid, expect: { verdict: 'complete', code: 'credited' } };
    },
  },
  {
    name: 'reverted',
    title: 'A payment of USDT that failed',
    arrange: async (world, customer) => {
      const { txid } = await world.failToPayUsdt(customer.ethereum, '620', HALF_AN_HOUR);
      return { txid, expect: { verdict: 'customer-action', code: 'execution-failed' } };
    },
  },
  {
    name: 'internal-value',
    title: 'Ether that a contract passed on to the claimant',
    arrange: async (world, customer) => {
      const forwarder = await world.ethereum.node.deploy('Forwarder', ['address'], [customer.ethereum]);
      const { txid } = await world.payEther(forwarder.address, '3', HALF_AN_HOUR);
      return { txid, expect: { verdict: 'platform-action', code: 'internal-value-transfer', responsible: 'platform' } };
    },
  },
  {
    name: 'pending',
    title: 'A payment of USDT that is in no block',
    arrange: async (world, customer) => {
      const { txid } = await world.payUsdt(customer.ethereum, '630', { confirmations: 0 });
      return { txid, expect: { verdict: 'waiting', code: 'pending' } };
    },
  },
  {
    name: 'not-found',
    title: 'A transaction that nobody knows',
    arrange: async () => (
      { txid: NOBODY_SENT, expect: { verdict: 'customer-action', code: 'transaction-not-found' } }),
  },
];

// A case of one explorer alone.
function alone(explorer, name, title, account, arrange) {
  return {
    name: `${explorer}-${name}`,
    title: `${title} (${explorer})`,
    arrange: async (world) => {
      const customer = await world.customer(account);
      const { txid, flags = [], sources = [world[explorer].source()], expect } = await arrange(world, customer);
      return { args: [txid, '--account', account, ...flags], config: world.withSources(...sources), expect };
    },
  };
}

const alike = ['blockscout', 'etherscan'].flatMap((explorer, number) =>
  told.map(({ name, title, arrange }, at) => alone(explorer, name, title, `A-26${number}${at}`, arrange)));

// A payment that has to be judged by what the explorer says of itself.
async function paid(world, { ethereum }) {
  const { txid } = await world.payUsdt(ethereum, '640', HALF_AN_HOUR);
  return txid;
}

const REFUSALS = {
  'rate-limited': 'Max rate limit reached, please use API Key for higher rate limit',
  plan: 'Free API access is not supported for this chain. Please upgrade your api plan for full chain coverage.',
  key: 'Invalid API Key',
};

export const explorers = [
  ...alike,
  ...Object.entries(REFUSALS).map(([name, words], number) =>
    alone('etherscan', `refuses-${name}`, `An explorer that says in a 200: ${words}`, `A-262${number}`, async (world, customer) => {
      const txid = await paid(world, customer);
      world.etherscan.refuses = words;
      return { txid, expect: UNAVAILABLE };
    })),
  ...['blockscout', 'etherscan'].map((explorer, number) => ({
    name: `${explorer}-wrong-chain`,
    title: `An explorer of another chain than the one configured (${explorer})`,
    arrange: async (world) => {
      const customer = await world.customer(`A-263${number}`);
      const { network: { ethereum } } = world.withSources(world[explorer].source());
      return {
        args: [await paid(world, customer)],
        config: { network: { ethereum: { ...ethereum, chain_id: 1 } } },
        expect: { verdict: 'inconclusive', code: 'source-wrong-chain' },
      };
    },
  })),
  alone('blockscout', 'behind', 'An index that has not read every block', 'A-2641', async (world, customer) => {
    const txid = await paid(world, customer);
    world.blockscout.indexed = false;
    return { txid, expect: { verdict: 'inconclusive', code: 'source-behind' } };
  }),
  alone('blockscout', 'calls-unread', 'An index that has not read the calls inside', 'A-2642', async (world, customer) => {
    const forwarder = await world.ethereum.node.deploy('Forwarder', ['address'], [customer.ethereum]);
    const { txid } = await world.payEther(forwarder.address, '4', HALF_AN_HOUR);
    world.blockscout.looksInside = false;
    return { txid, flags: ['--asset', 'ETH', '--amount', '4'], expect: UNAVAILABLE };
  }),
  alone('blockscout', 'dropped', 'A payment that the mempool forgot, and the index did not', 'A-2643', async (world, customer) => {
    const { txid } = await world.payUsdt(customer.ethereum, '650', { confirmations: 0 });
    await world.blockscout.remember(txid);
    await world.ethereum.node.drop(txid);
    return { txid, expect: { verdict: 'customer-action', code: 'dropped' } };
  }),
  alone('blockscout', 'replaced', 'A payment whose nonce went to another one, which the index lists', 'A-2644', async (world, customer) => {
    const { txid: first } = await world.payUsdt(customer.ethereum, '660', { confirmations: 0 });
    await world.blockscout.remember(first);
    const { nonce } = await world.ethereum.node.rpc('eth_getTransactionByHash', first);
    await world.payUsdt(customer.ethereum, '660', { nonce, ...HALF_AN_HOUR });
    return { txid: first, expect: { ...MISSED, codes: ['replaced-same-destination'] } };
  }),
  alone('etherscan', 'names-successor', 'A payment whose nonce went to another one: the node does not say which, the explorer does', 'A-2645', async (world, customer) => {
    const again = (how) => world.payUsdt(customer.ethereum, '670', how);
    const { replaced } = await world.replaceUsdt(customer.ethereum, '670', again);
    const { lie: remembering } = world.second.ethereum;
    world.second.ethereum.lie = (...asked) => nameless(asked[0], asked[1], remembering(...asked));
    const [, node] = world.withSecondSource().network.ethereum.sources;
    return {
      txid: replaced, sources: [node, world.etherscan.source()],
      expect: { ...MISSED, codes: ['replaced-same-destination'], confidence: 'corroborated' },
    };
  }),
  ...['blockscout', 'etherscan'].flatMap((explorer, number) => [
    alone(explorer, 'agrees', 'A missed deposit by the word of an explorer and a node', `A-265${number}`, async (world, customer) => ({
      txid: await paid(world, customer), sources: [world.node(), world[explorer].source()],
      expect: { ...MISSED, confidence: 'corroborated' },
    })),
    ...Object.entries({ receiver: (address) => paidTo(address), execution: () => failed }).map(([fact, lie], at) =>
      alone(explorer, `disagrees-on-${fact}`, `An explorer that contradicts a node about the ${fact}`, `A-266${number}${at}`, async (world, customer) => {
        const { ethereum } = await world.outsider('somebody else');
        const txid = await paid(world, customer);
        world[explorer].lie = lie(ethereum);
        return {
          txid, flags: claim(customer, 'USDT', '640').slice(2), sources: [world.node(), world[explorer].source()],
          expect: { verdict: 'inconclusive', code: 'sources-disagree', confidence: 'conflicting' },
        };
      })),
  ]),
];
