// What answers prove by themselves, and sources whose proofs do not hold: alone, and beside an honest one. Whatever a
// liar says, the diagnosis never repeats it.

import { ahead, dearer, failed, misdated, paidMore, paidTo, proves, taller, truncated } from '../liar.mjs';
import { claim, HALF_AN_HOUR } from './common.mjs';

const MISSED = { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' };
const UNPROVEN = { verdict: 'inconclusive', code: 'answer-not-proven', responsible: 'nobody-yet' };
const TOO_EARLY = { verdict: 'waiting', code: 'waiting-confirmations', responsible: 'network' };

const BURIED = { confirmations: 6 };

// Bitcoin by a node that lies. What it says is worth nothing, so that beside an honest one only that one's word counts.
const OF_A_NODE = [
  { name: 'misdated-header', title: 'the header of its block is of another time', lie: () => proves(misdated) },
  { name: 'truncated-path', title: 'a hash of the path is left out', lie: () => proves(truncated) },
  {
    name: 'path-of-another',
    title: 'the path is that of another transaction',
    lie: async (world) => {
      const [block] = await world.bitcoin.mine();
      const { tx: [other] } = await world.bitcoin.rpc('getblock', block, true);
      const path = await world.bitcoin.rpc('gettxoutproof', [other], block);
      return proves(() => path);
    },
  },
  { name: 'another-amount', title: 'the payment holds more than it did', lie: () => paidMore },
  { name: 'taller-chain', title: 'the chain is a thousand blocks taller', lie: () => taller(1000), when: { confirmations: 1 } },
  {
    name: 'deeper-block',
    title: 'the payment is two blocks deeper, and the chain as much taller',
    lie: () => taller(2, { deep: true }),
    when: { confirmations: 1 },
  },
];

// The same by an explorer: a lie is told path by path.
const OF_AN_EXPLORER = [
  { name: 'misdated-header', title: 'the header of its block is of another time', at: /merkleblock-proof/, say: misdated },
  { name: 'truncated-path', title: 'a hash of the path is left out', at: /merkleblock-proof/, say: truncated },
  { name: 'another-amount', title: 'the payment holds more than it did', at: /\/hex$/, say: dearer },
  {
    name: 'unlinked-header',
    title: 'a block above it is built upon another one',
    at: /^\/blocks\/./,
    say: (blocks) => blocks.map((block) => ({ ...block, previousblockhash: block.id })),
  },
  {
    name: 'taller-chain',
    title: 'the chain is a thousand blocks taller',
    at: /^\/blocks$/,
    say: (blocks) => blocks.map((block) => ({ ...block, height: block.height + 1000 })),
    when: { confirmations: 1 },
  },
];

// Ethereum, where the receipts of the block are asked for. An honest node beside it names the same block.
const OF_ETHEREUM = [
  {
    name: 'another-receiver',
    title: 'the tokens went to somebody else',
    lie: async (world) => paidTo((await world.outsider('somebody else')).ethereum),
  },
  { name: 'failure', title: 'the transaction failed', lie: () => failed },
  {
    name: 'another-amount',
    title: 'less was received',
    lie: () => (method, params, result) =>
      (method === 'eth_getTransactionReceipt' && result
        ? { ...result, logs: result.logs.map((log) => ({ ...log, data: `0x${'1'.padStart(64, '0')}` })) }
        : result),
  },
];

const ORDERS = {
  alone: { sources: ['second'], beside: '', leading: false },
  first: { sources: ['second', 'node'], beside: ', before an honest one', leading: true },
  last: { sources: ['node', 'second'], beside: ', after an honest one', leading: false },
};

let accounts = 3100;

function each(lies, make) {
  return lies.flatMap((lie) => Object.entries(ORDERS).map(([order, how]) => make(lie, order, how, `A-${accounts += 1}`)));
}

const byNodes = each(OF_A_NODE, ({ name, title, lie, when = BURIED }, order, { sources, beside }, account) => ({
  name: `bitcoin-node-${name}-${order}`,
  title: `By a Bitcoin node ${title}${beside}`,
  arrange: async (world) => {
    const customer = await world.customer(account);
    const { txid } = await world.payBitcoin(customer.bitcoin, '0.6', when);
    world.second.bitcoin.lie = await lie(world);
    const honest = when === BURIED ? MISSED : TOO_EARLY;
    return {
      args: [txid, '--network', 'bitcoin', ...claim(customer, 'BTC', '0.6')],
      config: world.withBitcoinSources(...sources),
      expect: order === 'alone' ? UNPROVEN : honest,
    };
  },
}));

const byExplorers = each(OF_AN_EXPLORER, ({ name, title, at, say, when = BURIED }, order, { sources, beside }, account) => ({
  name: `bitcoin-explorer-${name}-${order}`,
  title: `By a Bitcoin explorer ${title}${beside}`,
  arrange: async (world) => {
    const customer = await world.customer(account);
    const { txid } = await world.payBitcoin(customer.bitcoin, '0.6', when);
    world.mempoolSpace.lie = (path, body) => (at.test(path) && body !== undefined ? say(body) : body);
    const honest = when === BURIED ? MISSED : TOO_EARLY;
    return {
      args: [txid, '--network', 'bitcoin', ...claim(customer, 'BTC', '0.6')],
      config: world.withBitcoinSources(...sources.map((source) => (source === 'second' ? 'explorer' : source))),
      expect: order === 'alone' ? UNPROVEN : honest,
    };
  },
}));

const byReceipts = each(OF_ETHEREUM, ({ name, title, lie }, order, { beside, leading }, account) => ({
  name: `ethereum-receipt-${name}-${order}`,
  title: `By the receipt of an Ethereum node ${title}${beside}`,
  arrange: async (world) => {
    const customer = await world.customer(account);
    const { txid } = await world.payUsdt(customer.ethereum, '610', HALF_AN_HOUR);
    world.second.ethereum.lie = await lie(world);
    return {
      args: [txid, '--prove', ...claim(customer, 'USDT', '610')],
      config: world.withSecondSource('ethereum', { alone: order === 'alone', leading }),
      expect: order === 'alone' ? UNPROVEN : MISSED,
    };
  },
}));

export const proofs = [
  {
    name: 'bitcoin-proven-by-explorer',
    title: 'A missed Bitcoin deposit by the word of an explorer, which shows the path to its block and what is above',
    arrange: async (world) => {
      const customer = await world.customer('A-3001');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.61', BURIED);
      return {
        args: [txid, '--network', 'bitcoin', ...claim(customer, 'BTC', '0.61')],
        config: world.withBitcoinSources('explorer'),
        expect: { ...MISSED, confidence: 'proven' },
      };
    },
  },
  {
    name: 'bitcoin-proven-by-node',
    title: 'The same by a node, which shows headers only where a round of its own may be spent',
    arrange: async (world) => {
      const customer = await world.customer('A-3002');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.62', BURIED);
      return {
        args: [txid, '--network', 'bitcoin', '--prove', ...claim(customer, 'BTC', '0.62')],
        config: world.withBitcoinSources('node'),
        expect: { ...MISSED, confidence: 'proven' },
      };
    },
  },
  {
    name: 'bitcoin-proven-in-part',
    title: 'A Bitcoin payment that is not deep enough: what it lacks is nothing that an answer can prove',
    arrange: async (world) => {
      const customer = await world.customer('A-3003');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.63', { confirmations: 2 });
      return {
        args: [txid, '--network', 'bitcoin', ...claim(customer, 'BTC', '0.63')],
        config: world.withBitcoinSources('explorer'),
        expect: TOO_EARLY,
      };
    },
  },
  {
    name: 'ethereum-receipt-proven',
    title: 'A missed deposit of USDT whose receipt is proven, in a block for which there is one word',
    arrange: async (world) => {
      const customer = await world.customer('A-3004');
      const { txid } = await world.payUsdt(customer.ethereum, '600', HALF_AN_HOUR);
      return { args: [txid, '--prove', ...claim(customer, 'USDT', '600')], expect: MISSED };
    },
  },
  {
    name: 'ethereum-receipt-proven-by-two',
    title: 'The same by two nodes',
    arrange: async (world) => {
      const customer = await world.customer('A-3005');
      const { txid } = await world.payUsdt(customer.ethereum, '601', HALF_AN_HOUR);
      return {
        args: [txid, '--prove', ...claim(customer, 'USDT', '601')],
        config: world.withSecondSource(),
        expect: { ...MISSED, confidence: 'corroborated' },
      };
    },
  },
  {
    name: 'ethereum-clumsy-head',
    title: 'A node whose newest block does not have the hash of its own header',
    arrange: async (world) => {
      const customer = await world.customer('A-3006');
      const { txid } = await world.payUsdt(customer.ethereum, '602', { confirmations: 1 });
      world.second.ethereum.lie = ahead(1000, { clumsy: true });
      return {
        args: [txid, ...claim(customer, 'USDT', '602')],
        config: world.withSecondSource('ethereum', { alone: true }),
        expect: UNPROVEN,
      };
    },
  },
  ...byNodes, ...byExplorers, ...byReceipts,
];
