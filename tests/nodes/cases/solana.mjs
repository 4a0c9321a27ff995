// Deposits and withdrawals on Solana, whose transactions the real runtime ran.

import { ago } from '../exchange.mjs';
import { NODE_ERRORS } from '../solana.mjs';
import { claim, credited } from './common.mjs';

const COMPLETE = { verdict: 'complete', code: 'credited', responsible: null };
const MISSED = { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' };
const UNAVAILABLE = { verdict: 'inconclusive', code: 'source-unavailable' };
const DELIVERED = { verdict: 'complete', code: 'withdrawal-delivered', responsible: 'receiving-platform' };
const SHARED = 'the wallet of all';

// A customer with a wallet on Solana that the exchange issued, and overrides by which Solana is asked.
async function opened(world, account, entry = {}) {
  const config = await world.openSolana();
  const address = await world.solana.address(account);
  world.issue({ address, network: 'solana', account, ...entry });
  return { account, solana: address, config };
}

// A customer who shares one wallet of the exchange with all others, told apart by a memo.
async function numbered(world, account, memo) {
  const config = await world.openSolana();
  const address = await world.solana.address(SHARED);
  for (const [owner, number] of [[account, memo], ['B-6999', '555000111']]) {
    world.issue({ address, network: 'solana', account: owner, memo: number, memo_required: true });
  }
  return { account, solana: address, config };
}

// What the node answers to a method instead.
function refusing(world, method, refused) {
  world.solana.lie = (asked, params, result) => (asked === method ? { refused } : result);
}

export const solana = [
  {
    name: 'solana-token-credited',
    title: 'USDT on Solana that the ledger has credited, to a token account made on the way',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6001');
      const payment = await world.solana.payToken(world.solana.usdt, customer.solana, '250');
      world.record(payment, customer, credited());
      return { args: [payment.txid], config: customer.config, expect: { ...COMPLETE, only: [] } };
    },
  },
  {
    name: 'solana-coin-credited',
    title: 'SOL that the ledger has credited',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6002');
      const payment = await world.solana.payCoin(customer.solana, '2.5');
      world.record(payment, customer, credited());
      return { args: [payment.txid], config: customer.config, expect: { ...COMPLETE, only: [] } };
    },
  },
  {
    name: 'solana-deposit-missed',
    title: 'A final payment of USDC on Solana, of which the ledger knows nothing',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6003');
      const { txid } = await world.solana.payToken(world.solana.usdc, customer.solana, '75');
      return { args: [txid, ...claim(customer, 'USDC', '75')], config: customer.config, expect: MISSED };
    },
  },
  {
    name: 'solana-not-final-yet',
    title: 'A payment that is confirmed and not finalized',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6004');
      const { txid } = await world.solana.payToken(world.solana.usdt, customer.solana, '80', { until: 'confirmed' });
      return {
        args: [txid, ...claim(customer, 'USDT', '80')], config: customer.config,
        expect: { verdict: 'waiting', code: 'not-final-yet', responsible: 'network' },
      };
    },
  },
  {
    name: 'solana-processed',
    title: 'A payment that one leader ran, and nobody has voted for',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6005');
      const { txid } = await world.solana.payToken(world.solana.usdt, customer.solana, '81', { until: 'processed' });
      return {
        args: [txid, ...claim(customer, 'USDT', '81')], config: customer.config,
        expect: { verdict: 'waiting', code: 'pending', responsible: 'network' },
      };
    },
  },
  {
    name: 'solana-failed-token',
    title: 'A payment of USDT that is on the chain and failed: its sender had none',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6006');
      const { txid } = await world.solana.failToPayToken(world.solana.usdt, customer.solana, '90');
      return {
        args: [txid, ...claim(customer, 'USDT', '90')], config: customer.config,
        expect: { verdict: 'customer-action', code: 'execution-failed', responsible: 'sending-platform' },
      };
    },
  },
  {
    name: 'solana-failed-coin',
    title: 'A payment of SOL that is on the chain and failed: its sender had too little',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6007');
      const { txid } = await world.solana.failToPayCoin(customer.solana, '9');
      return {
        args: [txid, ...claim(customer, 'SOL', '9')], config: customer.config,
        expect: { verdict: 'customer-action', code: 'execution-failed', responsible: 'sending-platform' },
      };
    },
  },
  {
    name: 'solana-not-found',
    title: 'A signature that a node with all of the history does not know, nor the ledger',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6008');
      const { txid } = await world.solana.payCoin(customer.solana, '1', { until: 'lost' });
      return {
        args: [txid, ...claim(customer, 'SOL', '1')], config: customer.config,
        expect: { verdict: 'customer-action', code: 'transaction-not-found', responsible: 'customer' },
      };
    },
  },
  {
    name: 'solana-not-found-unproven',
    title: 'A payment from before the days that the only node keeps, and a null in its place',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6009');
      const { txid } = await world.solana.payToken(world.solana.usdt, customer.solana, '95', { minutes: 10_000 });
      world.solana.firstSlot = world.solana.height() - 600_000;
      return {
        args: [txid, ...claim(customer, 'USDT', '95')], config: customer.config,
        expect: { verdict: 'inconclusive', code: 'source-lacks-history' },
      };
    },
  },
  {
    name: 'solana-dropped',
    title: 'A deposit that the ledger saw coming, and that was never in a block',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6010');
      const payment = await world.solana.payToken(world.solana.usdt, customer.solana, '96', { until: 'lost' });
      world.record(payment, customer, { status: 'detected', confirmations: 0, detected_at: ago({ hours: 2 }) });
      return {
        args: [payment.txid, '--account', customer.account],
        config: { network: { solana: world.solana.settings({ sources: 2 }) } },
        expect: {
          verdict: 'customer-action', code: 'dropped', responsible: 'sending-platform', confidence: 'corroborated',
        },
      };
    },
  },
  {
    name: 'solana-fake-token',
    title: 'A token of another mint that calls itself USDT',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6011');
      const fake = await world.solana.token('a token that nobody lists');
      await world.solana.name(fake, 'USDT');
      const { txid } = await world.solana.payToken(fake, customer.solana, '5000');
      return {
        args: [txid, ...claim(customer, 'USDT', '5000')], config: customer.config,
        expect: { verdict: 'customer-action', code: 'fake-token', responsible: 'customer' },
      };
    },
  },
  {
    name: 'solana-asset-differs',
    title: 'USDC where USDT was claimed',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6012');
      const payment = await world.solana.payToken(world.solana.usdc, customer.solana, '77');
      world.record(payment, customer, credited());
      return {
        args: [payment.txid, ...claim(customer, 'USDT', '77')], config: customer.config,
        expect: { ...COMPLETE, codes: ['asset-differs'] },
      };
    },
  },
  {
    name: 'solana-wrapped-coin',
    title: 'SOL that came as the token which stands for it',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6013');
      const { txid } = await world.solana.payWrapped(customer.solana, '1.5');
      return {
        args: [txid, ...claim(customer, 'SOL', '1.5')], config: customer.config,
        expect: { verdict: 'platform-action', code: 'bridged-variant', responsible: 'customer' },
      };
    },
  },
  {
    name: 'solana-token-fee',
    title: 'A token of Token-2022 that withheld a hundredth on the way',
    arrange: async (world) => {
      const config = await world.openSolana();
      const taxed = await world.solana.token('PYX', { fee: 100 });
      world.ledger.networks.solana.assets.push({ asset: 'PYX', contract: taxed.address, decimals: 6, deposits: 'open', withdrawals: 'open' });
      const address = await world.solana.address('A-6014');
      const customer = { account: 'A-6014' };
      world.issue({ address, network: 'solana', account: customer.account });
      const payment = await world.solana.payToken(taxed, address, '200');
      world.record({ ...payment, amount: '198' }, customer, credited());
      return {
        args: [payment.txid, ...claim(customer, 'PYX', '200')], config,
        expect: { ...COMPLETE, codes: ['amount-differs'] },
      };
    },
  },
  {
    name: 'solana-below-minimum',
    title: 'Less USDT than the least that the platform credits',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6015');
      const { txid } = await world.solana.payToken(world.solana.usdt, customer.solana, '0.4');
      return {
        args: [txid, ...claim(customer, 'USDT', '0.4')], config: customer.config,
        expect: { verdict: 'customer-action', code: 'below-minimum', responsible: 'customer' },
      };
    },
  },
  {
    name: 'solana-token-account-claimed',
    title: 'A complaint that names the token account where the ledger knows the wallet',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6016');
      const payment = await world.solana.payToken(world.solana.usdt, customer.solana, '110');
      world.record(payment, customer, credited());
      const account = await world.solana.tokenAccount(world.solana.usdt, customer.solana);
      return { args: [payment.txid, '--address', account], config: customer.config, expect: COMPLETE };
    },
  },
  {
    name: 'solana-token-account-issued',
    title: 'A ledger that hands out token accounts as deposit addresses',
    arrange: async (world) => {
      const config = await world.openSolana();
      const wallet = await world.solana.address('A-6017');
      const address = await world.solana.tokenAccount(world.solana.usdt, wallet);
      const customer = { account: 'A-6017' };
      world.issue({ address, network: 'solana', account: customer.account });
      const payment = await world.solana.payToken(world.solana.usdt, wallet, '120');
      world.record({ ...payment, address }, customer, credited());
      return { args: [payment.txid, '--account', customer.account], config, expect: COMPLETE };
    },
  },
  {
    name: 'solana-coin-to-token-account',
    title: 'SOL that was sent to the customer\'s account for USDT instead of the wallet',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6018');
      await world.solana.payToken(world.solana.usdt, customer.solana, '1');
      const account = await world.solana.tokenAccount(world.solana.usdt, customer.solana);
      const { txid } = await world.solana.payCoin(account, '3');
      return { args: [txid, ...claim(customer, 'SOL', '3')], config: customer.config, expect: MISSED };
    },
  },
  {
    name: 'solana-address-not-ours',
    title: 'A payment of USDT to a wallet of which the ledger knows nothing',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6019');
      const { txid } = await world.solana.payToken(world.solana.usdt, await world.solana.address('somebody else'), '130');
      return {
        args: [txid, ...claim(customer, 'USDT', '130')], config: customer.config,
        expect: { verdict: 'misdirected', code: 'address-not-ours', responsible: 'customer' },
      };
    },
  },
  {
    name: 'solana-approval',
    title: 'A permission to take USDT, which is no payment',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6020');
      const { txid } = await world.solana.approve(world.solana.usdt, customer.solana, '140');
      return {
        args: [txid, ...claim(customer, 'USDT', '140')], config: customer.config,
        expect: { verdict: 'customer-action', code: 'approval-not-transfer', responsible: 'customer' },
      };
    },
  },
  {
    name: 'solana-memo-credited',
    title: 'USDT to the wallet of all, with the memo of the customer',
    arrange: async (world) => {
      const customer = await numbered(world, 'A-6021', '100200300');
      const payment = await world.solana.payToken(world.solana.usdt, customer.solana, '150', { memo: '100200300' });
      world.record(payment, customer, credited());
      return { args: [payment.txid, '--account', customer.account], config: customer.config, expect: COMPLETE };
    },
  },
  {
    name: 'solana-memo-missing',
    title: 'USDT to the wallet of all, and no memo',
    arrange: async (world) => {
      const customer = await numbered(world, 'A-6022', '100200301');
      const { txid } = await world.solana.payToken(world.solana.usdt, customer.solana, '160');
      return {
        args: [txid, ...claim(customer, 'USDT', '160')], config: customer.config,
        expect: { verdict: 'platform-action', code: 'memo-missing', responsible: 'customer' },
      };
    },
  },
  {
    name: 'solana-memo-wrong',
    title: 'SOL to the wallet of all, and a digit of the memo left out',
    arrange: async (world) => {
      const customer = await numbered(world, 'A-6023', '100200302');
      const { txid } = await world.solana.payCoin(customer.solana, '4', { memo: '10020302' });
      return {
        args: [txid, ...claim(customer, 'SOL', '4')], config: customer.config,
        expect: { verdict: 'platform-action', code: 'memo-wrong', responsible: 'customer' },
      };
    },
  },
  {
    name: 'solana-version-unsupported',
    title: 'A node that has the transaction, of a version which nobody here reads',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6024');
      const { txid } = await world.solana.payToken(world.solana.usdt, customer.solana, '170');
      refusing(world, 'getTransaction', NODE_ERRORS.versionUnsupported);
      return { args: [txid, ...claim(customer, 'USDT', '170')], config: customer.config, expect: UNAVAILABLE };
    },
  },
  {
    name: 'solana-no-history',
    title: 'A node that keeps no history at all',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6025');
      const { txid } = await world.solana.payToken(world.solana.usdt, customer.solana, '180');
      refusing(world, 'getTransaction', NODE_ERRORS.noHistory);
      return {
        args: [txid, ...claim(customer, 'USDT', '180')], config: customer.config,
        expect: { verdict: 'inconclusive', code: 'source-lacks-history' },
      };
    },
  },
  {
    name: 'solana-behind',
    title: 'A node that says itself that it lags, and does not know the payment',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6026');
      const { txid } = await world.solana.payToken(world.solana.usdt, customer.solana, '190', { until: 'lost' });
      refusing(world, 'getHealth', NODE_ERRORS.unhealthy);
      return {
        args: [txid, ...claim(customer, 'USDT', '190')], config: customer.config,
        expect: { verdict: 'inconclusive', code: 'source-behind' },
      };
    },
  },
  {
    name: 'solana-withdrawal-delivered',
    title: 'A withdrawal of USDT that the chain has delivered as ordered',
    arrange: async (world) => {
      const config = await world.openSolana();
      const receiver = await world.solana.address('the customer\'s own wallet');
      const payment = await world.solana.payToken(world.solana.usdt, receiver, '300');
      const id = world.order(payment, { account: 'A-6027' }, {
        status: 'completed', requested_at: ago({ minutes: 70 }), broadcast_at: ago({ minutes: 61 }), completed_at: ago({ minutes: 59 }),
      });
      return { args: [id], config, expect: DELIVERED };
    },
  },
];
