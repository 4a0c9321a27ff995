// A node that runs as a child process and answers JSON-RPC over loopback HTTP.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const START_SECONDS = 30;
const LEASH = fileURLToPath(new URL('./leash.mjs', import.meta.url));

export class RpcError extends Error {
  constructor(method, { code, message }) {
    super(`${method}: ${message} (${code})`);
    this.code = code;
  }
}

export class RpcNode {
  #name;
  #child;
  #headers;
  #complaints = '';
  #failure = null;
  #lastId = 0;

  constructor({ name, command, args, env, url, headers }) {
    this.url = url;
    this.#name = name;
    this.#headers = { 'content-type': 'application/json', ...headers };
    this.#child = spawn(process.execPath, [LEASH, command, ...args], {
      env: { ...process.env, ...env }, stdio: ['pipe', 'ignore', 'pipe'],
    });
    this.#watch();
  }

  static async start(options) {
    const node = new RpcNode(options);
    try {
      await node.#answers(options.probe);
    } catch (error) {
      await node.stop();
      throw error;
    }
    return node;
  }

  async call(method, ...params) {
    const id = ++this.#lastId;
    const response = await fetch(this.url, {
      method: 'POST',
      headers: this.#headers,
      body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
    });
    const answer = await response.json();
    if (answer.error) throw new RpcError(method, answer.error);
    return answer.result;
  }

  async stop() {
    if (this.#failure) return;
    const gone = once(this.#child, 'exit');
    this.#child.stdin.end();
    await gone;
  }

  #watch() {
    this.#child.stderr.on('data', (data) => { this.#complaints = (this.#complaints + data).slice(-4000); });
    this.#child.on('error', (error) => { this.#failure ??= error.message; });
    this.#child.on('exit', (code, signal) => { this.#failure ??= `ended with ${signal ?? code}`; });
  }

  async #answers(probe) {
    const deadline = Date.now() + START_SECONDS * 1000;
    while (Date.now() < deadline) {
      if (this.#failure) throw new Error(`${this.#name} did not start: ${this.#failure}\n${this.#complaints}`);
      try {
        return await this.call(probe);
      } catch (error) {
        if (error instanceof RpcError) throw error;
        await sleep(25);
      }
    }
    throw new Error(`${this.#name} gave no answer within ${START_SECONDS} s\n${this.#complaints}`);
  }
}

export async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  await once(listener, 'close');
  return port;
}
