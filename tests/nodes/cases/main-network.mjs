// Transactions that everybody can look up, and that prove themselves by their hashes.

import { FIRST_BITCOIN_PAYMENT, FIRST_ETHEREUM_PAYMENT } from '../main-network.mjs';

export const mainNetwork = [
  {
    name: 'main-network-bitcoin',
    title: 'The first payment of Bitcoin, which paid keys and not addresses, and nobody to compare it with',
    arrange: async (world) => ({
      args: [FIRST_BITCOIN_PAYMENT, '--network', 'bitcoin'],
      config: world.mainNetwork.settings(),
      expect: { verdict: 'settled', code: 'expected-address-unknown', responsible: 'nobody-yet' },
    }),
  },
  {
    name: 'main-network-ethereum',
    title: 'The first transaction of Ethereum, of a time when receipts did not say whether it ran',
    arrange: async (world) => ({
      args: [FIRST_ETHEREUM_PAYMENT],
      config: world.mainNetwork.settings(),
      expect: { verdict: 'inconclusive', code: 'source-lacks-history', responsible: 'nobody-yet' },
    }),
  },
];
