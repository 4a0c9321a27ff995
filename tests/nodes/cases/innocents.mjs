// Payments that look odd and are in order: the ledger credited them, and nothing about them may raise an alarm.

import { ago } from '../exchange.mjs';
import { claim, credited, HALF_AN_HOUR } from './common.mjs';

const IN_ORDER = { verdict: 'complete', code: 'credited', responsible: null, only: [] };
const PAYMENT = ['address', 'address', 'uint256'];

export const innocents = [
  {
    name: 'innocent-batch-pay-out',
    title: 'One of two hundred receivers of an exchange\'s pay-out',
    arrange: async (world) => {
      const customer = await world.customer('A-2301');
      const others = await Promise.all(
        Array.from({ length: 199 }, async (_, index) => (await world.outsider(`receiver ${index}`)).bitcoin),
      );
      const payment = await world.payOutBitcoin([...others, customer.bitcoin], '0.0041', { confirmations: 4 });
      return credit(world, payment, customer, ['BTC', '0.0041']);
    },
  },
  {
    name: 'innocent-safe',
    title: 'A payment out of a Safe, beside another Safe whose own payment failed in the same transaction',
    arrange: async (world) => {
      const customer = await world.customer('A-2302');
      const [empty, filled] = [await world.ethereum.node.deploy('Purse'), await world.filledPurse()];
      const payment = await paidByTwo(world, 'both', [empty, filled], customer, customer);
      return credit(world, usdt(payment, customer, '4'), customer, ['USDT', '4']);
    },
  },
  {
    name: 'innocent-user-operation',
    title: 'A payment by a smart account in a bundle that paid others as well',
    arrange: async (world) => {
      const customer = await world.customer('A-2303');
      const other = await world.outsider('another receiver of the bundle');
      const purses = [await world.filledPurse(), await world.filledPurse()];
      const payment = await paidByTwo(world, 'bundle', purses, customer, other);
      return credit(world, usdt(payment, customer, '4'), customer, ['USDT', '4']);
    },
  },
  {
    name: 'innocent-router',
    title: 'Tokens that a router took and passed on: the transaction calls the router, not the token',
    arrange: async (world) => {
      const customer = await world.customer('A-2304');
      const router = await approvedRouter(world);
      const route = [world.ethereum.usdt.address, customer.ethereum, 42_000_000n];
      const payment = await byRouter(world, 'route', PAYMENT, route, { router });
      return credit(world, usdt(payment, customer, '42'), customer, ['USDT', '42']);
    },
  },
  {
    name: 'innocent-inner-coin',
    title: 'Ether that a contract passed on by a call inside, and that the scanner saw',
    arrange: async (world) => {
      const customer = await world.customer('A-2305');
      const payment = await byRouter(world, 'forward', ['address'], [customer.ethereum], { value: 3n * 10n ** 18n });
      const ether = { ...payment, asset: 'ETH', address: customer.ethereum, amount: '3' };
      return credit(world, ether, customer, ['ETH', '3']);
    },
  },
  {
    name: 'innocent-replaced',
    title: 'A payment whose fee was raised, credited under the newer TXID, by which it is asked for',
    arrange: async (world) => {
      const customer = await world.customer('A-2306');
      const payment = await world.replaceBitcoin(customer.bitcoin, customer.bitcoin, '0.41', { confirmations: 4 });
      const asked = credit(world, payment, customer, ['BTC', '0.41'], { config: world.withExplorer() });
      return { ...asked, expect: { ...asked.expect, confidence: 'proven' } };
    },
  },
  {
    name: 'innocent-included-again',
    title: 'A payment whose first block left the chain, and that another block then took',
    arrange: async (world) => {
      const customer = await world.customer('A-2307');
      const payment = await world.payBitcoin(customer.bitcoin, '0.42', { confirmations: 2 });
      await world.bitcoin.overtake(2, { sentAgain: [payment.txid] });
      const { bitcoin: other } = await world.outsider('somebody of the next blocks');
      await world.payBitcoin(other, '0.01', { confirmations: 5 });
      return credit(world, payment, customer, ['BTC', '0.42']);
    },
  },
  {
    name: 'innocent-dust',
    title: 'A payment beside a note that nobody can spend and dust to a stranger',
    arrange: async (world) => {
      const customer = await world.customer('A-2308');
      const { bitcoin: stranger } = await world.outsider('somebody who gets dust');
      const payment = await world.payBitcoinAmongDust(customer.bitcoin, '0.43', stranger, { confirmations: 4 });
      return credit(world, payment, customer, ['BTC', '0.43']);
    },
  },
  {
    name: 'innocent-two-outputs',
    title: 'Two outputs to the claimant in one transaction, each credited on its own',
    arrange: async (world) => {
      const customer = await world.customer('A-2309');
      const payment = await world.payOutBitcoin([customer.bitcoin, customer.bitcoin], '0.022', { confirmations: 4 });
      world.record({ ...payment, output_index: 0 }, customer, credited());
      return credit(world, payment, customer, ['BTC', '0.044']);
    },
  },
  {
    name: 'innocent-among-lies',
    title: 'A payment of USDT among events of another contract and transfers of nothing',
    arrange: async (world) => {
      const customer = await world.customer('A-2310');
      const router = await approvedRouter(world);
      const lies = [world.ethereum.usdt.address, customer.ethereum, 44_000_000n];
      const payment = await byRouter(world, 'payAmongLies', PAYMENT, lies, { router });
      return credit(world, usdt(payment, customer, '44'), customer, ['USDT', '44']);
    },
  },
  {
    name: 'innocent-lower-case',
    title: 'An address that was written without its capitals',
    arrange: async (world) => {
      const customer = await world.customer('A-2311');
      const payment = await world.payUsdt(customer.ethereum, '45', HALF_AN_HOUR);
      const asked = await credit(world, payment, customer, ['USDT', '45']);
      return { ...asked, args: [...asked.args, '--address', customer.ethereum.toLowerCase()] };
    },
  },
  {
    name: 'innocent-old-payment',
    title: 'A payment of two hundred days ago to an address in use since before',
    arrange: async (world) => {
      const customer = await world.customer('A-2312');
      world.ledger.addresses.forEach((entry) => { entry.issued_at = ago({ days: 400 }); });
      const payment = await world.payUsdt(customer.ethereum, '46', { ...HALF_AN_HOUR, days: 200 });
      return credit(world, payment, customer, ['USDT', '46']);
    },
  },
];

