// Tron, over a node that answers in the shapes of java-tron's description: see ../tron.mjs.

import { createHash } from 'node:crypto';
import { ago } from '../exchange.mjs';
import { claim, credited } from './common.mjs';

// Blocks of three seconds.
const HALF_AN_HOUR = { confirmations: 600 };
const MISSED = { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' };
const NOBODY_SENT = createHash('sha256').update('a payment that no node of Tron knows').digest('hex');

// A case in a world that asks nobody but one node of Tron.
function on(name, title, account, arrange) {
  return {
    name: `tron-${name}`,
    title,
    arrange: async (world) => {
      const tron = await world.openTron();
      const customer = { account, tron: tron.addressOf(account) };
      world.issue({ address: customer.tron, network: 'tron', account });
      const { txid, flags = [], sources, expect } = await arrange(world, customer, tron);
      return { args: [txid, '--account', account, ...flags], config: world.withTron(sources), expect };
    },
  };
}

// A payment of USDT that did not run.
function failing(name, result, account) {
  return on(name, `A payment of USDT whose call ended as ${result}`, account, async (world, customer, tron) => {
    const { txid } = tron.payToken(tron.usdt, customer.tron, '40', { ...HALF_AN_HOUR, result });
    return { txid, expect: { verdict: 'customer-action', code: 'execution-failed', responsible: 'sending-platform' } };
  });
}

const COMPLETE = { verdict: 'complete', code: 'credited', responsible: null };

export const tron = [
  on('credited', 'A deposit of USDT that the ledger has credited', 'A-3001', async (world, customer, tron) => {
    const payment = tron.payToken(tron.usdt, customer.tron, '250', HALF_AN_HOUR);
    world.record(payment, customer, credited());
    return { txid: payment.txid, expect: COMPLETE };
  }),
];
