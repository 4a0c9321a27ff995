// Deposits as the ledger has them: credited, not yet, not rightly, or waiting for somebody.

import { ago } from '../exchange.mjs';
import { CONFIRMATIONS } from '../world.mjs';
import { credited, HALF_AN_HOUR } from './common.mjs';

const NO_LEDGER = { ledger: { kind: 'none', url: null, token_env: null } };

export const credits = [
  {
    name: 'token-credited',
    title: 'A token deposit that the ledger has credited',
    arrange: async (world) => {
      const customer = await world.customer('A-1002');
      const payment = await world.payUsdt(customer.ethereum, '250', HALF_AN_HOUR);
      world.record(payment, customer, {
        status: 'credited', confirmations: CONFIRMATIONS.ethereum, detected_at: ago({ minutes: 29 }),
        credited_at: ago({ minutes: 27 }), available_at: ago({ minutes: 27 }),
      });
      return { args: [payment.txid], expect: { verdict: 'complete', code: 'credited', responsible: null } };
    },
  },
  {
    name: 'bitcoin-credited',
    title: 'A Bitcoin deposit that the ledger has credited; the network is not told',
    arrange: async (world) => {
      const customer = await world.customer('A-1007');
      const payment = await world.payBitcoin(customer.bitcoin, '0.3', { confirmations: CONFIRMATIONS.bitcoin });
      world.record(payment, customer, {
        status: 'credited', confirmations: CONFIRMATIONS.bitcoin, detected_at: ago({ minutes: 24 }),
        credited_at: ago({ minutes: 4 }), available_at: ago({ minutes: 4 }),
      });
      return { args: [payment.txid], expect: { verdict: 'complete', code: 'credited', responsible: null } };
    },
  },
  {
    name: 'unlock-pending',
    title: 'A credited deposit that cannot be withdrawn yet',
    arrange: async (world) => {
      const customer = await world.customer('A-1201');
      const payment = await world.payUsdt(customer.ethereum, '310', HALF_AN_HOUR);
      world.record(payment, customer, {
        status: 'credited_locked', confirmations: CONFIRMATIONS.ethereum, detected_at: ago({ minutes: 29 }),
        credited_at: ago({ minutes: 27 }), available_at: ago({ minutes: -30 }),
      });
      return {
        args: [payment.txid],
        expect: { verdict: 'waiting', code: 'unlock-pending', responsible: 'nobody-yet' },
      };
    },
  },
  {
    name: 'ledger-confirming',
    title: 'A final deposit that the ledger detected a moment ago and is about to credit',
    arrange: async (world) => {
      const customer = await world.customer('A-1016');
      const payment = await world.payUsdt(customer.ethereum, '90', { confirmations: 14 });
      world.record(payment, customer, {
        status: 'confirming', confirmations: CONFIRMATIONS.ethereum - 1, detected_at: ago({ minutes: 2 }),
      });
      return {
        args: [payment.txid],
        expect: { verdict: 'waiting', code: 'ledger-confirming', responsible: 'nobody-yet' },
      };
    },
  },
  {
    name: 'ledger-stuck',
    title: 'A final deposit that the ledger has been confirming for hours',
    arrange: async (world) => {
      const customer = await world.customer('A-1202');
      const payment = await world.payUsdt(customer.ethereum, '320', { confirmations: 150, days: 0.25 });
      world.record(payment, customer, {
        status: 'confirming', confirmations: CONFIRMATIONS.ethereum - 1, detected_at: ago({ hours: 5.9 }),
      });
      return {
        args: [payment.txid],
        expect: { verdict: 'platform-action', code: 'ledger-stuck', responsible: 'platform' },
      };
    },
  },
  {
    name: 'credited-wrong-amount',
    title: 'A deposit credited with a tenth of what arrived',
    arrange: async (world) => {
      const customer = await world.customer('A-1203');
      const payment = await world.payUsdt(customer.ethereum, '330', HALF_AN_HOUR);
      world.record({ ...payment, amount: '33' }, customer, credited());
      return {
        args: [payment.txid],
        expect: { verdict: 'platform-action', code: 'credited-wrong-amount', responsible: 'platform' },
      };
    },
  },
  {
    name: 'credited-twice',
    title: 'One deposit that the ledger has credited two times',
    arrange: async (world) => {
      const customer = await world.customer('A-1221');
      const payment = await world.payUsdt(customer.ethereum, '75', HALF_AN_HOUR);
      const credit = { status: 'credited', detected_at: ago({ minutes: 20 }), credited_at: ago({ minutes: 18 }) };
      world.record(payment, customer, credit);
      world.record(payment, customer, credit);
      return {
        args: [payment.txid],
        expect: { verdict: 'platform-action', code: 'credited-twice', responsible: 'platform' },
      };
    },
  },
  {
    name: 'credited-other-account',
    title: 'A deposit to the claimant\'s address, credited to somebody else',
    arrange: async (world) => {
      const customer = await world.customer('A-1204');
      const other = await world.customer('B-2204');
      const payment = await world.payUsdt(customer.ethereum, '340', HALF_AN_HOUR);
      world.record(payment, other, credited());
      return {
        args: [payment.txid, '--account', customer.account],
        expect: { verdict: 'platform-action', code: 'credited-other-account', responsible: 'platform' },
      };
    },
  },
  {
    name: 'credited-from-mempool',
    title: 'A deposit that the ledger credited while no block has it',
    arrange: async (world) => {
      const customer = await world.customer('A-1205');
      const payment = await world.payBitcoin(customer.bitcoin, '0.4', { confirmations: 0 });
      world.record(payment, customer, credited());
      return {
        args: [payment.txid, '--network', 'bitcoin'],
        expect: {
          verdict: 'platform-action', code: 'credited-before-final', responsible: 'platform', codes: ['pending'],
        },
      };
    },
  },
  {
    name: 'credited-though-reverted',
    title: 'A deposit that the ledger credited although its transaction failed',
    arrange: async (world) => {
      const customer = await world.customer('A-1206');
      const payment = await world.failToPayUsdt(customer.ethereum, '350', HALF_AN_HOUR);
      world.record(payment, customer, credited());
      return {
        args: [payment.txid],
        expect: {
          verdict: 'platform-action', code: 'credited-before-final', responsible: 'platform',
          codes: ['execution-failed'],
        },
      };
    },
  },
  {
    name: 'deposit-rejected',
    title: 'A deposit that the ledger refused',
    arrange: async (world) => {
      const customer = await world.customer('A-1207');
      const payment = await world.payUsdt(customer.ethereum, '360', HALF_AN_HOUR);
      world.record(payment, customer, { status: 'rejected', reason: 'manual', detected_at: ago({ minutes: 29 }) });
      return {
        args: [payment.txid],
        expect: { verdict: 'platform-action', code: 'deposit-rejected', responsible: 'platform' },
      };
    },
  },
  {
    name: 'refunded',
    title: 'A deposit that the ledger sent back',
    arrange: async (world) => {
      const customer = await world.customer('A-1208');
      const payment = await world.payUsdt(customer.ethereum, '370', HALF_AN_HOUR);
      world.record(payment, customer, { status: 'refunded', detected_at: ago({ minutes: 29 }) });
      return { args: [payment.txid], expect: { verdict: 'complete', code: 'refunded', responsible: null } };
    },
  },
  {
    name: 'awaiting-customer',
    title: 'A deposit that waits for the customer to say where it is from',
    arrange: async (world) => {
      const customer = await world.customer('A-1209');
      const payment = await world.payUsdt(customer.ethereum, '380', HALF_AN_HOUR);
      world.record(payment, customer, { status: 'awaiting_customer', detected_at: ago({ minutes: 29 }) });
      return {
        args: [payment.txid],
        expect: { verdict: 'customer-action', code: 'awaiting-customer', responsible: 'customer' },
      };
    },
  },
  {
    name: 'held-travel-rule',
    title: 'A deposit that the ledger holds until the customer names the sender',
    arrange: async (world) => {
      const customer = await world.customer('A-1011');
      const payment = await world.payUsdt(customer.ethereum, '15000', HALF_AN_HOUR);
      world.record(payment, customer, {
        status: 'held', reason: 'travel_rule', confirmations: CONFIRMATIONS.ethereum, detected_at: ago({ minutes: 29 }),
      });
      return {
        args: [payment.txid],
        expect: { verdict: 'customer-action', code: 'held', responsible: 'customer' },
      };
    },
  },
  {
    name: 'unknown-ledger-status',
    title: 'A deposit whose status the ledger\'s contract does not list',
    arrange: async (world) => {
      const customer = await world.customer('A-1019');
      const payment = await world.payUsdt(customer.ethereum, '110', HALF_AN_HOUR);
      world.record(payment, customer, { status: 'zeta_state', detected_at: ago({ minutes: 29 }) });
      return {
        args: [payment.txid],
        expect: { verdict: 'inconclusive', code: 'unknown-ledger-status', responsible: 'platform' },
      };
    },
  },
  {
    name: 'credit-unchecked',
    title: 'A final payment to the address given, and no ledger to ask about the credit',
    arrange: async (world) => {
      const customer = await world.customer('A-1015');
      const { txid } = await world.payUsdt(customer.ethereum, '60', HALF_AN_HOUR);
      return {
        args: [txid, '--address', customer.ethereum, '--asset', 'USDT', '--amount', '60'],
        config: NO_LEDGER,
        expect: { verdict: 'settled', code: 'credit-unchecked', responsible: 'nobody-yet' },
      };
    },
  },
  {
    name: 'refund-in-progress',
    title: 'A deposit that the ledger is sending back',
    arrange: async (world) => {
      const customer = await world.customer('A-1222');
      const payment = await world.payUsdt(customer.ethereum, '76', HALF_AN_HOUR);
      world.record(payment, customer, { status: 'refunding', detected_at: ago({ minutes: 20 }) });
      return {
        args: [payment.txid],
        expect: { verdict: 'waiting', code: 'refund-in-progress', responsible: 'platform' },
      };
    },
  },
  {
    name: 'partly-credited',
    title: 'Two outputs to the claimant in one transaction, of which the ledger has credited one',
    arrange: async (world) => {
      const customer = await world.customer('A-1223');
      const payment = await world.payOutBitcoin([customer.bitcoin, customer.bitcoin], '0.023', { confirmations: 5 });
      world.record(payment, customer, { status: 'credited', detected_at: ago({ hours: 1 }), credited_at: ago({ minutes: 20 }) });
      return {
        args: [payment.txid, '--network', 'bitcoin'],
        expect: { verdict: 'platform-action', code: 'partly-credited', responsible: 'platform' },
      };
    },
  },
];
