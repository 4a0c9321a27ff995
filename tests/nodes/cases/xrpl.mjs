// The XRP Ledger. The server's shapes are those that `../xrpl.mjs` names.

import { createHash } from 'node:crypto';
import { ago } from '../exchange.mjs';
import { claim, credited } from './common.mjs';

const HALF_AN_HOUR = { confirmations: 450 };
const MISSED = { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' };

// A case about a customer with an address of his own on the XRP Ledger; no other network is asked.
function told(name, title, account, arrange) {
  return {
    name: `xrpl-${name}`,
    title,
    arrange: async (world) => {
      const server = await world.openXrpl();
      const customer = { account, xrpl: server.account(account).address };
      world.issue({ address: customer.xrpl, network: 'xrpl', account });
      const { txid, flags = ['--account', account], settings, expect } = await arrange(world, server, customer);
      return { args: [txid, ...flags], config: world.withXrpl({ ...server.settings(), ...settings }), expect };
    },
  };
}

// A case about one of many customers of one address.
function shared(name, title, account, arrange) {
  return told(name, title, account, (world, server) => {
    const address = server.account('an address of many').address;
    const issue = (holder, memo) =>
      world.issue({ address, network: 'xrpl', account: holder, memo_required: true, memo });
    issue('B-4999', '777000111');
    return arrange(world, server, { account, xrpl: address }, (memo) => issue(account, memo));
  });
}

const UNKNOWN = createHash('sha256').update('a transaction that no ledger holds').digest('hex').toUpperCase();

// An escrow that somebody released to the customer, with the tag that its owner gave it.
function release(server, { xrpl: to }, tag, when) {
  const [finisher, owner] = [server.account('finisher'), server.account('owner of an escrow').address];
  const gone = { Account: owner, Destination: to, DestinationTag: tag, Amount: '90000000', Flags: 0, OwnerNode: '0' };
  const index = createHash('sha256').update('an escrow').digest('hex').toUpperCase();
  const escrow = { DeletedNode: { LedgerEntryType: 'Escrow', LedgerIndex: index, FinalFields: gone } };
  const root = {
    LedgerEntryType: 'AccountRoot', LedgerIndex: createHash('sha256').update(to).digest('hex').toUpperCase(),
    FinalFields: { Account: to, Balance: '1000090000000' }, PreviousFields: { Balance: '1000000000000' },
  };
  const order = { TransactionType: 'EscrowFinish', Account: finisher.address, Owner: owner, OfferSequence: 7, Fee: '12' };
  return server.send(finisher, order, { ...when, nodes: [escrow, { ModifiedNode: root }] });
}

const FAILED = { verdict: 'customer-action', code: 'execution-failed' };

const failures = ['tecDST_TAG_NEEDED', 'tecUNFUNDED_PAYMENT', 'tecNO_DST_INSUF_XRP', 'tecPATH_DRY'].map((result, number) =>
  told(`failed-${result.slice(3).toLowerCase().replaceAll('_', '-')}`, `A payment that a ledger holds and that failed: ${result}`, `A-402${number}`,
    (world, server, customer) => {
      const token = result === 'tecPATH_DRY' ? server.rlusd() : undefined;
      const { txid } = server.pay(customer.xrpl, '300', { ...HALF_AN_HOUR, token, result });
      return { txid, expect: FAILED };
    }));

// Of whom the payment is at an address of many.
const memos = [
  shared('memo-credited', 'A payment with the customer\'s tag, which the ledger credited', 'A-4030', (world, server, customer, issue) => {
    issue('12345678');
    const payment = server.pay(customer.xrpl, '310', { ...HALF_AN_HOUR, tag: 12345678 });
    world.record(payment, customer, { ...credited(), memo: payment.memo });
    return { txid: payment.txid, expect: { verdict: 'complete', code: 'credited' } };
  }),
  shared('memo-zero', 'A payment with the tag 0, which is the customer\'s', 'A-4031', (world, server, customer, issue) => {
    issue('0');
    const { txid } = server.pay(customer.xrpl, '311', { ...HALF_AN_HOUR, tag: 0 });
    return { txid, flags: claim(customer, 'XRP', '311'), expect: MISSED };
  }),
  shared('memo-missing', 'A payment to an address of many without a tag', 'A-4032', (world, server, customer, issue) => {
    issue('12345679');
    const { txid } = server.pay(customer.xrpl, '312', HALF_AN_HOUR);
    return { txid, flags: claim(customer, 'XRP', '312'), expect: { verdict: 'platform-action', code: 'memo-missing', responsible: 'customer' } };
  }),
  ...[
    ['dropped-digit', 'of which a digit is missing', 1234567],
    ['of-another', 'that is another customer\'s', 777000111],
    ['of-nobody', 'that is nobody\'s', 42],
  ].map(([name, what, tag], number) =>
    shared(`memo-${name}`, `A payment to an address of many with a tag ${what}`, `A-403${3 + number}`, (world, server, customer, issue) => {
      issue('12345670');
      const { txid } = server.pay(customer.xrpl, '313', { ...HALF_AN_HOUR, tag });
      return { txid, flags: claim(customer, 'XRP', '313'), expect: { verdict: 'platform-action', code: 'memo-wrong', responsible: 'customer' } };
    })),
];

const assets = [
  told('token-credited', 'A deposit of RLUSD that the ledger credited', 'A-4040', (world, server, customer) => {
    const payment = server.pay(customer.xrpl, '320.5', { ...HALF_AN_HOUR, token: server.rlusd() });
    world.record(payment, customer, credited());
    return { txid: payment.txid, expect: { verdict: 'complete', code: 'credited' } };
  }),
  told('fake-token', 'A token of somebody else that calls itself RLUSD', 'A-4041', (world, server, customer) => {
    const token = { ...server.rlusd(), issuer: server.account('a stranger').address };
    const { txid } = server.pay(customer.xrpl, '321', { ...HALF_AN_HOUR, token });
    return { txid, expect: { verdict: 'customer-action', code: 'fake-token' } };
  }),
  told('fake-coin', 'A token that calls itself XRP', 'A-4042', (world, server, customer) => {
    const token = server.token(Buffer.from('XRP').toString('hex').padEnd(40, '0').toUpperCase(), 'a stranger');
    const { txid } = server.pay(customer.xrpl, '322', { ...HALF_AN_HOUR, token });
    return { txid, flags: claim(customer, 'XRP', '322'), expect: { verdict: 'customer-action', code: 'fake-token' } };
  }),
  told('other-token', 'A token that the platform does not list', 'A-4043', (world, server, customer) => {
    const { txid } = server.pay(customer.xrpl, '323', { ...HALF_AN_HOUR, token: server.token('EUR', 'a gateway') });
    return { txid, expect: { verdict: 'platform-action', code: 'asset-not-supported' } };
  }),
  told('asset-differs', 'XRP where RLUSD is claimed', 'A-4044', (world, server, customer) => {
    const { txid } = server.pay(customer.xrpl, '324', HALF_AN_HOUR);
    return { txid, flags: claim(customer, 'RLUSD', '324'), expect: { ...MISSED, codes: ['asset-differs'] } };
  }),
  told('partial-payment', 'A payment that says 1000 XRP and delivers one', 'A-4045', (world, server, customer) => {
    const { txid } = server.pay(customer.xrpl, '1000', { ...HALF_AN_HOUR, delivers: '1' });
    return { txid, flags: claim(customer, 'XRP', '1000'), expect: { verdict: 'platform-action', code: 'partial-payment' } };
  }),
  told('escrow-released', 'XRP out of an escrow that somebody else released', 'A-4046', (world, server, customer) => {
    const txid = release(server, customer, 5, HALF_AN_HOUR);
    return { txid, flags: claim(customer, 'XRP', '90'), expect: MISSED };
  }),
];

// What is in no validated ledger, and may never be.
const unvalidated = [
  told('not-validated', 'A payment that is in no validated ledger yet', 'A-4050', (world, server, customer) => {
    const { txid } = server.pay(customer.xrpl, '330', { confirmations: 0, LastLedgerSequence: server.height() + 15 });
    return { txid, expect: { verdict: 'waiting', code: 'pending' } };
  }),
  told('lapsed', 'A payment whose last ledger has passed without it', 'A-4051', (world, server, customer) => {
    const { txid } = server.pay(customer.xrpl, '331', { confirmations: 0, LastLedgerSequence: server.height() - 60 });
    return { txid, expect: { verdict: 'customer-action', code: 'dropped' } };
  }),
  told('lapsed-with-a-hole', 'A payment whose last ledger the server does not have', 'A-4052', (world, server, customer) => {
    const { txid } = server.pay(customer.xrpl, '332', { confirmations: 0, LastLedgerSequence: server.height() - 60 });
    server.complete = `1-${server.height() - 80},${server.height() - 5}-${server.height()}`;
    return { txid, expect: { verdict: 'waiting', code: 'pending' } };
  }),
  told('replaced', 'A payment whose number went to another one to the same address', 'A-4053', (world, server, customer) => {
    const { txid } = server.pay(customer.xrpl, '333', { confirmations: 0, Sequence: 1_000 });
    server.pay(customer.xrpl, '333', { ...HALF_AN_HOUR, Sequence: 1_000, Fee: '20' });
    return { txid, expect: { ...MISSED, codes: ['replaced-same-destination'] } };
  }),
  told('waiting-confirmations', 'A deposit of fewer ledgers than the platform asks for', 'A-4054', (world, server, customer) => {
    const { txid } = server.pay(customer.xrpl, '334', { confirmations: 5 });
    world.ledger.networks.xrpl.required_confirmations = 20;
    return { txid, expect: { verdict: 'waiting', code: 'waiting-confirmations' } };
  }),
  told('not-found', 'A transaction that a server with the whole history does not have', 'A-4055', (world, server, { account }) => (
    { txid: UNKNOWN, flags: ['--account', account, '--network', 'xrpl'], expect: { verdict: 'customer-action', code: 'transaction-not-found' } })),
  told('not-found-unproven', 'A transaction that a server with a short history does not have', 'A-4056', (world, server) => {
    server.complete = `${server.height() - 100}-${server.height()}`;
    return { txid: UNKNOWN, expect: { verdict: 'inconclusive', code: 'source-lacks-history' } };
  }),
];

const sources = [
  told('wrong-chain', 'A server of another network', 'A-4060', (world, server, customer) => {
    server.networkId = 1;
    const { txid } = server.pay(customer.xrpl, '340', HALF_AN_HOUR);
    return { txid, expect: { verdict: 'inconclusive', code: 'source-wrong-chain' } };
  }),
  told('behind', 'A server whose newest ledger is of an hour ago, and which calls it fresh', 'A-4061', (world, server, customer) => {
    const { txid } = server.pay(customer.xrpl, '341', HALF_AN_HOUR);
    server.closed -= 3600;
    return { txid, expect: { verdict: 'inconclusive', code: 'source-behind' } };
  }),
  told('other-tag-told', 'A server that tells another tag than the signed one', 'A-4062', (world, server, customer) => {
    const { txid } = server.pay(customer.xrpl, '342', { ...HALF_AN_HOUR, tag: 5 });
    server.lie = (method, { binary }, result) =>
      (method === 'tx' && !binary ? { ...result, tx_json: { ...result.tx_json, DestinationTag: 6 } } : result);
    return { txid, expect: { verdict: 'inconclusive', code: 'answer-not-proven' } };
  }),
  told('version-1', 'A final deposit that the ledger does not know, by a server that answers in version 1', 'A-4063', (world, server, customer) => {
    server.version = 1;
    const { txid } = server.pay(customer.xrpl, '343', HALF_AN_HOUR);
    return { txid, flags: claim(customer, 'XRP', '343'), expect: MISSED };
  }),
];

export const xrpl = [
  told('credited', 'A deposit of XRP that the ledger credited', 'A-4001', (world, server, customer) => {
    const payment = server.pay(customer.xrpl, '250', HALF_AN_HOUR);
    world.record(payment, customer, credited());
    return { txid: payment.txid, expect: { verdict: 'complete', code: 'credited' } };
  }),
  told('deposit-missed', 'A final deposit of XRP that the ledger does not know', 'A-4002', (world, server, customer) => {
    const { txid } = server.pay(customer.xrpl, '260', HALF_AN_HOUR);
    return { txid, flags: claim(customer, 'XRP', '260'), expect: MISSED };
  }),
  told('withdrawal-delivered', 'A withdrawal of XRP that arrived as ordered, with its tag', 'A-4003', (world, server, customer) => {
    const elsewhere = server.account('another exchange').address;
    const payment = server.pay(elsewhere, '270', { ...HALF_AN_HOUR, tag: 88 });
    const done = { status: 'completed', requested_at: ago({ minutes: 40 }), broadcast_at: ago({ minutes: 30 }), completed_at: ago({ minutes: 29 }) };
    world.order(payment, customer, { ...done, memo: payment.memo, fee: '0.25' });
    const expect = { verdict: 'complete', code: 'withdrawal-delivered', responsible: 'receiving-platform' };
    return { txid: payment.txid, flags: [], expect };
  }),
  ...failures, ...memos, ...assets, ...unvalidated, ...sources,
];
