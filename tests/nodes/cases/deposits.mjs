// Deposits as far as the chain goes: whether they ran, how deep they are, how much arrived, and what nobody recorded.

import { ago } from '../exchange.mjs';
import { CONFIRMATIONS } from '../world.mjs';
import { claim, complain, HALF_AN_HOUR } from './common.mjs';

export const deposits = [
  {
    name: 'deposit-missed-by-ticket',
    title: 'A final deposit that the ledger has no record of, known from a ticket',
    arrange: async (world) => {
      const customer = await world.customer('A-1001');
      const { txid } = await world.payUsdt(customer.ethereum, '500', HALF_AN_HOUR);
      complain(world, customer, {
        id: 'ZD-48211', subject: 'USDT deposit not credited', opened: { minutes: 5 },
        body: 'I sent 500 USDT half an hour ago and it is not in my account.',
        fields: { txid, network: 'ethereum', asset: 'USDT', amount: '500' },
      });
      return {
        args: ['ZD-48211'],
        expect: { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' },
      };
    },
  },
  {
    name: 'ticket-overdue',
    title: 'A missed deposit that its ticket has named for longer than the platform promises to take',
    arrange: async (world) => {
      const customer = await world.customer('A-1101');
      const { txid } = await world.payUsdt(customer.ethereum, '640', { confirmations: 150, days: 5.1 });
      complain(world, customer, {
        id: 'ZD-47102', subject: 'Still no USDT', opened: { days: 5 },
        body: 'Nobody has answered me. My 640 USDT are missing.',
        fields: { txid, network: 'ethereum', asset: 'USDT', amount: '640' },
      });
      return {
        args: ['ZD-47102'],
        config: { sla_hours: 72 },
        expect: {
          verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform', codes: ['ticket-overdue'],
        },
      };
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
    name: 'no-value-moved',
    title: 'A call to the token that succeeds and moves nothing',
    arrange: async (world) => {
      const customer = await world.customer('A-1102');
      const { node, usdt } = world.ethereum;
      const { txid } = await node.confirmed(
        HALF_AN_HOUR, () => usdt.send('balanceOf(address)', ['address'], [customer.ethereum]),
      );
      return {
        args: [txid, ...claim(customer, 'USDT', '500')],
        expect: { verdict: 'customer-action', code: 'no-value-moved', responsible: 'customer' },
      };
    },
  },
  {
    name: 'zero-value-transfer',
    title: 'A transfer of no tokens at all to the claimant',
    arrange: async (world) => {
      const customer = await world.customer('A-1103');
      const { txid } = await world.payUsdt(customer.ethereum, '0', HALF_AN_HOUR);
      return {
        args: [txid, ...claim(customer, 'USDT', '500')],
        expect: { verdict: 'customer-action', code: 'no-value-moved', responsible: 'customer' },
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
    name: 'amount-differs-token-fee',
    title: 'A missed deposit of a token that takes a fee of every transfer',
    arrange: async (world) => {
      const customer = await world.customer('A-1026');
      await world.happen(() => world.ethereum.usdt.send('setRate(uint256)', ['uint256'], [100]), { confirmations: 1 });
      const { txid } = await world.payUsdt(customer.ethereum, '500', HALF_AN_HOUR);
      return {
        args: [txid, '--account', customer.account, '--asset', 'USDT', '--amount', '500'],
        expect: {
          verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform', codes: ['amount-differs'],
        },
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
    name: 'deposit-unrecorded',
    title: 'A final deposit that a ledger does not show, long after it should, without telling how far it has read',
    arrange: async (world) => {
      const customer = await world.customer('A-1420');
      const { txid } = await world.payUsdt(customer.ethereum, '300', HALF_AN_HOUR);
      delete world.ledger.networks.ethereum.scanned_height;
      return {
        args: [txid],
        config: { normal: { ledger_confirming_minutes: 10 } },
        expect: { verdict: 'platform-action', code: 'deposit-unrecorded', responsible: 'platform' },
      };
    },
  },
  {
    name: 'deposit-unrecorded-yet',
    title: 'A final deposit that a ledger does not show yet, without telling how far it has read',
    arrange: async (world) => {
      const customer = await world.customer('A-1421');
      const { txid } = await world.payUsdt(customer.ethereum, '300', HALF_AN_HOUR);
      delete world.ledger.networks.ethereum.scanned_height;
      return {
        args: [txid],
        expect: { verdict: 'waiting', code: 'deposit-unrecorded', responsible: 'nobody-yet' },
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
    name: 'bitcoin-pay-out',
    title: 'A missed deposit among the many of one pay-out, whose owners the ledger tells at once',
    arrange: async (world) => paidOut(world, 'A-1120', '0.021'),
  },
  {
    name: 'bitcoin-pay-out-singly',
    title: 'The same by a ledger that takes one question at a time',
    arrange: async (world) => {
      world.ledger.queriesRefusedWith = 501;
      return paidOut(world, 'A-1121', '0.022');
    },
  },
  {
    name: 'coinbase-immature',
    title: 'A miner\'s reward paid straight to a deposit address',
    arrange: async (world) => {
      const customer = await world.customer('A-1122');
      const [block] = await world.bitcoin.mine(1, customer.bitcoin);
      await world.bitcoin.mine(9);
      const { tx: [txid] } = await world.bitcoin.rpc('getblock', block, true);
      return {
        args: [txid, '--network', 'bitcoin', '--account', customer.account],
        expect: { verdict: 'waiting', code: 'coinbase-immature', responsible: 'network' },
      };
    },
  },
  {
    name: 'not-final-yet',
    title: 'A deposit in a block that the network has not finalized, as the ledger asks',
    arrange: async (world) => {
      const customer = await world.customer('A-1123');
      const { txid } = await world.payUsdt(customer.ethereum, '77', { confirmations: 20 });
      world.ledger.networks.ethereum.required_confirmations = 'finalized';
      return {
        args: [txid, ...claim(customer, 'USDT', '77')],
        expect: { verdict: 'waiting', code: 'not-final-yet', responsible: 'network' },
      };
    },
  },
  {
    name: 'txid-claimed-by-several',
    title: 'A missed deposit whose TXID stands in the ticket of somebody else, too',
    arrange: async (world) => {
      const customer = await world.customer('A-1124');
      const other = await world.customer('B-2124');
      const { txid } = await world.payUsdt(customer.ethereum, '510', HALF_AN_HOUR);
      const fields = { txid, network: 'ethereum', asset: 'USDT' };
      const told = { subject: 'USDT missing', body: 'Please credit my deposit.', fields };
      complain(world, customer, { id: 'ZD-48401', opened: { hours: 1 }, ...told });
      complain(world, other, { id: 'ZD-48399', opened: { hours: 2 }, ...told });
      return {
        args: ['ZD-48401'],
        expect: {
          verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform', codes: ['txid-claimed-by-several'],
        },
      };
    },
  },
];

// An exchange pays five strangers and a customer in one transaction.
async function paidOut(world, account, amount) {
  const customer = await world.customer(account);
  const strangers = await Promise.all([1, 2, 3, 4, 5].map((number) => world.outsider(`stranger ${number} of ${account}`)));
  const receivers = [...strangers.map(({ bitcoin }) => bitcoin), customer.bitcoin];
  const { txid } = await world.payOutBitcoin(receivers, amount, { confirmations: 5 });
  return {
    args: [txid, '--network', 'bitcoin', ...claim(customer, 'BTC', amount)],
    expect: { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' },
  };
}
