// A server of the XRP Ledger, as far as txsleuth asks: rippled's JSON-RPC, in the shapes and words of
// https://xrpl.org/docs/references/http-websocket-apis (`server_info`, `ledger`, `tx`, `account_info`, `account_tx`; version 2
// of the API, and version 1 where a case says so). Nobody agrees with anybody here: a ledger holds what a case puts into
// it. Accounts, signatures, the transactions' bytes and identifiers, the tree of a ledger's transactions and the hash of its
// header are made by the ledger's own libraries (ripple-keypairs, ripple-binary-codec).

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import codec from 'ripple-binary-codec';
import keypairs from 'ripple-keypairs';
import ledgerHashes from 'ripple-binary-codec/dist/ledger-hashes.js';
import { read, reply } from './json-api.mjs';

export const NETWORK_ID = 31340;
const DECIMALS = 6;
const EPOCH = 946_684_800;
const INTERVAL = 4;
// The newest ledger; those before it are empty unless a case fills them.
const NEWEST = 2_000;
const FIRST = 1_400;
const OPENED = '1000000000000';
const NOTHING = '0'.repeat(64);
const PARTIAL = 0x00020000;
const FEE = '12';

const half = (prefix, hex) =>
  createHash('sha512').update(`${prefix}\0`).update(Buffer.from(hex, 'hex')).digest('hex').slice(0, 64).toUpperCase();

export class Xrpl {
  #server;

  constructor() {
    this.#server = createServer((request, response) => this.#serve(request, response));
    this.reset();
  }