// Two wallets of one kind pay 4 USDT each in one transaction: the first `to`, the second `other`.
export function paidByTwo(world, way, [first, second], to, other) {
  const paid = [first.address, second.address, world.ethereum.usdt.address, to.ethereum, other.ethereum, 4_000_000n];
  return byRouter(world, way, ['address', 'address', 'address', 'address', 'address', 'uint256'], paid);
}

// What a call of the router does, half an hour ago.
export async function byRouter(world, way, types, values, { router, value = 0n } = {}) {
  const contract = router ?? await world.ethereum.node.deploy('Router');
  const options = { from: world.ethereum.payer, value, gas: 500_000 };
  return world.happen(() => contract.send(`${way}(${types.join()})`, types, values, options), HALF_AN_HOUR);
}

// A router that may take the payer's USDT.
async function approvedRouter(world) {
  const router = await world.ethereum.node.deploy('Router');
  const { usdt, payer } = world.ethereum;
  const approve = () => usdt.send(
    'approve(address,uint256)', ['address', 'uint256'], [router.address, 1_000_000_000n], { from: payer },
  );
  await world.happen(approve, { confirmations: 1 });
  return router;
}

// The payment of USDT to the customer that is in a transaction of several.
function usdt(payment, customer, amount) {
  const told = (log) => log.topics.length === 3 && BigInt(log.topics[2]) === BigInt(customer.ethereum);
  const paid = payment.receipt.logs.filter((log) => told(log) && BigInt(log.data) === BigInt(amount) * 1_000_000n);
  return { ...payment, asset: 'USDT', address: customer.ethereum, amount, output_index: Number(paid.at(-1).logIndex) };
}

function credit(world, payment, customer, [asset, amount], { config } = {}) {
  world.record(payment, customer, credited());
  const network = payment.network === 'bitcoin' ? ['--network', 'bitcoin'] : [];
  return { args: [payment.txid, ...network, ...claim(customer, asset, amount)], config, expect: IN_ORDER };
}
