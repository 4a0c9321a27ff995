// The Open Network: payments are chains of messages, one address serves many customers, and every transaction and
// message has a hash by which somebody may know the payment. Shapes of answers: see ../toncenter.mjs.

import { createHash } from 'node:crypto';
import { ago } from '../exchange.mjs';
import { ENCRYPTED_COMMENT } from '../ton-network.mjs';
import { claim, credited } from './common.mjs';

const MISSED = { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' };
const FAILED = { verdict: 'customer-action', code: 'execution-failed', responsible: 'sending-platform' };
const NOBODYS = createHash('sha256').update('a message that nobody sent').digest('hex');
const MEMO = '1029384756';
const DEEP = { confirmations: 30 };

// A case on The Open Network alone: `arrange` pays the customer, who has a memo at the exchange's address.
function onTon(name, title, account, arrange) {
  return {
    name: `ton-${name}`,
    title,
    arrange: async (world) => {
      const ton = await world.openTon();
      const shared = ton.addressOf('the exchange');
      const customer = { account, ton: shared, memo: MEMO };
      world.issue({ address: shared, network: 'ton', account, memo: MEMO, memo_required: true });
      const { txid, args = [], config = {}, expect } = await arrange({ world, ton, customer });
      return { args: [txid, ...args], config: { ...world.withTon(), ...config }, expect };
    },
  };
}

const claimed = (customer, asset, amount) => claim(customer, asset, amount);

export const ton = [
  onTon('credited', 'Coin that the ledger has credited under the hash of the receiver\'s transaction; the sender\'s is given', 'A-3001', async ({ world, ton, customer }) => {
    const payment = await ton.payCoin(customer.ton, '12.5', { memo: MEMO, ...DEEP });
    world.record({ ...payment, txid: payment.hashes[1] }, customer, { confirmations: 2, ...credited() });
    return { txid: payment.txid, expect: { verdict: 'complete', code: 'credited', responsible: null } };
  }),
  onTon('jetton-credited', 'Jettons that the ledger has credited under the hash of the message from outside', 'A-3002', async ({ world, ton, customer }) => {
    const payment = await ton.payJetton(ton.usdt, customer.ton, '250', { memo: MEMO, ...DEEP });
    world.record({ ...payment, txid: payment.normalised }, customer, { confirmations: 2, ...credited() });
    return { txid: payment.txid, expect: { verdict: 'complete', code: 'credited', responsible: null } };
  }),
  onTon('missed', 'Coin of which the ledger has no record', 'A-3003', async ({ ton, customer }) => {
    const { txid } = await ton.payCoin(customer.ton, '7', { memo: MEMO, ...DEEP });
    return { txid, args: claimed(customer, 'TON', '7'), expect: MISSED };
  }),
  onTon('jetton-without-notice', 'Jettons for whose notice the sender did not pay: they arrived all the same', 'A-3004', async ({ ton, customer }) => {
    const { txid } = await ton.payJetton(ton.usdt, customer.ton, '500', { memo: MEMO, forward: '0', ...DEEP });
    return { txid, args: claimed(customer, 'USDT', '500'), expect: MISSED };
  }),
  onTon('notice-given', 'The hash of the notice, in base64, of jettons that nobody recorded', 'A-3005', async ({ ton, customer }) => {
    const { hashes, transactions } = await ton.payJetton(ton.usdt, customer.ton, '510', { memo: MEMO, ...DEEP });
    const notice = hashes[transactions.findIndex(({ inMessage }) => inMessage.info.dest.toString() === customer.ton)];
    return { txid: Buffer.from(notice, 'hex').toString('base64'), args: claimed(customer, 'USDT', '510'), expect: MISSED };
  }),
  ...['message', 'normalised'].map((form, at) =>
    onTon(`${form}-hash-given`, `The ${form} hash of the message from outside, as wallets print it`, `A-300${6 + at}`, async ({ ton, customer }) => {
      const payment = await ton.payJetton(ton.usdt, customer.ton, '520', { memo: MEMO, ...DEEP });
      return { txid: payment[form], args: claimed(customer, 'USDT', '520'), expect: { ...MISSED, codes: ['message-hash-given'] } };
    })),
  onTon('not-final', 'A payment with fewer confirmations by the masterchain than the ledger asks', 'A-3008', async ({ world, ton, customer }) => {
    const { txid } = await ton.payCoin(customer.ton, '9', { memo: MEMO, confirmations: 3 });
    world.ledger.networks.ton.required_confirmations = 20;
    return {
      txid, args: claimed(customer, 'TON', '9'), expect: { verdict: 'waiting', code: 'waiting-confirmations', responsible: 'network' },
    };
  }),
  onTon('waiting', 'A message that no block has taken in yet', 'A-3009', async ({ ton, customer }) => {
    const { txid } = await ton.leaveWaiting(customer.ton, '5', { minutes: -5 });
    return { txid, args: claimed(customer, 'TON', '5'), expect: { verdict: 'waiting', code: 'pending', responsible: 'network' } };
  }),
  onTon('expired', 'A message that waits, and that its wallet no longer takes', 'A-3010', async ({ ton, customer }) => {
    const { txid } = await ton.leaveWaiting(customer.ton, '5', { minutes: 20 });
    return { txid, args: claimed(customer, 'TON', '5'), expect: { verdict: 'customer-action', code: 'dropped', responsible: 'sending-platform' } };
  }),
  onTon('bounced', 'Coin that came back: there is no contract at the destination', 'A-3011', async ({ ton, customer }) => {
    const { txid } = await ton.payCoin(customer.ton, '11', { memo: MEMO, bounce: true, ...DEEP });
    return { txid, args: claimed(customer, 'TON', '11'), expect: FAILED };
  }),
  onTon('bounced-message-given', 'The hash of the transaction with which bounced coin came back', 'A-3012', async ({ ton, customer }) => {
    const { hashes } = await ton.payCoin(customer.ton, '11', { memo: MEMO, bounce: true, ...DEEP });
    return { txid: hashes.at(-1), args: claimed(customer, 'TON', '11'), expect: FAILED };
  }),
  onTon('bounced-beside-others', 'Two payments of one order: the customer\'s came back, the other arrived', 'A-3013', async ({ ton, customer }) => {
    const pair = [ton.message(ton.addressOf('somebody else'), '3', {}), ton.message(customer.ton, '13', { bounce: true })];
    const { txid } = await ton.pay({}, pair, DEEP);
    return {
      txid, args: [...claimed(customer, 'TON', '13'), '--address', customer.ton],
      expect: { verdict: 'customer-action', code: 'inner-call-failed', responsible: 'sending-platform' },
    };
  }),
  onTon('jetton-refused', 'More jettons than the sender has: its jetton wallet sent the order back', 'A-3014', async ({ ton, customer }) => {
    const { txid } = await ton.payJetton(ton.usdt, customer.ton, '9000000', { memo: MEMO, ...DEEP });
    return { txid, args: claimed(customer, 'USDT', '9000000'), expect: FAILED };
  }),
  onTon('jetton-underpaid', 'Jettons whose way was not paid for: the order carried too little coin', 'A-3015', async ({ ton, customer }) => {
    const { txid } = await ton.payJetton(ton.usdt, customer.ton, '15', { memo: MEMO, coins: '0.001', ...DEEP });
    return { txid, args: claimed(customer, 'USDT', '15'), expect: FAILED };
  }),
  onTon('left-out', 'A wallet that could not pay what it was told to send: its own transaction succeeded', 'A-3016', async ({ ton, customer }) => {
    const { txid } = await ton.payCoin(customer.ton, '50000', { memo: MEMO, ...DEEP });
    return { txid, args: claimed(customer, 'TON', '50000'), expect: FAILED };
  }),
  onTon('not-found', 'A hash that is neither a transaction\'s nor a message\'s, and no record', 'A-3017', async ({ customer }) => ({
    txid: NOBODYS, args: ['--account', customer.account, '--network', 'ton'],
    expect: { verdict: 'customer-action', code: 'transaction-not-found', responsible: 'customer' },
  })),
  onTon('not-found-unproven', 'A hash that the only index does not know, and no ledger to ask', 'A-3018', async () => ({
    txid: NOBODYS, args: ['--network', 'ton'], config: { ledger: { kind: 'none', url: null, token_env: null } },
    expect: { verdict: 'inconclusive', code: 'not-found-unproven', responsible: 'nobody-yet' },
  })),
  onTon('index-behind', 'A hash unknown to an index whose newest block is of an hour ago', 'A-3019', async ({ ton, customer }) => {
    ton.index.behind = 3600;
    return {
      txid: NOBODYS, args: ['--account', customer.account, '--network', 'ton'],
      expect: { verdict: 'inconclusive', code: 'source-behind', responsible: 'nobody-yet' },
    };
  }),
  onTon('fake-jetton', 'Another jetton that calls itself USDT', 'A-3020', async ({ ton, customer }) => {
    const fake = ton.jetton('USDT', 'a false USDT');
    await ton.give(ton.payer, fake, '1000');
    const { txid } = await ton.payJetton(fake, customer.ton, '500', { memo: MEMO, ...DEEP });
    return {
      txid, args: claimed(customer, 'USDT', '500'),
      expect: { verdict: 'customer-action', code: 'fake-token', responsible: 'customer' },
    };
  }),
  onTon('other-jetton', 'A jetton that the platform does not list', 'A-3021', async ({ ton, customer }) => {
    const other = ton.jetton('DOGS');
    await ton.give(ton.payer, other, '1000');
    const { txid } = await ton.payJetton(other, customer.ton, '500', { memo: MEMO, ...DEEP });
    return {
      txid, args: ['--account', customer.account], expect: { verdict: 'platform-action', code: 'asset-not-supported' },
    };
  }),
  onTon('forged-notice', 'A notice of jettons that no jetton wallet sent: a hundredth of a coin arrived', 'A-3022', async ({ world, ton, customer }) => {
    const own = ton.addressOf('an address of A-3022 alone');
    world.issue({ address: own, network: 'ton', account: customer.account });
    const { txid } = await ton.forgeNotification(own, '500', DEEP);
    return { txid, args: claimed(customer, 'USDT', '500'), expect: { verdict: 'customer-action', code: 'below-minimum', codes: ['asset-differs'] } };
  }),
  onTon('memo-missing', 'Coin at the address of all customers without a comment', 'A-3023', async ({ ton, customer }) => {
    const { txid } = await ton.payCoin(customer.ton, '23', DEEP);
    return {
      txid, args: claimed(customer, 'TON', '23'), expect: { verdict: 'platform-action', code: 'memo-missing', responsible: 'customer' },
    };
  }),
  onTon('memo-encrypted', 'A comment that only its receiver could read', 'A-3024', async ({ ton, customer }) => {
    const body = ton.comment(MEMO, ENCRYPTED_COMMENT);
    const { txid } = await ton.payCoin(customer.ton, '24', { body, ...DEEP });
    return {
      txid, args: claimed(customer, 'TON', '24'),
      expect: { verdict: 'platform-action', code: 'memo-missing', responsible: 'customer', codes: ['memo-unreadable'] },
    };
  }),
  onTon('jetton-memo-wrong', 'Jettons with the comment of nobody, a digit short', 'A-3025', async ({ ton, customer }) => {
    const { txid } = await ton.payJetton(ton.usdt, customer.ton, '25', { memo: MEMO.slice(0, -1), ...DEEP });
    return {
      txid, args: claimed(customer, 'USDT', '25'), expect: { verdict: 'platform-action', code: 'memo-wrong', responsible: 'customer' },
    };
  }),
  onTon('memo-of-another', 'Coin with the comment of another customer', 'A-3026', async ({ world, ton, customer }) => {
    world.issue({ address: customer.ton, network: 'ton', account: 'B-4026', memo: '5550001', memo_required: true });
    const { txid } = await ton.payCoin(customer.ton, '26', { memo: '5550001', ...DEEP });
    return {
      txid, args: claimed(customer, 'TON', '26'), expect: { verdict: 'platform-action', code: 'memo-wrong', responsible: 'customer' },
    };
  }),
  onTon('below-minimum', 'Less coin than the platform takes', 'A-3027', async ({ ton, customer }) => {
    const { txid } = await ton.payCoin(customer.ton, '0.05', { memo: MEMO, ...DEEP });
    return { txid, args: claimed(customer, 'TON', '0.05'), expect: { verdict: 'customer-action', code: 'below-minimum' } };
  }),
  onTon('withdrawal-delivered', 'A withdrawal that the ledger knows by the hash of its message', 'A-3028', async ({ world, ton, customer }) => {
    const payment = await ton.payJetton(ton.usdt, ton.addressOf('a wallet of A-3028'), '400', DEEP);
    const times = { requested_at: ago({ minutes: 40 }), completed_at: ago({ minutes: 30 }) };
    world.order({ ...payment, txid: payment.normalised }, customer, { status: 'completed', ...times });
    return { txid: payment.normalised, expect: { verdict: 'complete', code: 'withdrawal-delivered' } };
  }),
];
