// An exchange as txsleuth meets it: the ledger's API and the desk's API over state that a case fills.

import { JsonApi, notFound, Problem } from './json-api.mjs';

const QUERY_LIMIT = 500;

export class Ledger {
  #api;

  constructor() {
    this.reset();
  }

  static async start({ port, token }) {
    const ledger = new Ledger();
    ledger.#api = await JsonApi.listen({ port, token, routes: ledger.#routes() });
    return ledger;
  }

  get url() {
    return this.#api.url;
  }

  stop() {
    return this.#api.stop();
  }

  reset() {
    this.deposits = [];
    this.withdrawals = [];
    this.addresses = [];
    this.networks = {};
    this.looksUpMemos = true; // false: a memo in the question is ignored
    this.pageSize = 100;
    this.queriesRefusedWith = null; // 404, 405 or 501: the POST queries are not offered
  }

  #routes() {
    return [
      ['GET', '/v1/deposits', ({ query }) => this.#records(this.deposits, 'detected_at', query)],
      ['GET', '/v1/deposits/:id', ({ params }) => one(this.deposits, ({ id }) => id === params.id)],
      ['GET', '/v1/withdrawals', ({ query }) => this.#records(this.withdrawals, 'requested_at', query)],
      ['GET', '/v1/withdrawals/:id', ({ params }) => one(this.withdrawals, ({ id }) => id === params.id)],
      ['GET', '/v1/addresses/:address', ({ params, query }) => this.#owner(params.address, query)],
      ['GET', '/v1/accounts/:account/addresses', ({ params, query }) => this.#addressesOf(params.account, query)],
      ['GET', '/v1/networks/:network', ({ params }) => this.#policy(params.network)],
      ['POST', '/v1/deposits/query', ({ body }) => this.#query(this.deposits, body)],
      ['POST', '/v1/withdrawals/query', ({ body }) => this.#query(this.withdrawals, body)],
      ['POST', '/v1/addresses/query', ({ body }) => this.#queryAddresses(body)],
    ];
  }

  #records(records, time, { txid, account, asset, network, since, until, cursor }) {
    if (!txid && !account) throw new Problem(400, 'txid or account is required');
    const asked = records.filter((record) =>
      (!txid || carries(record, txid))
      && (!account || record.account === account)
      && (!asset || record.asset === asset)
      && (!network || record.network === network)
      && (!since || Date.parse(record[time]) >= Date.parse(since))
      && (!until || Date.parse(record[time]) <= Date.parse(until)));
    return page(asked, cursor, this.pageSize);
  }

  // At an address of many, each account has an entry of its own, and a memo names one of them.
  #owner(address, { network, memo }) {
    return one(this.addresses, (record) =>
      same(record.address, address) && (!network || record.network === network)
      && (memo === undefined || !this.looksUpMemos || record.memo === memo));
  }

  #addressesOf(account, { network, asset, cursor }) {
    const asked = this.addresses.filter((record) =>
      record.account === account
      && (!network || record.network === network)
      && (!asset || !record.assets || record.assets.includes(asset)));
    return page(asked, cursor, this.pageSize);
  }

  #policy(network) {
    if (!Object.hasOwn(this.networks, network)) throw notFound();
    return { body: this.networks[network] };
  }

  #query(records, { txids = [], ids = [] } = {}) {
    this.#offered([...txids, ...ids]);
    return found(records.filter((record) =>
      ids.includes(record.id) || txids.some((txid) => carries(record, txid))));
  }

  #queryAddresses({ network, addresses = [] } = {}) {
    this.#offered(addresses);
    return found(this.addresses.filter((record) =>
      record.network === network && addresses.some((address) => same(record.address, address))));
  }

  #offered(asked) {
    if (this.queriesRefusedWith) throw new Problem(this.queriesRefusedWith, 'not offered');
    if (asked.length > QUERY_LIMIT) throw new Problem(413, `more than ${QUERY_LIMIT} at once`);
  }
}

export class Desk {
  #api;

  constructor() {
    this.reset();
  }

  static async start({ port, token }) {
    const desk = new Desk();
    desk.#api = await JsonApi.listen({ port, token, routes: desk.#routes() });
    return desk;
  }

  get url() {
    return this.#api.url;
  }

  stop() {
    return this.#api.stop();
  }

  reset() {
    this.tickets = [];
    this.notes = [];
    this.pageSize = 100;
    this.searchRefusedWith = null; // 404, 405 or 501: the search is not offered
  }

  #routes() {
    return [
      ['GET', '/v1/tickets', ({ query }) => this.#search(query)],
      ['GET', '/v1/tickets/:id', ({ params }) => one(this.tickets, ({ id }) => id === params.id)],
      ['POST', '/v1/tickets/:id/notes', ({ params, body }) => this.#note(params.id, body)],
    ];
  }

  #search({ query, cursor }) {
    if (this.searchRefusedWith) throw new Problem(this.searchRefusedWith, 'not offered');
    if (!query) throw new Problem(400, 'query is required');
    const wanted = query.toLowerCase();
    const asked = this.tickets.filter((ticket) => JSON.stringify(ticket).toLowerCase().includes(wanted));
    return page(asked, cursor, this.pageSize);
  }

  #note(ticket, note) {
    if (!this.tickets.some(({ id }) => id === ticket)) throw notFound();
    if (!note?.body || !note.key) throw new Problem(400, 'body and key are required');
    const earlier = this.notes.find(({ ticket: at, key }) => at === ticket && key === note.key);
    if (earlier) return { status: 200, body: earlier };
    const added = { id: `N-${this.notes.length + 1}`, ticket, ...note };
    this.notes.push(added);
    return { status: 201, body: added };
  }
}

// RFC 3339 in UTC, counted back from now.
export function ago({ days = 0, hours = 0, minutes = 0 }) {
  const seconds = ((days * 24 + hours) * 60 + minutes) * 60;
  return new Date(Date.now() - seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

function carries(record, txid) {
  return [record.txid, ...(record.replaced_txids ?? [])].some((known) => known && same(known, txid));
}

// Hexadecimal and bech32 are written in either case; base58 is not.
function same(one, other) {
  const folds = /^(0x[0-9a-f]+|[0-9a-f]{64}|(bc|tb|bcrt)1[0-9a-z]+)$/i;
  return folds.test(one) ? one.toLowerCase() === other.toLowerCase() : one === other;
}

function one(records, isIt) {
  const record = records.find(isIt);
  if (!record) throw notFound();
  return { body: record };
}

function found(records) {
  return { body: { items: records, next: null } };
}

function page(records, cursor, size) {
  const from = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isInteger(from) || from < 0) throw new Problem(400, 'no such cursor');
  const next = from + size < records.length ? String(from + size) : null;
  return { body: { items: records.slice(from, from + size), next } };
}
