// Withdrawals that were sent: known by TXID, said to be withdrawals or found to be so, or by the ledger's own id.

import { ago } from '../exchange.mjs';
import { untraced } from '../liar.mjs';
import { HALF_AN_HOUR } from './common.mjs';

const FOR_THE_PLATFORM = { verdict: 'platform-action', responsible: 'platform' };
const DELIVERED = { verdict: 'complete', code: 'withdrawal-delivered', responsible: 'receiving-platform' };

export const withdrawals = [
  {
    name: 'withdrawal-delivered',
    title: 'A withdrawal that arrived as ordered; that it is one is known from the ledger',
    arrange: async (world) => {
      const { payment, customer } = await paid(world, 'A-1801', '400');
      world.order(payment, customer, completed());
      return { args: [payment.txid], expect: DELIVERED };
    },
  },
  {
    name: 'bitcoin-withdrawal-delivered-by-id',
    title: 'A Bitcoin withdrawal that arrived as ordered, by the ledger\'s id',
    arrange: async (world) => {
      const customer = await world.customer('A-1802');
      const { bitcoin: elsewhere } = await world.outsider('a wallet of A-1802');
      const payment = await world.payBitcoin(elsewhere, '0.62', { confirmations: 3 });
      const id = world.order(payment, customer, completed());
      return { args: [id], expect: DELIVERED };
    },
  },
  {
    name: 'withdrawal-stuck',
    title: 'A withdrawal that blocks pass by for hours: an earlier nonce of the wallet is missing',
    arrange: async (world) => {
      const { payment, customer } = await paid(world, 'A-1803', '410', { confirmations: 0, noncesAhead: 3 });
      const other = await world.customer('B-2803');
      await world.payEther(other.ethereum, '1', HALF_AN_HOUR);
      world.order(payment, customer, broadcast({ hours: 2 }));
      return {
        args: [payment.txid, '--kind', 'withdrawal'],
        expect: { ...FOR_THE_PLATFORM, code: 'withdrawal-stuck' },
      };
    },
  },
  {
    name: 'bitcoin-withdrawal-stuck',
    title: 'A Bitcoin withdrawal that no block has taken for hours, by the ledger\'s id',
    arrange: async (world) => {
      const customer = await world.customer('A-1804');
      const { bitcoin: elsewhere } = await world.outsider('a wallet of A-1804');
      const payment = await world.payBitcoin(elsewhere, '0.63', { confirmations: 0 });
      const id = world.order(payment, customer, broadcast({ hours: 4 }));
      return { args: [id], expect: { ...FOR_THE_PLATFORM, code: 'withdrawal-stuck' } };
    },
  },
  {
    name: 'withdrawal-failed-marked-done',
    title: 'A withdrawal that the ledger calls completed and whose transaction failed',
    arrange: async (world) => {
      const customer = await world.customer('A-1805');
      const { ethereum: elsewhere } = await world.outsider('a wallet of A-1805');
      const payment = await world.failToPayUsdt(elsewhere, '420', HALF_AN_HOUR);
      world.order(payment, customer, completed());
      return {
        args: [payment.txid, '--kind', 'withdrawal'],
        expect: { ...FOR_THE_PLATFORM, code: 'withdrawal-failed-marked-done', codes: ['execution-failed'] },
      };
    },
  },
  {
    name: 'withdrawal-done-not-marked',
    title: 'A withdrawal that arrived and that the ledger still calls broadcast',
    arrange: async (world) => {
      const { payment, customer } = await paid(world, 'A-1806', '430');
      const id = world.order(payment, customer, broadcast({ minutes: 31 }));
      return { args: [id], expect: { ...FOR_THE_PLATFORM, code: 'withdrawal-done-not-marked' } };
    },
  },
  {
    name: 'withdrawal-misdelivered',
    title: 'A withdrawal that was paid to another address than the one ordered',
    arrange: async (world) => {
      const { payment, customer } = await paid(world, 'A-1807', '440');
      const { ethereum: ordered } = await world.outsider('another wallet of A-1807');
      world.order({ ...payment, address: ordered }, customer, completed());
      return { args: [payment.txid], expect: { ...FOR_THE_PLATFORM, code: 'withdrawal-misdelivered' } };
    },
  },
  {
    name: 'withdrawal-short',
    title: 'A withdrawal from whose amount the fee was taken, though it goes on top',
    arrange: async (world) => {
      const { payment, customer } = await paid(world, 'A-1808', '449');
      world.order({ ...payment, amount: '450' }, customer, completed());
      return { args: [payment.txid], expect: { ...FOR_THE_PLATFORM, code: 'withdrawal-misdelivered' } };
    },
  },
  {
    name: 'withdrawal-misdelivered-untraced',
    title: 'A withdrawal of tokens to another address than the one ordered, by a node that gives no traces',
    arrange: async (world) => {
      const { payment, customer } = await paid(world, 'A-1809', '460');
      const { ethereum: ordered } = await world.outsider('another wallet of A-1809');
      world.order({ ...payment, address: ordered }, customer, completed());
      world.second.ethereum.lie = untraced;
      return {
        args: [payment.txid],
        config: world.withSecondSource('ethereum', { alone: true }),
        expect: { ...FOR_THE_PLATFORM, code: 'withdrawal-misdelivered' },
      };
    },
  },
  {
    name: 'withdrawal-in-other-token',
    title: 'A withdrawal of USDT that was paid in a token which only calls itself so',
    arrange: async (world) => {
      const customer = await world.customer('A-1812');
      const { ethereum: elsewhere } = await world.outsider('a wallet of A-1812');
      const token = await world.ethereum.token('Tether USD', 'USDT');
      const payment = await world.payToken(token, elsewhere, '490', HALF_AN_HOUR);
      const id = world.order(payment, customer, completed());
      return { args: [id], expect: { ...FOR_THE_PLATFORM, code: 'withdrawal-misdelivered' } };
    },
  },
  {
    name: 'withdrawal-on-other-network',
    title: 'A withdrawal to the ordered address, on Polygon instead of the ordered Ethereum',
    arrange: async (world) => {
      await world.serve('polygon');
      const { payment, customer } = await paid(world, 'A-1810', '470', { ...HALF_AN_HOUR, on: 'polygon' });
      const id = world.order({ ...payment, network: 'ethereum' }, customer, completed());
      return {
        args: [id],
        config: world.withPolygon(),
        expect: { ...FOR_THE_PLATFORM, code: 'withdrawal-misdelivered', codes: ['claim-differs'] },
      };
    },
  },
  {
    name: 'wrong-direction',
    title: 'A withdrawal that its owner complains about as a missing deposit',
    arrange: async (world) => {
      const { customer, payment } = await paid(world, 'A-1812', '490');
      world.order(payment, customer, completed());
      return {
        args: [payment.txid, '--kind', 'deposit', '--account', customer.account],
        expect: {
          verdict: 'complete', code: 'withdrawal-delivered', responsible: 'receiving-platform', codes: ['wrong-direction'],
        },
      };
    },
  },
  {
    name: 'withdrawal-between-customers',
    title: 'A withdrawal to another customer, who asks where the deposit is',
    arrange: async (world) => {
      const sender = await world.customer('A-1811');
      const receiver = await world.customer('B-2811');
      const payment = await world.payUsdt(receiver.ethereum, '480', HALF_AN_HOUR);
      world.order(payment, sender, completed());
      return {
        args: [payment.txid, '--account', receiver.account],
        expect: { ...FOR_THE_PLATFORM, code: 'deposit-missed' },
      };
    },
  },
  {
    name: 'withdrawal-unknown',
    title: 'A withdrawal of which the ledger knows nothing',
    arrange: async (world) => {
      const { customer, payment } = await paid(world, 'A-1813', '495');
      return {
        args: [payment.txid, '--kind', 'withdrawal', '--account', customer.account],
        expect: { verdict: 'inconclusive', code: 'withdrawal-unknown', responsible: 'platform' },
      };
    },
  },
  {
    name: 'withdrawal-not-broadcast',
    title: 'A withdrawal whose TXID neither of two sources knows',
    arrange: async (world) => {
      const { customer, payment } = await paid(world, 'A-1814', '496');
      const txid = payment.txid.replace(/.{8}$/, '00000000');
      world.order({ ...payment, txid }, customer, broadcast({ hours: 3 }));
      return {
        args: [txid, '--account', customer.account],
        config: world.withSecondSource(),
        expect: { ...FOR_THE_PLATFORM, code: 'withdrawal-not-broadcast', confidence: 'corroborated' },
      };
    },
  },
];

// A customer, and what was sent to a wallet of theirs elsewhere.
async function paid(world, account, amount, when = HALF_AN_HOUR) {
  const customer = await world.customer(account);
  const { ethereum: elsewhere } = await world.outsider(`a wallet of ${account}`);
  return { customer, payment: await world.payUsdt(elsewhere, amount, when) };
}

function completed() {
  return { ...broadcast({ minutes: 31 }), status: 'completed', completed_at: ago({ minutes: 25 }) };
}

function broadcast(since) {
  return { status: 'broadcast', requested_at: ago({ ...since, days: 0.1 }), broadcast_at: ago(since) };
}
