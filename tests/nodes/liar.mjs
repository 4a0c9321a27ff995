// A second source of a chain: a proxy that passes everything on to an honest node, and lies where a case has it lie.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { rehashed } from './block-header.mjs';
import { read, reply } from './json-api.mjs';

const NO_SUCH_METHOD = { code: -32601, message: 'the method does not exist' };

const NOT_INDEXED = {
  code: -5,
  message: 'No such mempool transaction. Use -txindex or provide a block hash to enable blockchain transaction queries.'
    + ' Use gettransaction for wallet transactions.',
};

// What to answer instead: (method, params, honest result) => result, or a refusal.
const honest = (method, params, result) => result;

export class Liar {
  #server;
  #target;

  constructor(target) {
    this.#target = target;
    this.#server = createServer((request, response) => this.#serve(request, response));
    this.reset();
  }

  static async start({ port = 0, target }) {
    const liar = new Liar(target);
    liar.#server.listen(port, '127.0.0.1');
    await once(liar.#server, 'listening');
    liar.url = `http://127.0.0.1:${liar.#server.address().port}`;
    return liar;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  reset() {
    this.lie = honest;
  }

  async #serve(request, response) {
    try {
      const body = await read(request);
      const { authorization } = request.headers;
      const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
      const answer = await (await fetch(this.#target, { method: 'POST', headers, body })).json();
      reply(response, 200, this.#told(JSON.parse(body), answer));
    } catch (error) {
      reply(response, 502, { error: error.message });
    }
  }

  // One call or a batch of them, whose answers come in any order. A lie may stand in for an error, too.
  #told(asked, answer) {
    if (Array.isArray(answer)) return answer.map((one) => this.#told(asked.find(({ id }) => id === one.id), one));
    const result = this.lie(asked.method, asked.params, answer.result);
    if (result === answer.result) return answer;
    const { jsonrpc, id } = answer;
    return result?.refused ? { jsonrpc, id, error: result.refused } : { jsonrpc, id, result };
  }
}

// Tokens went to this address.
export function paidTo(address) {
  const topic = `0x${address.slice(2).toLowerCase().padStart(64, '0')}`;
  const said = (log) => ({ ...log, topics: [...log.topics.slice(0, 2), topic] });
  return inReceipts((receipt) => ({ ...receipt, logs: receipt.logs.map(said) }));
}

// Whatever was mined failed.
export const failed = inReceipts((receipt) => ({ ...receipt, status: '0x0', logs: [] }));

// The chain is longer than it is. The newest block has the hash of its header all the same, unless the lie is `clumsy`.
export function ahead(blocks, { clumsy = false } = {}) {
  const raised = (number) => `0x${(Number(number) + blocks).toString(16)}`;
  return (method, params, result) => {
    if (method === 'eth_blockNumber') return raised(result);
    if (method !== 'eth_getBlockByNumber' || params[0] !== 'latest') return result;
    const block = { ...result, number: raised(result.number) };
    return clumsy ? block : rehashed(block);
  };
}

// A Bitcoin chain is longer than it is; with `deep`, what it holds is deeper in it as well.
export function taller(blocks, { deep = false } = {}) {
  return (method, params, result) => {
    if (method === 'getblockchaininfo') return { ...result, blocks: result.blocks + blocks, headers: result.headers + blocks };
    const counted = deep && ['getrawtransaction', 'getblockheader'].includes(method) && result?.confirmations;
    return counted ? { ...result, confirmations: result.confirmations + blocks } : result;
  };
}

// A Bitcoin transaction paid more than it did.
export function paidMore(method, params, result) {
  return method === 'getrawtransaction' && result?.hex ? { ...result, hex: dearer(result.hex) } : result;
}

// The first output of a transaction that spends one, in hex, holds more.
export function dearer(hex) {
  return hex.replace(/(ffffffff02)(..)/, (_, before, byte) => `${before}${byte === 'ff' ? '00' : 'ff'}`);
}

// What proves that a block holds a transaction is `said` instead.
export function proves(said) {
  return (method, params, result) => (method === 'gettxoutproof' && typeof result === 'string' ? said(result) : result);
}

// Ways in which such a proof (a merkleblock: 80 bytes of header, the number of transactions, hashes, flags) is wrong: a
// header of another time, or one hash too few.
export function misdated(proof) {
  return `${proof.slice(0, 136)}00000000${proof.slice(144)}`;
}

export function truncated(proof) {
  const [count, hashes] = [168, 170];
  const left = parseInt(proof.slice(count, hashes), 16) - 1;
  const flags = hashes + (left + 1) * 64;
  return proof.slice(0, count) + left.toString(16).padStart(2, '0') + proof.slice(hashes, flags - 64) + proof.slice(flags);
}

// The network is busy: its newest block asked for so many gwei a unit of gas. (anvil itself forgets what pays less.)
export function busy(gwei) {
  const baseFeePerGas = `0x${(gwei * 1e9).toString(16)}`;
  return (method, params, result) =>
    (method === 'eth_getBlockByNumber' && params[0] === 'latest' ? rehashed({ ...result, baseFeePerGas }) : result);
}

// No lie: most public nodes do not look into transactions for everybody.
export function untraced(method, params, result) {
  return method.startsWith('debug_') ? { refused: NO_SUCH_METHOD } : result;
}

// No lie: few nodes find a transaction by its account and nonce.
export function nameless(method, params, result) {
  return method === 'eth_getTransactionBySenderAndNonce' ? { refused: NO_SUCH_METHOD } : result;
}

// No lie: Bitcoin Core, which bcoin is not, says whether it keeps an index of all transactions; without one it finds
// only what waits in its mempool.
export function core({ indexed }) {
  return (method, params, result) => {
    if (method === 'getindexinfo') return indexed ? { txindex: { synced: true, best_block_height: 1 } } : {};
    const unfindable = method === 'getrawtransaction' && result?.blockhash && !indexed;
    return unfindable ? { refused: NOT_INDEXED } : result;
  };
}

// No lie: Bitcoin Core keeps filters of its blocks, where it is told to; these may touch the address asked about.
export function filters(blocks) {
  return (method, [, , from, to], result) => (method === 'scanblocks'
    ? { from_height: from, to_height: to, relevant_blocks: blocks, completed: true }
    : result);
}

// No lie: without filters, Bitcoin Core finds what nobody has spent.
export function unspent(coin) {
  return (method, params, result) => (method === 'scantxoutset' ? { success: true, unspents: [coin] } : result);
}

// What the node answers to these calls now, it will answer whatever becomes of the chain.
export async function remembers(node, ...calls) {
  const memory = {};
  for (const [method, ...params] of calls) memory[JSON.stringify([method, params])] = await node.rpc(method, ...params);
  return (method, params, result) => memory[JSON.stringify([method, params])] ?? result;
}

function inReceipts(said) {
  return (method, params, result) => (method === 'eth_getTransactionReceipt' && result ? said(result) : result);
}
