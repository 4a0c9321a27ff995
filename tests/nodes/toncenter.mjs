// Toncenter's index over the sandbox's transactions, as far as txsleuth asks: shapes, names and encodings are those of
// TON Index's own specification, https://toncenter.com/api/v3/doc.json (ton-index-go, models of /traces, /transactions,
// /transactionsByMessage, /pendingTraces, /blocks, /masterchainInfo, /jetton/wallets and /jetton/masters).

import { once } from 'node:events';
import { createServer } from 'node:http';
import { reply } from './json-api.mjs';

const MASTERCHAIN = { workchain: -1, shard: '8000000000000000' };
const TEST_NETWORK = -3;
const FIRST_BLOCK = 1;
const SECONDS_A_BLOCK = 5;

export class Toncenter {
  #server;

  static async start({ port = 0, network }) {
    const index = new Toncenter();
    index.network = network;
    index.#server = createServer((request, response) => index.#serve(request, response));
    index.#server.listen(port, '127.0.0.1');
    await once(index.#server, 'listening');
    index.url = `http://127.0.0.1:${index.#server.address().port}/api/v3`;
    return index;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  reset() {
    this.masters = new Map();
    this.behind = 0; // seconds by which the head is old
    this.lie = (path, body) => body;
  }

  // As a configuration names it.
  source() {
    return { kind: 'toncenter', url: this.url, requests_per_second: 0 };
  }

  #serve(request, response) {
    try {
      const { pathname, searchParams } = new URL(request.url, this.url);
      const path = pathname.replace(/^\/api\/v3/, '');
      const answer = this.#routes()[path];
      if (!answer) return reply(response, 404, { error: `Cannot GET ${pathname}` });
      const asked = Object.fromEntries([...searchParams.keys()].map((key) => [key, searchParams.getAll(key)]));
      return reply(response, 200, this.lie(path, answer(asked)));
    } catch (error) {
      return reply(response, 500, { error: error.message });
    }
  }

  #routes() {
    const { traces, pending } = this.network;
    const first = (hash) => (hash ?? []).map((text) => Buffer.from(text, text.length === 64 ? 'hex' : 'base64').toString('hex'))[0];
    const listed = (found) => ({ traces: found.map((trace) => this.#trace(trace)), address_book: {}, metadata: {} });
    const all = () => traces.flatMap((trace) => trace.transactions.map((one) => this.#transaction(one, trace)));
    const transactions = (fits) => ({ transactions: all().filter(fits), address_book: {} });
    return {
      '/masterchainInfo': () => ({ first: this.#block(FIRST_BLOCK), last: this.#block(this.network.height()) }),
      '/blocks': ({ seqno: [seqno] }) => ({ blocks: Number(seqno) <= this.network.height() ? [this.#block(Number(seqno))] : [] }),
      '/traces': ({ tx_hash }) => {
        const wanted = first(tx_hash);
        return listed(traces.filter((trace) => trace.transactions.some((one) => hex(one.hash()) === wanted)));
      },
      '/pendingTraces': ({ ext_msg_hash }) => listed(pending.filter(({ names }) => names.includes(first(ext_msg_hash)))),
      '/transactions': ({ hash }) => transactions((one) => unbase64(one.hash) === first(hash)),
      '/transactionsByMessage': ({ msg_hash }) => transactions((one) =>
        [one.in_msg, ...one.out_msgs].some((message) => message
          && [message.hash, message.hash_norm].some((name) => name && unbase64(name) === first(msg_hash)))),
      '/jetton/wallets': ({ address }) => ({ jetton_wallets: address.flatMap((text) => this.#jettonWallet(text)), address_book: {} }),
      '/jetton/masters': ({ address: [text] }) => ({ jetton_masters: this.#master(text), address_book: {} }),
    };
  }

  #block(seqno) {
    const age = (this.network.height() - seqno) * SECONDS_A_BLOCK + this.behind;
    return {
      ...MASTERCHAIN, seqno, root_hash: name('root', seqno), file_hash: name('file', seqno), global_id: TEST_NETWORK,
      version: 0, after_merge: false, before_split: false, after_split: false, want_merge: true, want_split: false,
      key_block: false, vert_seqno_incr: false, flags: 1, gen_utime: String(Math.floor(Date.now() / 1000) - age),
      start_lt: String(seqno * 1_000_000), end_lt: String(seqno * 1_000_000 + 4), tx_count: 4,
      masterchain_block_ref: { ...MASTERCHAIN, seqno }, prev_blocks: [{ ...MASTERCHAIN, seqno: seqno - 1 }],
    };
  }

  #trace(trace) {
    const transactions = trace.transactions.map((one) => this.#transaction(one, trace));
    const [root] = transactions;
    return {
      trace_id: root.hash, external_hash: root.in_msg.hash, mc_seqno_start: String(trace.height ?? 0),
      mc_seqno_end: String(trace.height ?? 0), start_lt: root.lt, start_utime: root.now, end_lt: transactions.at(-1).lt,
      end_utime: transactions.at(-1).now,
      trace_info: {
        trace_state: trace.height ? 'complete' : 'pending', messages: transactions.length,
        transactions: transactions.length, pending_messages: 0, classification_state: 'ok',
      },
      is_incomplete: false, trace: node(root, transactions),
      transactions_order: transactions.map(({ hash }) => hash),
      transactions: Object.fromEntries(transactions.map((one) => [one.hash, one])),
    };
  }

  #transaction(one, trace) {
    const { height, transactions } = trace;
    const { outMessages, description: { aborted, computePhase, actionPhase, bouncePhase }, inMessage } = one;
    const { incoming, outgoing } = this.#cells(one);
    // A message is known by what its sender wrote; the sandbox writes it anew for the receiver.
    const sent = inMessage?.info.type === 'internal' && transactions.flatMap((other) =>
      [...other.outMessages.keys()].map((key) => ({ lt: other.outMessages.get(key).info.createdLt, key, other })))
      .find(({ lt }) => lt === inMessage.info.createdLt);
    return {
      account: raw(one.address), hash: base64(one.hash()), lt: String(one.lt), now: one.now,
      mc_block_seqno: height, emulated: height === null, trace_id: base64(transactions[0].hash()),
      prev_trans_hash: base64(Buffer.from(one.prevTransactionHash.toString(16).padStart(64, '0'), 'hex')),
      prev_trans_lt: String(one.prevTransactionLt), orig_status: status(one.oldStatus), end_status: status(one.endStatus),
      total_fees: String(one.totalFees.coins), block_ref: { workchain: 0, shard: MASTERCHAIN.shard, seqno: height },
      description: {
        type: 'ord', aborted, destroyed: one.description.destroyed, credit_first: one.description.creditFirst,
        ...(computePhase && { compute_ph: compute(computePhase) }),
        ...(actionPhase && { action: action(actionPhase) }),
        ...(bouncePhase && { bounce: { type: { ok: 'ok', 'no-funds': 'nofunds', 'negative-funds': 'negfunds' }[bouncePhase.type] } }),
      },
      in_msg: inMessage
        ? this.#message(inMessage, sent ? this.#cells(sent.other).outgoing.get(sent.key) : incoming) : null,
      out_msgs: [...outMessages.keys()].map((key) => this.#message(outMessages.get(key), outgoing.get(key))),
    };
  }

  // Messages as they stand in a transaction's own bytes, which alone give their hashes.
  #cells(one) {
    const { Dictionary } = this.network.core;
    const bytes = one.raw.refs[0].beginParse();
    return { incoming: bytes.loadMaybeRef(), outgoing: bytes.loadDict(Dictionary.Keys.Uint(15), Dictionary.Values.Cell()) };
  }

  #message(message, cell) {
    const { info, body } = message;
    const inside = info.type === 'internal';
    const bits = body.bits.length >= 32 ? body.beginParse().loadUint(32) : null;
    return {
      hash: base64(cell.hash()), source: inside ? raw(info.src) : null, destination: info.dest ? raw(info.dest) : null,
      value: inside ? String(info.value.coins) : null, fwd_fee: inside ? String(info.forwardFee) : null,
      ihr_fee: inside ? String(info.ihrFee) : null, created_lt: inside ? String(info.createdLt) : null,
      created_at: inside ? String(info.createdAt) : null,
      opcode: bits === null ? null : `0x${bits.toString(16).padStart(8, '0')}`,
      ihr_disabled: inside ? info.ihrDisabled : null, bounce: inside ? info.bounce : null,
      bounced: inside ? info.bounced : null, import_fee: info.type === 'external-in' ? String(info.importFee) : null,
      message_content: { hash: base64(body.hash()), body: base64(body.toBoc()), decoded: null }, init_state: null,
      ...(info.type === 'external-in' && { hash_norm: base64(this.network.normalised(message)) }),
    };
  }

  #jettonWallet(text) {
    const { Address } = this.network.core;
    const address = Address.parse(text);
    const known = this.network.jettonWallets.get(address.toString());
    if (!known) return [];
    return [{
      address: raw(address), balance: '0', owner: raw(known.owner), jetton: raw(Address.parse(known.jetton.contract)),
      last_transaction_lt: '0', code_hash: null, data_hash: null,
    }];
  }

  #master(text) {
    const { Address } = this.network.core;
    const known = this.masters.get(Address.parse(text).toString());
    if (!known) return [];
    return [{
      address: raw(Address.parse(known.contract)), total_supply: '1000000000000', mintable: true, admin_address: null,
      jetton_content: { symbol: known.symbol, name: known.symbol, decimals: '6' },
    }];
  }
}

// The tree of a trace: whose message each one took in.
function node(one, all) {
  const children = all.filter(({ in_msg }) => one.out_msgs.some(({ hash }) => hash === in_msg.hash));
  return { tx_hash: one.hash, in_msg_hash: one.in_msg.hash, children: children.map((child) => node(child, all)) };
}

function compute(phase) {
  if (phase.type === 'skipped') return { skipped: true, reason: phase.reason.replace('-', '_') };
  return {
    skipped: false, success: phase.success, msg_state_used: phase.messageStateUsed,
    account_activated: phase.accountActivated, gas_fees: String(phase.gasFees), gas_used: String(phase.gasUsed),
    gas_limit: String(phase.gasLimit), mode: phase.mode, exit_code: phase.exitCode, vm_steps: phase.vmSteps,
  };
}

function action(phase) {
  return {
    success: phase.success, valid: phase.valid, no_funds: phase.noFunds, status_change: phase.statusChange,
    result_code: phase.resultCode, tot_actions: phase.totalActions, spec_actions: phase.specActions,
    skipped_actions: phase.skippedActions, msgs_created: phase.messagesCreated,
  };
}

function status(kind) {
  return { uninitialized: 'uninit', 'non-existing': 'nonexist' }[kind] ?? kind;
}

function raw(address) {
  const account = typeof address === 'bigint' ? address.toString(16).padStart(64, '0') : address.hash.toString('hex');
  return `${address.workChain ?? 0}:${account.toUpperCase()}`;
}

function name(kind, seqno) {
  return Buffer.from(`${kind} of ${seqno}`.padEnd(32)).toString('base64');
}

function base64(bytes) {
  return Buffer.from(bytes).toString('base64');
}

function unbase64(text) {
  return Buffer.from(text, 'base64').toString('hex');
}

function hex(bytes) {
  return bytes.toString('hex');
}
