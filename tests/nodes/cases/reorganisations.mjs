// Payments that a chain carried, or was about to carry, and no longer does.

import { ago } from '../exchange.mjs';
import { remembers } from '../liar.mjs';

const WAITING = { verdict: 'waiting', responsible: 'network' };
const REORGED = { ...WAITING, code: 'reorged-out' };
const CREDITED_IN_VAIN = { verdict: 'platform-action', code: 'credited-before-final', responsible: 'platform' };

export const reorganisations = [
  {
    name: 'reorged-out-by-receipt',
    title: 'A source still has the receipt of a block that another one has replaced in its chain',
    arrange: async (world) => {
      const customer = await world.customer('A-1701');
      const { txid } = await world.payUsdt(customer.ethereum, '510', { confirmations: 5 });
      const { node } = world.ethereum;
      world.second.ethereum.lie = await remembers(
        node, ['eth_getTransactionByHash', txid], ['eth_getTransactionReceipt', txid],
      );
      await node.reorganise(5);
      return { args: [txid], config: world.withSecondSource(), expect: REORGED };
    },
  },
  {
    name: 'reorged-out-by-record',
    title: 'A payment that the ledger counted in a block, and that neither of two sources knows any more',
    arrange: async (world) => {
      const { txid, customer } = await undone(world, 'A-1702', '520', confirming(5));
      return {
        args: [txid, '--account', customer.account],
        config: world.withSecondSource(),
        expect: { ...REORGED, confidence: 'corroborated' },
      };
    },
  },
  {
    name: 'reorged-out-by-record-one-source',
    title: 'A payment that the ledger counted in a block, and that the only source no longer knows',
    arrange: async (world) => {
      const { txid, customer } = await undone(world, 'A-1709', '525', confirming(5));
      return { args: [txid, '--account', customer.account], expect: REORGED };
    },
  },
  {
    name: 'reorged-out-credited',
    title: 'A payment that the ledger credited, and that neither of two sources knows any more',
    arrange: async (world) => {
      const { txid, customer } = await undone(world, 'A-1703', '530', credited(), 14);
      return {
        args: [txid, '--account', customer.account],
        config: world.withSecondSource(),
        expect: { ...CREDITED_IN_VAIN, confidence: 'corroborated' },
      };
    },
  },
  {
    name: 'reorged-out-credited-one-source',
    title: 'A payment that the ledger credited, and that the only source no longer knows',
    arrange: async (world) => {
      const { txid, customer } = await undone(world, 'A-1704', '540', credited(), 14);
      return { args: [txid, '--account', customer.account], expect: CREDITED_IN_VAIN };
    },
  },
  {
    name: 'dropped',
    title: 'A payment that the ledger saw in the pool, and that neither of two sources knows any more',
    arrange: async (world) => {
      const customer = await world.customer('A-1710');
      const payment = await world.payUsdt(customer.ethereum, '545', { confirmations: 0 });
      world.record(payment, customer, { status: 'detected', confirmations: 0, detected_at: ago({ hours: 3 }) });
      await world.ethereum.node.drop(payment.txid);
      return {
        args: [payment.txid, '--account', customer.account],
        config: world.withSecondSource(),
        expect: {
          verdict: 'customer-action', code: 'dropped', responsible: 'sending-platform', confidence: 'corroborated',
        },
      };
    },
  },
  {
    name: 'bitcoin-reorged-out-by-index',
    title: 'A source still names the block of a Bitcoin payment; a longer branch came without it',
    arrange: async (world) => {
      const customer = await world.customer('A-1705');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.55', { confirmations: 1 });
      world.second.bitcoin.lie = await remembers(
        world.bitcoin, ['getrawtransaction', txid, true], ['getblockchaininfo'],
      );
      await world.bitcoin.overtake(1);
      return { args: [txid, '--network', 'bitcoin'], config: world.withSecondSource('bitcoin'), expect: REORGED };
    },
  },
  {
    name: 'bitcoin-gone-from-node-without-index',
    title: 'A Bitcoin payment that a node does not know, nor says whether it would; the ledger\'s word is left',
    arrange: async (world) => {
      const customer = await world.customer('A-1708');
      const payment = await world.payBitcoin(customer.bitcoin, '0.58', { confirmations: 1 });
      world.record(payment, customer, confirming(1));
      await world.bitcoin.overtake(1);
      return {
        args: [payment.txid, '--network', 'bitcoin', '--account', customer.account],
        expect: { verdict: 'waiting', code: 'ledger-confirming', responsible: 'nobody-yet' },
      };
    },
  },
  {
    name: 'bitcoin-back-in-mempool',
    title: 'A Bitcoin payment that waits again, and of whose first block nobody tells',
    arrange: async (world) => {
      const customer = await world.customer('A-1706');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.56', { confirmations: 1 });
      await world.bitcoin.overtake(1, { sentAgain: [txid] });
      return { args: [txid, '--network', 'bitcoin'], expect: { ...WAITING, code: 'pending' } };
    },
  },
  {
    name: 'bitcoin-reorged-out-credited',
    title: 'A Bitcoin payment that the ledger credited, and that waits again for a block',
    arrange: async (world) => {
      const customer = await world.customer('A-1707');
      const payment = await world.payBitcoin(customer.bitcoin, '0.57', { confirmations: 3 });
      world.record(payment, customer, { ...credited(), confirmations: 3 });
      await world.bitcoin.overtake(3, { sentAgain: [payment.txid] });
      return { args: [payment.txid, '--network', 'bitcoin'], expect: CREDITED_IN_VAIN };
    },
  },
];

// A payment that the ledger recorded, and that went with its block.
async function undone(world, account, amount, entry, confirmations = 5) {
  const customer = await world.customer(account);
  const payment = await world.payUsdt(customer.ethereum, amount, { confirmations });
  world.record(payment, customer, entry);
  await world.ethereum.node.reorganise(confirmations);
  return { txid: payment.txid, customer };
}

function confirming(confirmations) {
  return { status: 'confirming', confirmations, detected_at: ago({ minutes: 1 }) };
}

function credited() {
  return {
    status: 'credited', confirmations: 12, detected_at: ago({ minutes: 3 }), credited_at: ago({ minutes: 1 }),
    available_at: ago({ minutes: 1 }),
  };
}
