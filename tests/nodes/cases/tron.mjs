// Tron, over a node that answers in the shapes of java-tron's description: see ../tron.mjs.

import { createHash } from 'node:crypto';
import { ago } from '../exchange.mjs';
import { claim, credited } from './common.mjs';

// Blocks of three seconds.
const HALF_AN_HOUR = { confirmations: 600 };
const MISSED = { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' };
const NOBODY_SENT = createHash('sha256').update('a payment that no node of Tron knows').digest('hex');

// A case in a world that asks nobody but one node of Tron.
function on(name, title, account, arrange) {
  return {
    name: `tron-${name}`,
    title,
    arrange: async (world) => {
      const tron = await world.openTron();
      const customer = { account, tron: tron.addressOf(account) };
      world.issue({ address: customer.tron, network: 'tron', account });
      const { txid, flags = [], sources, expect } = await arrange(world, customer, tron);
      return { args: [txid, '--account', account, ...flags], config: world.withTron(sources), expect };
    },
  };
}

// A payment of USDT that did not run.
function failing(name, result, account) {
  return on(name, `A payment of USDT whose call ended as ${result}`, account, async (world, customer, tron) => {
    const { txid } = tron.payToken(tron.usdt, customer.tron, '40', { ...HALF_AN_HOUR, result });
    return { txid, expect: { verdict: 'customer-action', code: 'execution-failed', responsible: 'sending-platform' } };
  });
}

const COMPLETE = { verdict: 'complete', code: 'credited', responsible: null };

// Two operators, who ask the same chain.
function twice(tron) {
  return ['first', 'second'].map((operator) => ({ ...tron.source(), operator }));
}

// What the ledger has credited, however it was paid.
function paid(name, title, account, pay) {
  return on(`${name}-credited`, title, account, async (world, customer, tron) => {
    const payment = pay(tron, customer.tron);
    world.record(payment, customer, credited());
    return { txid: payment.txid, expect: COMPLETE };
  });
}

// A payment of USDT that is looked for at a node which does not answer as it should.
function asked(name, title, account, spoil, expect) {
  return on(name, title, account, async (world, customer, tron) => {
    spoil(tron);
    const { txid } = tron.payToken(tron.usdt, customer.tron, '55', HALF_AN_HOUR);
    return { txid, expect };
  });
}

const credits = [
  paid('token', 'A deposit of USDT that the ledger has credited', 'A-3001',
    (tron, to) => tron.payToken(tron.usdt, to, '250', HALF_AN_HOUR)),
  paid('coin', 'A deposit of TRX that the ledger has credited', 'A-3002',
    (tron, to) => tron.payCoin(to, '90', HALF_AN_HOUR)),
  paid('old-coin', 'A deposit of TRX of a time when nothing was told of results', 'A-3003',
    (tron, to) => tron.payCoin(to, '91', { confirmations: 20_000_000, old: true })),
  paid('cosigned', 'A deposit of USDT from an account of two signers', 'A-3004',
    (tron, to) => tron.payToken(tron.usdt, to, '251', { ...HALF_AN_HOUR, cosigner: 'the second signer' })),
  {
    name: 'tron-among-others-credited',
    title: 'A deposit of USDT on Tron; the network is not told, and hashes of Bitcoin look the same',
    arrange: async (world) => {
      const tron = await world.openTron();
      const customer = { account: 'A-3005', tron: tron.addressOf('A-3005') };
      world.issue({ address: customer.tron, network: 'tron', account: customer.account });
      const payment = tron.payToken(tron.usdt, customer.tron, '252', HALF_AN_HOUR);
      world.record(payment, customer, credited());
      return { args: [payment.txid], config: { network: { tron: tron.settings() } }, expect: COMPLETE };
    },
  },
];

const deposits = [
  on('deposit-missed', 'A deposit of USDT that the ledger does not have', 'A-3010', async (world, customer, tron) => {
    const { txid } = tron.payToken(tron.usdt, customer.tron, '300', HALF_AN_HOUR);
    return { txid, expect: MISSED };
  }),
  on('two-operators', 'A deposit of USDT that the ledger does not have, by the word of two operators', 'A-3011',
    async (world, customer, tron) => {
      const { txid } = tron.payToken(tron.usdt, customer.tron, '301', HALF_AN_HOUR);
      return { txid, sources: twice(tron), expect: { ...MISSED, confidence: 'corroborated' } };
    }),
  on('not-solid', 'A deposit of USDT in a block that can still be taken back', 'A-3012', async (world, customer, tron) => {
    const { txid } = tron.payToken(tron.usdt, customer.tron, '302', { confirmations: 6 });
    return { txid, expect: { verdict: 'waiting', code: 'not-final-yet', responsible: 'network' } };
  }),
  on('pending', 'A payment of USDT in the pool of a node', 'A-3013', async (world, customer, tron) => {
    const { txid } = tron.payToken(tron.usdt, customer.tron, '303', { confirmations: 0 });
    return { txid, expect: { verdict: 'waiting', code: 'pending' } };
  }),
  on('expired', 'A payment of USDT whose time ran out before a block held it', 'A-3014', async (world, customer, tron) => {
    const { txid } = tron.payToken(tron.usdt, customer.tron, '304', { confirmations: 0, expired: true });
    return { txid, expect: { verdict: 'customer-action', code: 'dropped' } };
  }),
  on('internal-value', 'TRX that a contract passed on to the claimant', 'A-3015', async (world, customer, tron) => {
    const { txid } = tron.payThroughContract(customer.tron, '80', HALF_AN_HOUR);
    return { txid, expect: { verdict: 'platform-action', code: 'internal-value-transfer', responsible: 'platform' } };
  }),
  on('internal-rejected', 'TRX that a contract tried to pass on, and could not', 'A-3016', async (world, customer, tron) => {
    const { txid } = tron.payThroughContract(customer.tron, '81', { ...HALF_AN_HOUR, rejected: true });
    const told = claim(customer, 'TRX', '81').slice(2);
    return { txid, flags: told, expect: { verdict: 'customer-action', code: 'inner-call-failed' } };
  }),
  on('calls-untold', 'TRX to a contract, at a node that keeps nothing of what contracts do', 'A-3017',
    async (world, customer, tron) => {
      tron.keepsCalls = false;
      const { txid } = tron.payThroughContract(customer.tron, '82', HALF_AN_HOUR);
      const told = claim(customer, 'TRX', '82').slice(2);
      return { txid, flags: told, expect: { verdict: 'inconclusive', code: 'source-unavailable' } };
    }),
  on('address-not-ours', 'A payment of USDT to an address that is not the platform’s', 'A-3018',
    async (world, customer, tron) => {
      const { txid } = tron.payToken(tron.usdt, tron.addressOf('somebody else'), '305', HALF_AN_HOUR);
      return { txid, expect: { verdict: 'misdirected', code: 'address-not-ours' } };
    }),
];

const failures = [
  failing('out-of-energy', 'OUT_OF_ENERGY', 'A-3020'),
  failing('reverted', 'REVERT', 'A-3021'),
  failing('out-of-time', 'OUT_OF_TIME', 'A-3022'),
  failing('transfer-failed', 'TRANSFER_FAILED', 'A-3023'),
  on('sender-frozen', 'A payment of USDT from an account that the issuer has frozen', 'A-3024', async (world, customer, tron) => {
    tron.freeze(tron.addressOf('payer'));
    const { txid } = tron.payToken(tron.usdt, customer.tron, '41', { ...HALF_AN_HOUR, result: 'REVERT' });
    return { txid, expect: { verdict: 'customer-action', code: 'execution-failed', codes: ['token-frozen'] } };
  }),
];

const wrongAssets = [
  on('fake-token', 'A token that only calls itself USDT', 'A-3030', async (world, customer, tron) => {
    const { txid } = tron.payToken(tron.token('USDT', 'a fake'), customer.tron, '400', HALF_AN_HOUR);
    return { txid, expect: { verdict: 'customer-action', code: 'fake-token' } };
  }),
  on('unlisted-token', 'A token that the platform does not list', 'A-3031', async (world, customer, tron) => {
    const { txid } = tron.payToken(tron.token('JST'), customer.tron, '401', HALF_AN_HOUR);
    return { txid, expect: { verdict: 'platform-action', code: 'asset-not-supported' } };
  }),
  on('trc10', 'An asset of TRC-10, which is neither TRX nor a token', 'A-3032', async (world, customer, tron) => {
    const { txid } = tron.payAsset(tron.issue('1002000', 'BTTOLD'), customer.tron, '402', HALF_AN_HOUR);
    return { txid, expect: { verdict: 'platform-action', code: 'asset-not-supported' } };
  }),
  on('trc10-namesake', 'An asset of TRC-10 with the name of a listed token', 'A-3033', async (world, customer, tron) => {
    const { txid } = tron.payAsset(tron.issue('1004777', 'USDT'), customer.tron, '403', HALF_AN_HOUR);
    return { txid, expect: { verdict: 'customer-action', code: 'fake-token' } };
  }),
];

const answers = [
  on('not-found', 'A transaction that nobody knows, by the word of two operators', 'A-3040', async (world, customer, tron) => {
    const expect = { verdict: 'customer-action', code: 'transaction-not-found', confidence: 'corroborated' };
    return { txid: NOBODY_SENT, flags: ['--network', 'trc20'], sources: twice(tron), expect };
  }),
  on('not-found-unproven', 'A transaction that may be of a network which nobody asks', 'A-3045', async (world, customer, tron) => (
    { txid: NOBODY_SENT, sources: twice(tron), expect: { verdict: 'inconclusive', code: 'not-found-unproven', confidence: 'corroborated' } })),
  asked('not-found-lite', 'A payment at a node that was started from a snapshot', 'A-3041', (tron) => {
    tron.lite = true;
  }, { verdict: 'inconclusive', code: 'source-lacks-history' }),
  asked('refused', 'A gateway that refuses inside a success', 'A-3042', (tron) => {
    tron.refuses = 'The key exceeds the frequency limit(15), and the query server is suspended for 30s';
  }, { verdict: 'inconclusive', code: 'source-unavailable' }),
  asked('behind', 'A node that has stopped', 'A-3043', (tron) => {
    tron.haltSince({ minutes: 30 });
  }, { verdict: 'inconclusive', code: 'source-behind' }),
  {
    name: 'tron-wrong-chain',
    title: 'A node of another chain than the one configured',
    arrange: async (world) => {
      const tron = await world.openTron();
      const { txid } = tron.payToken(tron.usdt, tron.addressOf('A-3044'), '56', HALF_AN_HOUR);
      const { network } = world.withTron();
      const config = { network: { ...network, tron: { ...network.tron, chain: 'nile' } } };
      return { args: [txid], config, expect: { verdict: 'inconclusive', code: 'source-wrong-chain' } };
    },
  },
];

const withdrawals = [
  on('withdrawal-delivered', 'A withdrawal of USDT that has arrived', 'A-3050', async (world, customer, tron) => {
    const payment = tron.payToken(tron.usdt, tron.addressOf('a wallet'), '499', HALF_AN_HOUR);
    world.order(payment, customer, sent());
    const expect = { verdict: 'complete', code: 'withdrawal-delivered', responsible: 'receiving-platform' };
    return { txid: payment.txid, expect };
  }),
  on('withdrawal-expired', 'A withdrawal of USDT whose time ran out before a block held it', 'A-3051',
    async (world, customer, tron) => {
      const payment = tron.payToken(tron.usdt, tron.addressOf('a wallet'), '498', { confirmations: 0, expired: true });
      world.order(payment, customer, { ...sent(), status: 'broadcast', completed_at: undefined });
      return { txid: payment.txid, expect: { verdict: 'platform-action', code: 'withdrawal-not-broadcast' } };
    }),
];

function sent() {
  return {
    status: 'completed', requested_at: ago({ minutes: 40 }), broadcast_at: ago({ minutes: 31 }),
    completed_at: ago({ minutes: 28 }),
  };
}

export const tron = [...credits, ...deposits, ...failures, ...wrongAssets, ...answers, ...withdrawals];
