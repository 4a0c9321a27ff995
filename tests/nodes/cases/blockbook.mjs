// Litecoin, Dogecoin and Bitcoin Cash through indexes of Blockbook's, and what is sent on one of them to an address of
// another.

import { createHash } from 'node:crypto';
import { lock } from '../blockbook.mjs';
import { ago } from '../exchange.mjs';
import { claim, credited } from './common.mjs';

const MISSED = { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' };
const ELSEWHERE = { verdict: 'customer-action', code: 'replaced-elsewhere', responsible: 'customer' };
const NOT_FOUND = { verdict: 'customer-action', code: 'transaction-not-found', responsible: 'customer' };
const UNPROVEN = { verdict: 'inconclusive', code: 'not-found-unproven' };
const UNAVAILABLE = { verdict: 'inconclusive', code: 'source-unavailable' };

const NOBODY_SENT = createHash('sha256').update('a payment that no index knows').digest('hex');
// A token of a category of Bitcoin Cash: 5 units, before the script of its output.
const TOKEN = `ef${'bb'.repeat(32)}1005`;
// The version of Litecoin's old addresses of scripts, which Bitcoin writes still.
const OLD = 0x05;

// A case of one network: `arrange` is told its index and a customer who has an address there.
function on(network, name, title, account, arrange) {
  return {
    name: `${network}-${name}`,
    title,
    arrange: async (world) => {
      const index = await world.openKin(network);
      const customer = world.kinCustomer(account, index);
      const { args, expect, ...rest } = await arrange(world, index, customer);
      return { args: [...args, '--network', network], config: world.withKin(index), expect, ...rest };
    },
  };
}

// A payment that nobody missed yet.
function paid(index, customer, amount, how = {}) {
  return index.pay(customer.lock, amount, { confirmations: index.confirmations + 2, ...how });
}

const alike = Object.entries({ litecoin: '12.5', dogecoin: '4100', 'bitcoin-cash': '1.75' }).flatMap(([network, amount], at) => [
  on(network, 'credited', `A deposit that the ledger credited (${network})`, `A-30${at}0`, async (world, index, customer) => {
    const payment = paid(index, customer, amount);
    world.record(payment, customer, credited());
    return { args: [payment.txid], expect: { verdict: 'complete', code: 'credited', responsible: null } };
  }),
  on(network, 'deposit-missed', `A deposit that the ledger does not have (${network})`, `A-30${at}1`, async (world, index, customer) => {
    const { txid } = paid(index, customer, amount);
    return { args: [txid, ...claim(customer, index.coin, amount)], expect: MISSED };
  }),
  on(network, 'waiting', `A deposit that is not deep enough (${network})`, `A-30${at}2`, async (world, index, customer) => {
    const payment = paid(index, customer, amount, { confirmations: 2 });
    const { confirmations: required_confirmations } = index;
    world.record(payment, customer, { status: 'confirming', confirmations: 2, required_confirmations, detected_at: ago({ minutes: 1 }) });
    return { args: [payment.txid], expect: { verdict: 'waiting', code: 'waiting-confirmations', responsible: 'network' } };
  }),
  on(network, 'pending', `A payment that is in no block (${network})`, `A-30${at}3`, async (world, index, customer) => {
    const { txid } = paid(index, customer, amount, { confirmations: 0 });
    return { args: [txid], expect: { verdict: 'waiting', code: 'pending', responsible: 'network' } };
  }),
  on(network, 'not-found', `A transaction that the index does not know (${network})`, `A-30${at}4`, async (world, index, customer) => (
    { args: [NOBODY_SENT, '--account', customer.account], expect: network === 'litecoin' ? UNPROVEN : NOT_FOUND })),
  on(network, 'withdrawal-delivered', `A withdrawal that arrived as ordered (${network})`, `A-30${at}5`, async (world, index, customer) => {
    const payment = index.pay(lock(`a wallet of ${customer.account}`), amount, { confirmations: index.confirmations + 1 });
    world.order(payment, customer, {
      status: 'completed', fee: '0.01', requested_at: ago({ hours: 3 }), broadcast_at: ago({ hours: 3 }),
      completed_at: ago({ hours: 1 }),
    });
    return { args: [payment.txid], expect: { verdict: 'complete', code: 'withdrawal-delivered', responsible: 'receiving-platform' } };
  }),
]);

const own = [
  on('litecoin', 'not-found-unproven', 'An index whose node fails, and which calls that "not found" as well', 'A-3100', async (world, index, customer) => {
    index.lie = (path, answer) => (path.startsWith('/api/v2/tx/')
      ? { status: 400, body: { error: `Transaction '${NOBODY_SENT}' not found (dial tcp 127.0.0.1:9332: connect: connection refused)` } }
      : answer);
    return { args: [NOBODY_SENT, '--account', customer.account], expect: UNAVAILABLE };
  }),
  on('litecoin', 'behind', 'An index that is still reading blocks', 'A-3101', async (world, index, customer) => {
    const { txid } = paid(index, customer, '3');
    index.lie = (path, answer) => {
      if (path === '/api/status') answer.body.blockbook.inSync = false;
      return answer;
    };
    return { args: [txid], expect: { verdict: 'inconclusive', code: 'source-behind' } };
  }),
  on('litecoin', 'old-address', 'A deposit to an address that the customer writes in the form of before', 'A-3102', async (world, index) => {
    const customer = world.kinCustomer('A-3112', index, 'script');
    const { txid } = paid(index, customer, '4');
    const old = index.address(customer.lock, { version: OLD });
    return { args: [txid, '--address', old, ...claim(customer, 'LTC', '4')], expect: MISSED };
  }),
  on('litecoin', 'segwit', 'A deposit to an address of a witness program', 'A-3103', async (world, index) => {
    const customer = world.kinCustomer('A-3113', index, 'witness');
    const { txid } = paid(index, customer, '5');
    return { args: [txid, ...claim(customer, 'LTC', '5')], expect: MISSED };
  }),
  on('litecoin', 'peg-out', 'A deposit out of the extension block, whose transaction has a flag that Bitcoin does not know', 'A-3104', async (world, index, customer) => {
    const { txid } = paid(index, customer, '6', { extension: '00' });
    return { args: [txid, ...claim(customer, 'LTC', '6')], expect: MISSED };
  }),
  on('litecoin', 'replaced-elsewhere', 'A payment whose coins went to somebody else in a block, while the index shows it as waiting', 'A-3105', async (world, index, customer) => {
    const { txid, coin: spend } = paid(index, customer, '7', { confirmations: 0 });
    index.pay(lock('the sender of A-3105'), '7', { confirmations: 8, spend });
    return { args: [txid, ...claim(customer, 'LTC', '7')], expect: ELSEWHERE };
  }),
  on('litecoin', 'replaced-same-destination', 'A payment that another one to the same address took the place of', 'A-3106', async (world, index, customer) => {
    const { txid, coin: spend } = paid(index, customer, '8', { confirmations: 0 });
    index.pay(customer.lock, '7.999', { confirmations: 8, spend });
    return { args: [txid, ...claim(customer, 'LTC', '7.999')], expect: { ...MISSED, codes: ['replaced-same-destination'] } };
  }),
  on('bitcoin-cash', 'legacy-address', 'A deposit to an address that the customer writes as Bitcoin does', 'A-3200', async (world, index, customer) => {
    const { txid } = paid(index, customer, '2');
    const legacy = index.address(customer.lock, { version: 0x00 });
    return { args: [txid, '--address', legacy, ...claim(customer, 'BCH', '2')], expect: MISSED };
  }),
  on('bitcoin-cash', 'token', 'Coin and a token of its own in one output, before whose script the token stands', 'A-3201', async (world, index, customer) => {
    const { txid } = paid(index, customer, '0.5', { token: TOKEN });
    return { args: [txid, ...claim(customer, 'BCH', '0.5')], expect: MISSED };
  }),
  on('bitcoin-cash', 'double-spent', 'A payment whose coins were spent again: nobody could replace it by a fee', 'A-3202', async (world, index, customer) => {
    const { txid, coin: spend } = paid(index, customer, '3', { confirmations: 0 });
    index.pay(lock('the sender of A-3202'), '3', { confirmations: 12, spend });
    return { args: [txid, ...claim(customer, 'BCH', '3')], expect: ELSEWHERE };
  }),
  {
    name: 'bitcoin-cash-wrong-chain',
    title: 'An index of Bitcoin where one of Bitcoin Cash is configured: both have the same block 0',
    arrange: async (world) => {
      const [cash, bitcoin] = [await world.openKin('bitcoin-cash'), await world.openKin('bitcoin')];
      const { txid } = bitcoin.pay(lock('A-3203'), '1', { confirmations: 20 });
      const sources = bitcoin.settings().sources;
      return {
        args: [txid], config: { network: { ethereum: null, bitcoin: null, 'bitcoin-cash': { ...cash.settings(), sources } } },
        expect: { verdict: 'inconclusive', code: 'source-wrong-chain' },
      };
    },
  },
  on('dogecoin', 'other-asset', 'Coins of Dogecoin where a token was claimed', 'A-3300', async (world, index, customer) => {
    const { txid } = paid(index, customer, '900');
    return { args: [txid, ...claim(customer, 'USDT', '900')], expect: { ...MISSED, codes: ['asset-differs'] } };
  }),
  on('dogecoin', 'html-page', 'A page of a guard in front of the index, in a 200', 'A-3301', async (world, index, customer) => {
    const { txid } = paid(index, customer, '800');
    index.lie = () => ({ body: '<!doctype html><title>Just a moment</title>' });
    return { args: [txid], expect: UNAVAILABLE };
  }),
  on('dogecoin', 'another-answer', 'An index that answers with another transaction', 'A-3302', async (world, index, customer) => {
    const [{ txid }, other] = [paid(index, customer, '700'), paid(index, customer, '701')];
    index.lie = (path, answer) => {
      if (path.startsWith('/api/v2/tx/')) answer.body.txid = other.txid;
      return answer;
    };
    return { args: [txid], expect: { verdict: 'inconclusive', code: 'answer-not-proven' } };
  }),
];

// What was sent on one network to an address that was issued on another: `to` is where.
function mixedUp(name, title, account, { sent, issued, served = true, kind = 'script', amount }, expect) {
  return {
    name,
    title,
    arrange: async (world) => {
      const [here, there] = [await world.openKin(sent, { served }), await world.openKin(issued)];
      if (!served) delete world.ledger.networks[sent];
      const customer = world.kinCustomer(account, there, kind);
      const { txid } = paid(here, customer, amount);
      return { args: [txid, ...claim(customer, here.coin, amount)], config: world.withKin(here, there), expect };
    },
  };
}

const SUPPORTED = { verdict: 'platform-action', code: 'wrong-network-supported', responsible: 'platform' };
const UNSUPPORTED = { verdict: 'misdirected', code: 'wrong-network-unsupported', responsible: 'customer' };

const mixUps = [
  mixedUp('litecoin-address-on-bitcoin', 'Bitcoin sent to an old address of Litecoin, which Bitcoin writes alike', 'A-3400',
    { sent: 'bitcoin', issued: 'litecoin', amount: '0.4' }, SUPPORTED),
  mixedUp('litecoin-to-bitcoin-address', 'Litecoin sent to an address of a script of Bitcoin', 'A-3401',
    { sent: 'litecoin', issued: 'bitcoin', amount: '9' }, SUPPORTED),
  mixedUp('bitcoin-cash-to-segwit-address', 'Bitcoin Cash sent to an address of Bitcoin behind which a witness program may be', 'A-3402',
    { sent: 'bitcoin-cash', issued: 'bitcoin', served: false, amount: '0.9' }, UNSUPPORTED),
  mixedUp('bitcoin-cash-to-bitcoin-address', 'Bitcoin Cash sent to an address of a key of Bitcoin', 'A-3403',
    { sent: 'bitcoin-cash', issued: 'bitcoin', kind: 'key', amount: '0.8' }, SUPPORTED),
];

export const blockbook = [...alike, ...own, ...mixUps];