  static async start({ port = 0 } = {}) {
    const server = new Xrpl();
    server.#server.listen(port, '127.0.0.1');
    await once(server.#server, 'listening');
    server.url = `http://127.0.0.1:${server.#server.address().port}`;
    return server;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  reset() {
    this.closed = Math.floor(Date.now() / 1000) - EPOCH; // when the newest ledger was closed
    this.balances = {}; // drops by account
    this.sequences = {};
    this.lines = {}; // what an account holds of a token, by account, code and issuer
    this.known = new Map(); // transactions by identifier
    this.networkId = NETWORK_ID;
    this.version = 2;
    this.complete = `1-${NEWEST}`;
    this.lie = (method, params, result) => result;
  }

  // Of somebody, by name: the address follows from it.
  account(name) {
    const entropy = createHash('sha256').update(name).digest().subarray(0, 16);
    const pair = keypairs.deriveKeypair(keypairs.generateSeed({ entropy }));
    const address = keypairs.deriveAddress(pair.publicKey);
    this.sequences[address] ??= 1_000;
    this.balances[address] ??= OPENED;
    return { address, ...pair };
  }

  height() {
    return NEWEST;
  }

  // A token of whoever issues it, under any code.
  token(code, issuer) {
    return { currency: code, issuer: this.account(issuer).address };
  }

  assets() {
    return [
      { asset: 'XRP', decimals: DECIMALS, min_deposit: '1' },
      { asset: 'RLUSD', contract: `RLUSD.${this.account('issuer of RLUSD').address}`, decimals: 6, min_deposit: '1' },
    ];
  }

  rlusd() {
    return this.token(Buffer.from('RLUSD').toString('hex').toUpperCase().padEnd(40, '0'), 'issuer of RLUSD');
  }

  settings() {
    const [, { contract, decimals, min_deposit }] = this.assets();
    return {
      family: 'xrpl', chain: String(NETWORK_ID), confirmations: 1, sources: [{ kind: 'xrpl', url: this.url }],
      assets: { RLUSD: { contract, decimals, min_deposit } },
    };
  }

  // A payment of XRP, or of a token, so many ledgers ago; `confirmations` 0 leaves it in no validated ledger. What was
  // delivered may be less than was ordered, and a result other than success delivers nothing.
  pay(to, amount, { confirmations, tag, from = 'payer', token, delivers = amount, result = 'tesSUCCESS', ...fields }) {
    const sum = (text) => (token ? { ...token, value: text } : drops(text));
    const sender = this.account(from);
    const order = {
      TransactionType: 'Payment', Account: sender.address, Destination: to, Amount: sum(amount), Fee: FEE, Flags: 0,
      ...(tag !== undefined && { DestinationTag: tag }), ...fields,
    };
    const partial = delivers !== amount ? { Flags: PARTIAL, ...(token && { SendMax: sum(amount) }) } : {};
    const delivered = result === 'tesSUCCESS' ? sum(delivers) : undefined;
    const txid = this.send(sender, { ...order, ...partial }, { confirmations, delivered, result, to });
    const asset = token ? text(token.currency) : 'XRP';
    return { network: 'xrpl', asset, txid, address: to, amount: delivers, memo: tag === undefined ? undefined : String(tag) };
  }

  // Any transaction, signed by its account.
  send(sender, order, { confirmations, delivered, result = 'tesSUCCESS', to = order.Destination, nodes = [] }) {
    const sequence = order.Sequence ?? this.sequences[sender.address];
    const unsigned = { ...order, Sequence: sequence, SigningPubKey: sender.publicKey };
    const signed = { ...unsigned, TxnSignature: keypairs.sign(codec.encodeForSigning(unsigned), sender.privateKey) };
    const blob = codec.encode(signed);
    const txid = half('TXN', blob);
    const height = confirmations > 0 ? NEWEST + 1 - confirmations : null;
    if (height !== null && height < FIRST) throw new Error('there is no ledger so old');
    const meta = height === null ? null : this.#apply(sender.address, sequence, { delivered, to, result, nodes });
    this.known.set(txid, { txid, tx: signed, blob, height, meta, delivered });
    return txid;
  }

  // What the transaction did to the accounts.
  #apply(sender, sequence, { delivered, to, result, nodes }) {
    const before = { Balance: this.balances[sender], Sequence: sequence };
    const paid = typeof delivered === 'string' ? BigInt(delivered) : 0n;
    this.sequences[sender] = sequence + 1;
    this.balances[sender] = String(BigInt(before.Balance) - BigInt(FEE) - paid);
    const after = { Balance: this.balances[sender], Sequence: sequence + 1 };
    const affected = [modified('AccountRoot', { Account: sender, ...after }, before), ...nodes];
    if (paid > 0n) affected.push(this.#credited(to, paid));
    if (delivered && typeof delivered === 'object' && to !== delivered.issuer) affected.push(this.#held(to, delivered));
    return { TransactionIndex: 0, TransactionResult: result, AffectedNodes: affected };
  }

  #credited(account, units) {
    const before = this.balances[account] ?? '0';
    this.balances[account] = String(BigInt(before) + units);
    return modified('AccountRoot', { Account: account, Balance: this.balances[account] }, { Balance: before });
  }

  // The trust line, seen from its lower account, which here is always the holder.
  #held(account, { currency, issuer, value }) {
    const key = `${account} ${currency} ${issuer}`;
    const before = this.lines[key] ?? '0';
    this.lines[key] = String(Number(before) + Number(value));
    const balance = (text) => ({ currency, issuer: 'rrrrrrrrrrrrrrrrrrrrBZbvji', value: text });
    const limit = (of, most) => ({ currency, issuer: of, value: most });
    const limits = { LowLimit: limit(account, '1000000000'), HighLimit: limit(issuer, '0') };
    return modified('RippleState', { Balance: balance(this.lines[key]), ...limits }, { Balance: balance(before) });
  }

  // Every header up to one, each built upon the one before.
  #ledgers(upTo) {
    let parent = { ledger_hash: NOTHING, close_time: this.closed - INTERVAL * (NEWEST - FIRST + 1) };
    const headers = [];
    for (let index = FIRST; index <= upTo; index += 1) {
      const held = [...this.known.values()].filter(({ height }) => height === index);
      const leaves = held.map(({ txid, tx, meta, delivered }) => (
        { ...tx, hash: txid, metaData: { ...meta, ...(delivered && { DeliveredAmount: delivered }) } }));
      const header = {
        ledger_index: index, total_coins: '99985738467416092', parent_hash: parent.ledger_hash,
        transaction_hash: leaves.length > 0 ? ledgerHashes.transactionTreeHash(leaves).toHex() : NOTHING,
        account_hash: createHash('sha256').update(`state ${index}`).digest('hex').toUpperCase(),
        parent_close_time: parent.close_time, close_time: this.closed - INTERVAL * (NEWEST - index),
        close_time_resolution: 10, close_flags: 0,
      };
      parent = { ...header, ledger_hash: ledgerHashes.ledgerHash(header).toHex() };
      headers.push(parent);
    }
    return headers;
  }

  async #serve(request, response) {
    const { method, params: [params = {}] = [] } = JSON.parse(await read(request));
    const result = this.lie(method, params, this.#answer(method, params));
    if (result?.raw !== undefined) {
      response.writeHead(result.status ?? 200, { 'content-type': 'text/html' });
      return response.end(result.raw);
    }
    return reply(response, 200, { result });
  }

