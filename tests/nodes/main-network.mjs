// Two transactions of the main networks, as explorers and nodes answer about them. No main network can be asked from
// a test, so the answers stand here; the transactions prove themselves by their hashes, whoever tells them. Only the
// newest blocks are made up, for they have to be of today.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { read, reply } from './json-api.mjs';

// The first payment from one person to another: https://mempool.space/tx/f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16
export const FIRST_BITCOIN_PAYMENT = 'f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16';
// The first transaction of Ethereum: https://etherscan.io/tx/0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060
export const FIRST_ETHEREUM_PAYMENT = '0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060';

const BITCOIN = {
  // The first block after the fork of Bitcoin Cash, which shares all before it.
  mark: { height: 478_559, hash: '00000000000000000019f112ec0a9982926f1258cdcc558dd7c3b7e5dc7fa148' },
  block: { height: 170, hash: '00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee', time: 1231731025 },
  raw: '0100000001c997a5e56e104102fa209c6a852dd90660a20b2d9c352423edce25857fcd370400000000484730440220'
    + '4e45e16932b8af514961a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd410220181522ec8eca07de4860a4acdd12909d'
    + '831cc56cbbac4622082221a8768d1d0901ffffffff0200ca9a3b00000000434104ae1a62fe09c5f51b13905f07f06b99a2f7'
    + '159b2225f374cd378d71302fa28414e7aab37397f554a7df5f142c21c1b7303b8a0626f1baded5c72a704f7e6cd84cac0028'
    + '6bee0000000043410411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482ecad7b148a6909a5cb2e0eaddfb84ccf974'
    + '4464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3ac00000000',
};

const ETHEREUM = {
  block: {
    number: '0xb443', hash: '0x4e3a3754410177e6937ef1f84bba68ea139e8d1a2258c5f85db9f1cd715a1bdd', timestamp: '0x55c42659',
  },
  transaction: {
    hash: FIRST_ETHEREUM_PAYMENT, nonce: '0x0', type: '0x0',
    blockHash: '0x4e3a3754410177e6937ef1f84bba68ea139e8d1a2258c5f85db9f1cd715a1bdd', blockNumber: '0xb443',
    from: '0xa1e4380a3b1f749673e270229993ee55f35663b4', to: '0x5df9b87991262f6ba471f09758cde1c0fc1de734',
    value: '0x7a69', gas: '0x5208', gasPrice: '0x2d79883d2000', input: '0x', v: '0x1c',
    r: '0x88ff6cf0fefd94db46111149ae4bfc179e9b94721fffd821d38d16464b3f71d0',
    s: '0x45e0aff800961cfce805daef7016b9b675c137a6a41a548f7b60a3484c06a33a',
  },
  // Receipts carry a status only since Byzantium, two years later.
  receipt: {
    transactionHash: FIRST_ETHEREUM_PAYMENT, blockNumber: '0xb443',
    blockHash: '0x4e3a3754410177e6937ef1f84bba68ea139e8d1a2258c5f85db9f1cd715a1bdd',
    gasUsed: '0x5208', effectiveGasPrice: '0x2d79883d2000', logs: [],
  },
};

// The path from the payment to the root in the header of its block (BIP 37): two transactions, of which the first is the
// block's reward.
const MERKLE_BLOCK = '0100000055bd840a78798ad0da853f68974f3d183e2bd1db6a842c1feecf222a00000000ff104ccb05421ab93e63f8c3ce5c2c2e'
  + '9dbb37de2764b3a3175c8166562cac7d51b96a49ffff001d283e9e70' + '0200000002'
  + '82501c1178fa0b222c1f3d474ec726b832013f0a532b44bb620cce8624a5feb1'
  + '169e1e83e930853391bc6f35f605c6754cfead57cf8387639d3b4096c54f18f4' + '0105';

export class MainNetwork {
  #server;

  static async start({ port = 0 } = {}) {
    const network = new MainNetwork();
    network.#server = createServer((request, response) => network.#serve(request, response));
    network.#server.listen(port, '127.0.0.1');
    await once(network.#server, 'listening');
    network.url = `http://127.0.0.1:${network.#server.address().port}`;
    return network;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  // Overrides: nobody but one explorer and one node of the main networks is asked.
  settings() {
    return {
      ledger: { kind: 'none', url: null, token_env: null },
      network: {
        ethereum: {
          chain_id: 1, confirmations: 64, assets: null, sources: [{ kind: 'json-rpc', url: this.url }],
        },
        bitcoin: { chain: 'mainnet', confirmations: 6, sources: [{ kind: 'esplora', url: this.url }] },
      },
    };
  }

  async #serve(request, response) {
    const body = await read(request);
    if (request.method === 'POST') return reply(response, 200, called(JSON.parse(body)));
    const answer = explored()[request.url];
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer ?? 'Not Found');
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'text/plain' });
    return response.end(text);
  }
}

function explored() {
  const { mark, raw, block: { height, hash, time } } = BITCOIN;
  const status = { confirmed: true, block_height: height, block_hash: hash, block_time: time };
  return {
    [`/block-height/${mark.height}`]: mark.hash,
    '/blocks': [{ height: 900_000, timestamp: now() }],
    [`/tx/${FIRST_BITCOIN_PAYMENT}`]: { txid: FIRST_BITCOIN_PAYMENT, fee: 0, status },
    [`/tx/${FIRST_BITCOIN_PAYMENT}/hex`]: raw,
    [`/tx/${FIRST_BITCOIN_PAYMENT}/merkleblock-proof`]: MERKLE_BLOCK,
    [`/block/${hash}/status`]: { in_best_chain: true, height },
  };
}

function called(asked) {
  if (Array.isArray(asked)) return asked.map(called);
  const { jsonrpc, id, method, params } = asked;
  const newest = { ...ETHEREUM.block, number: '0x15f9000', hash: `0x${'0'.repeat(64)}`, timestamp: `0x${now().toString(16)}` };
  const blocks = { latest: newest, [ETHEREUM.block.number]: ETHEREUM.block };
  const results = {
    eth_chainId: '0x1',
    eth_syncing: false,
    eth_getBlockByNumber: blocks[params?.[0]] ?? null,
    eth_getTransactionByHash: ETHEREUM.transaction,
    eth_getTransactionReceipt: ETHEREUM.receipt,
  };
  if (method in results) return { jsonrpc, id, result: results[method] };
  return { jsonrpc, id, error: { code: -32601, message: 'the method does not exist' } };
}

function now() {
  return Math.floor(Date.now() / 1000);
}
