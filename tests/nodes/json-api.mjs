// A JSON API on loopback behind a bearer token; what it answers is the caller's table of routes.

import { once } from 'node:events';
import { createServer } from 'node:http';

export class Problem extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const notFound = () => new Problem(404, 'not found');

export class JsonApi {
  #routes;
  #server;

  // routes: [method, '/v1/things/:id', (asked: {params, query, body}) => ({status?, body})]
  constructor(token, routes) {
    this.token = token;
    this.#routes = routes.map(([method, path, answer]) => ({ method, answer, pattern: pattern(path) }));
    this.#server = createServer((request, response) => this.#serve(request, response));
  }

  static async listen({ port = 0, token, routes }) {
    const api = new JsonApi(token, routes);
    api.#server.listen(port, '127.0.0.1');
    await once(api.#server, 'listening');
    api.url = `http://127.0.0.1:${api.#server.address().port}`;
    return api;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request, response) {
    try {
      const { status = 200, body } = await this.#answer(request);
      reply(response, status, body);
    } catch (error) {
      reply(response, error.status ?? 500, { error: error.message });
    }
  }

  async #answer(request) {
    const content = await read(request);
    if (request.headers.authorization !== `Bearer ${this.token}`) throw new Problem(401, 'unauthorized');
    const { pathname, searchParams } = new URL(request.url, this.url);
    const here = this.#routes.filter((route) => route.pattern.test(pathname));
    if (here.length === 0) throw notFound();
    const route = here.find(({ method }) => method === request.method);
    if (!route) throw new Problem(405, 'method not allowed');
    return route.answer({
      params: unescaped(route.pattern.exec(pathname).groups),
      query: Object.fromEntries(searchParams),
      body: content && parse(content),
    });
  }
}

function pattern(path) {
  return new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
}

function unescaped(groups = {}) {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}

export async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(content) {
  try {
    return JSON.parse(content);
  } catch {
    throw new Problem(400, 'the body is not JSON');
  }
}

export function reply(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
