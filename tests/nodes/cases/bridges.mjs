// Deposits that came by way of a rollup's own bridge, with the transaction of the other side.

import { claim, HALF_AN_HOUR } from './common.mjs';

// The port of the discard protocol, on which nobody listens any more.
const NOBODY = 'http://127.0.0.1:9';

const QUARTER_OF_AN_HOUR = { confirmations: 75 };

export const bridges = [
  {
    name: 'bridge-incomplete',
    title: 'Ether on its way over the bridge to the rollup, which has not carried it over yet',
    arrange: async (world) => {
      const { customer, txid } = await crossing(world, 'A-1701');
      return {
        args: [txid, '--network', 'base', ...claim(customer, 'ETH', '1.5')],
        config: world.withRollup(),
        expect: { verdict: 'waiting', code: 'bridge-incomplete', responsible: 'network' },
      };
    },
  },
  {
    name: 'bridge-crossed',
    title: 'Ether that came over the bridge to the customer\'s address on the rollup, where the scanner missed it',
    arrange: async (world) => {
      const { customer, txid, receipt } = await crossing(world, 'A-1702');
      await world.rollup.derive(receipt, QUARTER_OF_AN_HOUR);
      await world.serve('base');
      return {
        args: [txid, ...claim(customer, 'ETH', '1.5')],
        config: world.withRollup(),
        expect: {
          verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform', codes: ['bridge-crossed'],
        },
      };
    },
  },
  {
    name: 'bridge-crossed-credited',
    title: 'Ether that came over the bridge to the rollup, where it was credited',
    arrange: async (world) => {
      const { customer, txid, receipt } = await crossing(world, 'A-1703');
      const leg = await world.rollup.derive(receipt, QUARTER_OF_AN_HOUR);
      const payment = { network: 'base', asset: 'ETH', txid: leg.txid, address: customer.ethereum, amount: '1.5' };
      world.record(payment, customer, { status: 'credited' });
      await world.serve('base');
      return {
        args: [txid, ...claim(customer, 'ETH', '1.5')],
        config: world.withRollup(),
        expect: { verdict: 'complete', code: 'credited', responsible: null, codes: ['bridge-crossed'] },
      };
    },
  },
  {
    name: 'bridge-rollup-silent',
    title: 'Ether on its way over the bridge to a rollup whose node gives no answer',
    arrange: async (world) => {
      const { customer, txid } = await crossing(world, 'A-1704');
      const sources = [{ kind: 'json-rpc', url: NOBODY }];
      return {
        args: [txid, ...claim(customer, 'ETH', '1.5')],
        config: world.withRollup({ ...world.base.settings(), sources }),
        expect: { verdict: 'inconclusive', code: 'source-unavailable', responsible: 'nobody-yet' },
      };
    },
  },
  {
    name: 'bridge-rollup-not-configured',
    title: 'Ether on its way over the bridge to a rollup that nobody is asked about, and no ledger',
    arrange: async (world) => {
      const { customer, txid } = await crossing(world, 'A-1705');
      return {
        args: [txid, '--address', customer.ethereum],
        config: { bridge: world.withRollup().bridge, ledger: { kind: 'none', url: null, token_env: null } },
        expect: { verdict: 'inconclusive', code: 'source-unavailable', responsible: 'nobody-yet' },
      };
    },
  },
  {
    name: 'bridge-imitated',
    title: 'Ether paid to a contract that only writes the same event as the bridge',
    arrange: async (world) => {
      await world.openRollup();
      const portal = await world.ethereum.node.deploy('Portal');
      const { customer, txid } = await crossing(world, 'A-1706', { portal });
      return {
        args: [txid, ...claim(customer, 'ETH', '1.5')],
        config: world.withRollup(),
        expect: { verdict: 'misdirected', code: 'address-not-ours', responsible: 'customer' },
      };
    },
  },
  {
    name: 'bridge-withdrawal-unclaimed',
    title: 'Ether that left the rollup for the customer\'s address on Ethereum, and was not claimed there',
    arrange: async (world) => {
      const { customer, txid } = await leaving(world, 'A-1707');
      return {
        args: [txid, ...claim(customer, 'ETH', '1.5')],
        config: world.withRollup(),
        expect: { verdict: 'waiting', code: 'bridge-incomplete', responsible: 'network' },
      };
    },
  },
  {
    name: 'bridge-withdrawal-claimed',
    title: 'Ether that left the rollup and was claimed on Ethereum, by a transaction that nobody has named',
    arrange: async (world) => {
      const { customer, txid, hash } = await leaving(world, 'A-1708');
      await world.happen(() => world.rollup.finalize(hash), QUARTER_OF_AN_HOUR);
      return {
        args: [txid, ...claim(customer, 'ETH', '1.5')],
        config: world.withRollup(),
        expect: { verdict: 'inconclusive', code: 'bridge-leg-unnamed', responsible: 'nobody-yet' },
      };
    },
  },
  {
    name: 'bridge-arbitrum-deposit',
    title: 'Ether on its way over Arbitrum\'s bridge, of which the other side has nothing yet',
    arrange: async (world) => {
      const { customer, txid, bridge } = await intoArbitrum(world, 'A-1709');
      const { network } = world.withRollup();
      const { parent, child } = world.rollup.settings();
      return {
        args: [txid, ...claim(customer, 'ETH', '1.5')],
        config: { network, bridge: { base: { kind: 'arbitrum', parent, child, contract: bridge.address } } },
        expect: { verdict: 'waiting', code: 'bridge-incomplete', responsible: 'network' },
      };
    },
  },
];

// Somebody with a deposit address on the rollup, who sends ether there from Ethereum.
async function crossing(world, account, { portal } = {}) {
  if (!portal) await world.openRollup();
  const customer = await onRollup(world, account);
  const sent = await world.happen(() => world.rollup.deposit(customer.ethereum, '1.5', { portal }), HALF_AN_HOUR);
  return { customer, ...sent };
}

// Somebody who takes ether from the rollup to a deposit address on Ethereum.
async function leaving(world, account) {
  await world.openRollup();
  const customer = await onRollup(world, account);
  await world.payEther(await world.ethereum.node.addressOf('anybody'), '1', HALF_AN_HOUR); // a head of today
  return { customer, ...await world.rollup.withdraw(customer.ethereum, '1.5', QUARTER_OF_AN_HOUR) };
}

async function intoArbitrum(world, account) {
  await world.openRollup();
  const customer = await onRollup(world, account);
  const bridge = await world.ethereum.node.deploy('Inbox');
  const value = 1_500_000_000_000_000_000n;
  const sent = await world.happen(() => bridge.send('depositEth()', [], [], { value }), HALF_AN_HOUR);
  return { customer, bridge, ...sent };
}

// The rollup's node has a head of today, as one that follows its network has.
async function onRollup(world, account) {
  const customer = await world.customer(account);
  world.issue({ address: customer.ethereum, network: 'base', account });
  await world.base.payCoin(await world.base.node.addressOf('anybody'), '1', HALF_AN_HOUR);
  await world.serve('base');
  return customer;
}
