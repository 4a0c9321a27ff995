// The one write, on a real desk: a complaint in Request Tracker, decided against live nodes, and the note that goes back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { basename, dirname } from 'node:path';
import { RequestTracker, Way } from './request-tracker.mjs';
import { txsleuth } from './run.mjs';
import { World } from './world.mjs';

const CUSTOMER = 'alice@example.org';
// Shorter than the sender's patience with a desk that keeps silent, longer than any answer takes.
const PATIENCE_SECONDS = 12;

let world;
let tracker;
let way;
let payment;

before(async () => {
  [world, tracker] = await Promise.all([World.start(), RequestTracker.start()]);
  way = await Way.to(tracker.url);
  const customer = await world.customer('A-1001');
  payment = await world.payUsdt(customer.ethereum, '500', { confirmations: 150 });
});

after(async () => {
  await Promise.all([world?.stop(), way?.stop(), tracker?.stop()]);
});

test('a note is posted once, as a comment, with the document', async () => {
  const ticket = await complain();
  const first = await check(ticket, '--attach');
  assert.equal(first.exit, 0, first.stderr);
  assert.match(first.stderr, /posted note txsleuth:[0-9a-f]{16} on ticket/);
  assert.equal(JSON.parse(first.stdout).findings.find(({ decisive }) => decisive).code, 'deposit-missed', first.stderr);
  const second = await check(ticket, '--attach');
  assert.equal(second.exit, 0, second.stderr);
  assert.match(second.stderr, /is on ticket .* already; nothing was posted/);
  await holdsOneNote(ticket);
});

test('a note that arrived without an answer is not posted again', async () => {
  const ticket = await complain();
  way.fate = 'unconfirmed';
  const hasty = await check(ticket, '--attach');
  assert.equal(hasty.exit, 0, hasty.stderr);
  assert.match(hasty.stderr, /posted note/);
  way.fate = 'delivered';
  const again = await check(ticket, '--attach');
  assert.equal(again.exit, 0, again.stderr);
  await holdsOneNote(ticket);
});

test('a note that got lost is told, and posted by the next run', async () => {
  const ticket = await complain();
  way.fate = 'lost';
  const lost = await check(ticket, '--attach');
  assert.equal(lost.exit, 1, lost.stderr);
  assert.match(lost.stderr, /failed to learn whether the note was posted/);
  assert.equal((await notes(ticket)).length, 0);
  way.fate = 'delivered';
  const again = await check(ticket, '--attach');
  assert.equal(again.exit, 0, again.stderr);
  await holdsOneNote(ticket);
});

test('a dry run posts nothing; a text file tells the TXID', async () => {
  const ticket = await tracker.open({
    subject: 'No deposit', requestor: CUSTOMER, text: 'The log of my wallet is attached.',
    fields: { Network: 'ethereum', Account: 'A-1001' }, files: { 'wallet.log': `sent: ${payment.txid}\n` },
  });
  const dry = await check(ticket, '--attach', '--dry-run');
  assert.equal(dry.exit, 0, dry.stderr);
  assert.match(dry.stderr, /would post on ticket/);
  const document = JSON.parse(dry.stdout);
  assert.deepEqual(document.claim.txids, [{ value: payment.txid, by: 'ticket-text' }]);
  assert.deepEqual(document.ticket.attachments, [{ name: 'wallet.log', read: true }]);
  assert.equal((await notes(ticket)).length, 0);
});

test('the same TXID from another account is told of', async () => {
  const mine = await complain();
  const other = await complain({ Account: 'B-2002' });
  const { stdout, stderr } = await check(mine);
  const several = JSON.parse(stdout).findings.find(({ code }) => code === 'txid-claimed-by-several');
  assert.ok(several?.facts.tickets.split(', ').includes(other), `${JSON.stringify(several)} ${stderr}`);
});

test('no note went to the customer', async () => {
  const mail = await tracker.mailed();
  assert.match(mail, /automatically generated/, 'mail is caught at all');
  assert.doesNotMatch(mail, /txsleuth:|MUST ACT/);
});

function complain(fields = {}) {
  return tracker.open({
    subject: 'USDT deposit not credited', requestor: CUSTOMER, text: 'I sent 500 USDT half an hour ago.',
    fields: { TXID: payment.txid, Network: 'ethereum', Asset: 'USDT', Account: 'A-1001', ...fields },
  });
}

async function check(ticket, ...flags) {
  const settings = { ...tracker.settings(way.url), timeout_seconds: PATIENCE_SECONDS };
  const path = await world.config({ desk: settings });
  return txsleuth(['check', ticket, '--config', basename(path), '--format', 'json', ...flags], {
    cwd: dirname(path), env: { ...world.environment(), RT_TOKEN: tracker.token },
  });
}

async function notes(ticket) {
  return (await tracker.spoken(ticket)).filter(({ type }) => type !== 'Create');
}

async function holdsOneNote(ticket) {
  const found = await notes(ticket);
  assert.deepEqual(found.map(({ type }) => type), ['Comment'], 'one comment, and no correspondence');
  const [{ parts }] = found;
  const words = parts.find(({ ContentType, Filename }) => ContentType === 'text/plain' && !Filename).Content;
  assert.match(words, /PLATFORM MUST ACT/);
  assert.match(words, /^txsleuth:[0-9a-f]{16}$/m);
  const file = parts.find(({ Filename }) => Filename === 'diagnosis.json');
  assert.equal(file.ContentType, 'application/json');
  assert.equal(JSON.parse(file.Content).schema, 'txsleuth.diagnosis/1');
}
