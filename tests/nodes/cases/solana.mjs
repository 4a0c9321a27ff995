// Deposits and withdrawals on Solana, whose transactions the real runtime ran.

import { ago } from '../exchange.mjs';
import { claim, credited } from './common.mjs';

// A customer with a wallet on Solana that the exchange issued, and overrides by which Solana is asked.
async function opened(world, account, entry = {}) {
  const config = await world.openSolana();
  const address = await world.solana.address(account);
  world.issue({ address, network: 'solana', account, ...entry });
  return { account, solana: address, config };
}

const COMPLETE = { verdict: 'complete', code: 'credited', responsible: null };
const MISSED = { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' };

export const solana = [
  {
    name: 'solana-token-credited',
    title: 'USDT on Solana that the ledger has credited, to a token account made on the way',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6001');
      const payment = await world.solana.payToken(world.solana.usdt, customer.solana, '250');
      world.record(payment, customer, credited());
      return { args: [payment.txid], config: customer.config, expect: COMPLETE };
    },
  },
  {
    name: 'solana-coin-credited',
    title: 'SOL that the ledger has credited',
    arrange: async (world) => {
      const customer = await opened(world, 'A-6002');
      const payment = await world.solana.payCoin(customer.solana, '2.5');
      world.record(payment, customer, credited());
      return { args: [payment.txid], config: customer.config, expect: { ...COMPLETE, only: [] } };
    },
  },
];