  #answer(method, params) {
    const answers = {
      server_info: () => this.#info(),
      ledger: () => this.#ledger(params),
      tx: () => this.#tx(params),
      account_info: () => this.#account(params),
      account_tx: () => this.#history(params),
    };
    const result = answers[method]?.() ?? refusal('unknownCmd', 32, 'Unknown method.');
    if (!result.error) return { ...result, status: 'success' };
    return { ...result, status: 'error', request: { command: method, ...params } };
  }

  #info() {
    const newest = this.#ledgers(NEWEST).at(-1);
    return {
      info: {
        build_version: '2.6.2', complete_ledgers: this.complete, load_factor: 1, network_id: this.networkId,
        peers: 21, server_state: 'full', validation_quorum: 28,
        validated_ledger: {
          age: 2, base_fee_xrp: 0.00001, hash: newest.ledger_hash, reserve_base_xrp: 1, reserve_inc_xrp: 0.2,
          seq: newest.ledger_index,
        },
      },
    };
  }

  #ledger({ ledger_index: asked }) {
    const index = asked === 'validated' ? NEWEST : asked;
    if (!(index >= FIRST && index <= NEWEST)) return refusal('lgrNotFound', 21, 'ledgerNotFound');
    const ledger = this.#ledgers(index).at(-1);
    return {
      ledger: { ...ledger, close_time_iso: iso(ledger.close_time), closed: true },
      ledger_hash: ledger.ledger_hash, ledger_index: index, validated: true,
    };
  }

  #tx({ transaction, binary, min_ledger: first, max_ledger: last }) {
    const found = this.known.get(transaction);
    if (!found) {
      const [from, to] = this.complete.split('-').map(Number);
      const searched = first !== undefined && { searched_all: first >= from && last <= to };
      return { ...refusal('txnNotFound', 29, 'Transaction not found.'), ...searched };
    }
    return this.version === 1 ? this.#first(found, binary) : this.#second(found, binary);
  }

  #second({ txid, tx, blob, height, meta, delivered }, binary) {
    const ledger = height === null ? undefined : this.#ledgers(height).at(-1);
    const { Amount, ...rest } = tx;
    const json = tx.TransactionType === 'Payment' ? { ...rest, DeliverMax: Amount } : tx;
    const where = ledger && {
      ledger_index: height, ledger_hash: ledger.ledger_hash, close_time_iso: iso(ledger.close_time),
    };
    if (binary) return { hash: txid, tx_blob: blob, validated: Boolean(ledger), ...where };
    const told = ledger && { ledger_index: height, date: ledger.close_time };
    const effects = meta && { meta: { ...meta, ...(delivered && { delivered_amount: delivered }) } };
    return { hash: txid, tx_json: { ...json, ...told }, ...effects, ...where, validated: Boolean(ledger) };
  }

  #first({ txid, tx, blob, height, meta, delivered }, binary) {
    const ledger = height === null ? undefined : this.#ledgers(height).at(-1);
    const where = ledger && { ledger_index: height, inLedger: height, date: ledger.close_time };
    if (binary) return { hash: txid, tx: blob, validated: Boolean(ledger), ...where };
    const effects = meta && { meta: { ...meta, ...(delivered && { delivered_amount: delivered }) } };
    return { ...tx, hash: txid, ...effects, ...where, validated: Boolean(ledger) };
  }

  #account({ account }) {
    if (this.sequences[account] === undefined) return refusal('actNotFound', 19, 'Account not found.');
    const data = { Account: account, Balance: this.balances[account], Flags: 0, LedgerEntryType: 'AccountRoot' };
    const root = { ...data, OwnerCount: 0, Sequence: this.sequences[account] };
    return { account_data: root, ledger_index: NEWEST, validated: true };
  }

  #history({ account, limit }) {
    const names = ({ tx, height }) => height !== null && [tx.Account, tx.Destination].includes(account);
    const found = [...this.known.values()].filter(names).sort((one, other) => other.height - one.height);
    const transactions = found.slice(0, limit).map((entry) => this.#second(entry, false));
    return { account, ledger_index_min: FIRST, ledger_index_max: NEWEST, limit, transactions, validated: true };
  }
}

function modified(kind, fields, before) {
  const index = createHash('sha256').update(`${kind} ${JSON.stringify(fields.Account ?? fields.LowLimit)}`);
  const LedgerIndex = index.digest('hex').toUpperCase();
  return { ModifiedNode: { LedgerEntryType: kind, LedgerIndex, FinalFields: fields, PreviousFields: before } };
}

function refusal(error, error_code, error_message) {
  return { error, error_code, error_message };
}

function drops(amount) {
  const [whole, fraction = ''] = amount.split('.');
  return String(BigInt(whole + fraction.padEnd(DECIMALS, '0')));
}

// A currency's code as people write it.
function text(code) {
  if (code.length === 3) return code;
  return Buffer.from(code, 'hex').toString('latin1').replaceAll('\0', '');
}

function iso(seconds) {
  return new Date((seconds + EPOCH) * 1000).toISOString().replace('.000Z', 'Z');
}
