// The cases: what is arranged in the world, what is asked of txsleuth, and what it must conclude.

import { createHash } from 'node:crypto';
import { ago } from './exchange.mjs';
import { addressOf } from './bitcoin.mjs';
import { CONFIRMATIONS } from './world.mjs';

// Blocks come at the network's own pace, so a number of confirmations is also an age.
const HALF_AN_HOUR = { confirmations: 150 };
const NO_LEDGER = { ledger: { kind: 'none', url: null, token_env: null } };

export const cases = [
  {
    name: 'deposit-missed-by-ticket',
    title: 'A final deposit that the ledger has no record of, known from a ticket',
    arrange: async (world) => {
      const customer = await world.customer('A-1001');
      const { txid } = await world.payUsdt(customer.ethereum, '500', HALF_AN_HOUR);
      world.desk.tickets.push({
        id: 'ZD-48211', subject: 'USDT deposit not credited', format: 'text', language: 'en', channel: 'email',
        body: 'I sent 500 USDT half an hour ago and it is not in my account.',
        status: 'open', priority: 'normal', account: customer.account,
        created_at: ago({ minutes: 5 }), updated_at: ago({ minutes: 5 }),
        fields: { txid, network: 'ethereum', asset: 'USDT', amount: '500' }, comments: [],
      });
      return {
        args: ['ZD-48211'],
        expect: { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' },
      };
    },
  },
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
    name: 'token-reverted',
    title: 'A token transfer that was mined and failed: the sender holds too little',
    arrange: async (world) => {
      const customer = await world.customer('A-1003');
      const { txid } = await world.failToPayUsdt(customer.ethereum, '500', HALF_AN_HOUR);
      return {
        args: [
          txid, '--asset', 'USDT', '--amount', '500', '--account', customer.account, '--address', customer.ethereum,
        ],
        expect: { verdict: 'customer-action', code: 'execution-failed', responsible: 'sending-platform' },
      };
    },
  },
  {
    name: 'native-short-of-confirmations',
    title: 'Native coin with 3 of 12 confirmations',
    arrange: async (world) => {
      const customer = await world.customer('A-1004');
      const payment = await world.payEther(customer.ethereum, '2', { confirmations: 3 });
      world.record(payment, customer, { status: 'confirming', confirmations: 3, detected_at: ago({ minutes: 0.4 }) });
      return {
        args: [payment.txid],
        expect: { verdict: 'waiting', code: 'waiting-confirmations', responsible: 'network' },
      };
    },
  },
  {
    name: 'bitcoin-in-mempool',
    title: 'A Bitcoin payment that no block has yet',
    arrange: async (world) => {
      const customer = await world.customer('A-1005');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.1', { confirmations: 0 });
      return {
        args: [txid, '--network', 'bitcoin'],
        expect: { verdict: 'waiting', code: 'pending', responsible: 'network' },
      };
    },
  },
  {
    name: 'bitcoin-one-confirmation',
    title: 'A Bitcoin payment with 1 of 3 confirmations',
    arrange: async (world) => {
      const customer = await world.customer('A-1006');
      const payment = await world.payBitcoin(customer.bitcoin, '0.2', { confirmations: 1 });
      world.record(payment, customer, { status: 'detected', confirmations: 1, detected_at: ago({ minutes: 4 }) });
      return {
        args: [payment.txid, '--network', 'bitcoin'],
        expect: { verdict: 'waiting', code: 'waiting-confirmations', responsible: 'network' },
      };
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
    name: 'bitcoin-address-not-ours',
    title: 'A final Bitcoin payment to an address that is not the platform\'s',
    arrange: async (world) => {
      const customer = await world.customer('A-1008');
      const elsewhere = addressOf('an address of somebody else');
      const { txid } = await world.payBitcoin(elsewhere, '0.25', { confirmations: CONFIRMATIONS.bitcoin });
      return {
        args: [
          txid, '--network', 'bitcoin', '--asset', 'BTC', '--amount', '0.25',
          '--account', customer.account, '--address', customer.bitcoin,
        ],
        expect: { verdict: 'misdirected', code: 'address-not-ours', responsible: 'customer' },
      };
    },
  },
  {
    name: 'below-minimum',
    title: 'A deposit of less than the asset\'s minimum',
    arrange: async (world) => {
      const customer = await world.customer('A-1009');
      const { txid } = await world.payUsdt(customer.ethereum, '0.5', HALF_AN_HOUR);
      return {
        args: [txid],
        expect: { verdict: 'customer-action', code: 'below-minimum', responsible: 'customer' },
      };
    },
  },
  {
    name: 'other-customer-address',
    title: 'A deposit that reached another customer\'s address',
    arrange: async (world) => {
      const claimant = await world.customer('A-1010');
      const other = await world.customer('B-2010');
      const { txid } = await world.payUsdt(other.ethereum, '120', HALF_AN_HOUR);
      return {
        args: [txid, '--account', claimant.account, '--asset', 'USDT', '--amount', '120'],
        expect: { verdict: 'platform-action', code: 'other-customer-address', responsible: 'platform' },
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
    name: 'scanner-behind',
    title: 'A final deposit in a block that the ledger\'s scanner has not reached',
    arrange: async (world) => {
      const customer = await world.customer('A-1012');
      const { txid, height } = await world.payUsdt(customer.ethereum, '300', HALF_AN_HOUR);
      world.ledger.networks.ethereum.scanned_height = height - 1;
      return {
        args: [txid],
        expect: { verdict: 'platform-action', code: 'scanner-behind', responsible: 'platform' },
      };
    },
  },
  {
    name: 'deposits-suspended',
    title: 'A final deposit while the network is closed for deposits',
    arrange: async (world) => {
      const customer = await world.customer('A-1013');
      const { txid } = await world.payUsdt(customer.ethereum, '80', HALF_AN_HOUR);
      Object.assign(world.ledger.networks.ethereum, {
        deposits: 'suspended', reason: 'wallet maintenance', since: ago({ hours: 3 }), until: ago({ hours: -5 }),
      });
      return {
        args: [txid],
        expect: { verdict: 'platform-action', code: 'deposits-suspended', responsible: 'platform' },
      };
    },
  },
  {
    name: 'not-found-with-ledger',
    title: 'A well-formed TXID that neither the chain nor the ledger knows',
    arrange: async (world) => {
      const other = await world.customer('B-2014');
      await world.payEther(other.ethereum, '1', HALF_AN_HOUR); // a node whose head is old could not say no
      return {
        args: [`0x${createHash('sha256').update('a transaction that nobody sent').digest('hex')}`],
        expect: { verdict: 'customer-action', code: 'transaction-not-found', responsible: 'customer' },
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
    name: 'amount-differs',
    title: 'A missed deposit of a little less than was claimed',
    arrange: async (world) => {
      const customer = await world.customer('A-1017');
      const { txid } = await world.payUsdt(customer.ethereum, '499', HALF_AN_HOUR);
      return {
        args: [txid, '--account', customer.account, '--asset', 'USDT', '--amount', '500'],
        expect: {
          verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform', codes: ['amount-differs'],
        },
      };
    },
  },
  {
    name: 'wrong-chain-id',
    title: 'A source that serves another chain than the one configured',
    arrange: async (world) => {
      const customer = await world.customer('A-1018');
      const { txid } = await world.payUsdt(customer.ethereum, '70', HALF_AN_HOUR);
      return {
        args: [txid],
        config: { network: { ethereum: { chain_id: 1 } } },
        expect: { verdict: 'inconclusive', code: 'source-wrong-chain' },
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
];
