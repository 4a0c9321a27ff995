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

// bcoin takes no transaction that spends what another one in its mempool spends, whatever it pays. Where a node
// would replace that other one, the suite has it forgotten first, as the node does with what is worth least.
node.rpc.add('evictfrommempool', ([txid]) => {
  const entry = node.mempool.getEntry(Buffer.from(txid, 'hex').reverse().toString('hex'));
  node.mempool.evictEntry(entry);
  return true;
});

// Opened but never connected: `connect` would look for peers.
await node.open();
