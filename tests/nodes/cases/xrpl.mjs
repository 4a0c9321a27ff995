// The XRP Ledger. The server's shapes are those that `../xrpl.mjs` names.

import { claim, credited } from './common.mjs';

const HALF_AN_HOUR = { confirmations: 450 };
const MISSED = { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' };

// A case about a customer with an address of his own on the XRP Ledger, which nothing else is asked of.
function told(name, title, account, arrange) {
  return {
    name: `xrpl-${name}`,
    title,
    arrange: async (world) => {
      const server = await world.openXrpl();
      const customer = { account, xrpl: server.account(account).address };
      world.issue({ address: customer.xrpl, network: 'xrpl', account });
      const { txid, flags = ['--account', account], sources, expect } = await arrange(world, server, customer);
      const settings = { ...server.settings(), ...(sources && { sources }) };
      return { args: [txid, ...flags], config: world.withXrpl(settings), expect };
    },
  };
}

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
];
