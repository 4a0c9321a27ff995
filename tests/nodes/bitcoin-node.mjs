// The child process of bitcoin.mjs: one bcoin node in memory, on loopback, without peers.

import bcoin from './bcoin.mjs';

const node = new bcoin.FullNode({
  network: 'regtest',
  memory: true,
  httpHost: '127.0.0.1',
  httpPort: Number(process.env.BITCOIN_RPC_PORT),
  apiKey: process.env.BITCOIN_RPC_PASSWORD,
  indexTX: true,
  indexAddress: true,
  listen: false,
  workers: false,
  logLevel: 'error',
});

// Opened but never connected: `connect` would look for peers.
await node.open();
