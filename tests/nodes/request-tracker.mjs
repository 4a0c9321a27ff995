// Request Tracker 5 as Debian packages it (request-tracker5, rt5-db-sqlite, rt5-standalone): a real ticket desk on
// loopback, with its database, its sessions and its outgoing mail in a folder of its own.

import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request as ask } from 'node:http';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from './rpc-node.mjs';

const run = promisify(execFile);
const LEASH = fileURLToPath(new URL('./leash.mjs', import.meta.url));
const SERVER = '/usr/share/request-tracker5/libexec/rt-server';
const START_SECONDS = 90;
const FIELDS = ['TXID', 'Network', 'Asset', 'Account'];

// A token for the administrator, and the fields of a complaint.
const SEED = `
use strict; use warnings; use lib '/usr/share/request-tracker5/lib'; use RT -init;
my $root = RT::CurrentUser->new('root');
my ($ok, $message, $token) = RT::AuthToken->new($root)->Create(Owner => $root->Id, Description => 'test');
die $message unless $ok;
for my $name (@ARGV) {
  my $field = RT::CustomField->new($root);
  ($ok, $message) = $field->Create(Name => $name, TypeComposite => 'Freeform-1', LookupType => 'RT::Queue-RT::Ticket');
  die $message unless $ok;
  ($ok, $message) = $field->AddToObject(RT::Queue->new($root));
  die $message unless $ok;
}
print $token;
`;

export class RequestTracker {
  #folder;
  #child;
  #failure = null;

  static async start() {
    if (!existsSync(SERVER)) throw new Error('Request Tracker is missing: apt-get install request-tracker5 rt5-db-sqlite rt5-standalone');
    const tracker = new RequestTracker();
    try {
      await tracker.#bringUp();
    } catch (error) {
      await tracker.stop();
      throw error;
    }
    return tracker;
  }

  async stop() {
    if (this.#child && !this.#failure) {
      const gone = once(this.#child, 'exit');
      this.#child.stdin.end();
      await gone;
    }
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }

  // Opens a ticket and answers with its id. `files` are texts by name.
  async open({ subject, requestor, text, fields = {}, files = {} }) {
    const { id } = await this.#post('/ticket', {
      Queue: 'General', Subject: subject, Requestor: requestor, Content: text, ContentType: 'text/plain',
      CustomFields: fields,
      Attachments: Object.entries(files).map(([FileName, content]) => (
        { FileName, FileType: 'text/plain', FileContent: Buffer.from(content).toString('base64') })),
    });
    return String(id);
  }

  // The transactions of a ticket that hold words, each with its parts.
  async spoken(ticket) {
    const { items } = await this.#get(`/ticket/${ticket}/history?fields=Type,Creator&per_page=100`);
    const files = await this.#get(
      `/ticket/${ticket}/attachments?fields=TransactionId,Filename,ContentType,Content&per_page=100`,
    );
    return items.filter(({ Type }) => ['Create', 'Comment', 'Correspond'].includes(Type)).map(({ id, Type }) => ({
      type: Type,
      parts: files.items.filter(({ TransactionId }) => String(TransactionId) === String(id)),
    }));
  }

  // Everything that was mailed to anybody.
  async mailed() {
    return readFile(join(this.#folder, 'mail'), 'utf8').catch(() => '');
  }

  // As txsleuth's configuration has it; one question at a time, because the server has one process.
  settings(url = this.url) {
    const fields = Object.fromEntries(FIELDS.map((name) => [name.toLowerCase(), name]));
    return { kind: 'rt', url, token_env: 'RT_TOKEN', concurrency: 1, timeout_seconds: 30, fields };
  }

  async #bringUp() {
    this.#folder = await mkdtemp(join(tmpdir(), 'txsleuth-rt-'));
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    await Promise.all(['mason', 'session'].map((name) => mkdir(join(this.#folder, name))));
    const config = join(this.#folder, 'RT_SiteConfig.pm');
    await writeFile(config, siteConfig(this.#folder, port));
    const env = { ...process.env, RT_SITE_CONFIG: config, RT_SITE_CONFIG_DIR: '/dev/null' };
    await run('rt-setup-database-5', ['--action', 'init', '--skip-create', '--dba-password', ''], { env });
    this.token = (await run('perl', ['-e', SEED, ...FIELDS], { env })).stdout.trim();
    const server = ['--port', String(port), '--host', '127.0.0.1', '--max-workers', '0'];
    this.#child = spawn(process.execPath, [LEASH, SERVER, ...server], { env, stdio: ['pipe', 'ignore', 'ignore'] });
    this.#child.on('exit', (code, signal) => { this.#failure = `it ended with ${signal ?? code}`; });
    await this.#answers();
  }

  async #answers() {
    const deadline = Date.now() + START_SECONDS * 1000;
    while (Date.now() < deadline) {
      if (this.#failure) throw new Error(`Request Tracker did not start: ${this.#failure}`);
      if (await this.#get('/rt').catch(() => null)) return;
      await sleep(200);
    }
    throw new Error(`Request Tracker gave no answer within ${START_SECONDS} s`);
  }

  #get(path) {
    return this.#fetch(path, {});
  }

  #post(path, body) {
    const headers = { 'content-type': 'application/json' };
    return this.#fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async #fetch(path, options) {
    const headers = { ...options.headers, authorization: `token ${this.token}` };
    const response = await fetch(`${this.url}/REST/2.0${path}`, { ...options, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }
}

// The way to a desk, on which notes may get lost or their confirmations may.
export class Way {
  #server;

  // fate: what becomes of a posted note: 'delivered', 'unconfirmed' (the desk has it, the sender never hears), 'lost'
  static async to(target) {
    const way = new Way();
    way.fate = 'delivered';
    way.#server = createServer((request, response) => way.#carry(target, request, response)).listen(0, '127.0.0.1');
    await once(way.#server, 'listening');
    way.url = `http://127.0.0.1:${way.#server.address().port}`;
    return way;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #carry(target, request, response) {
    const fate = request.method === 'POST' ? this.fate : 'delivered';
    if (fate === 'lost') return request.resume();
    const { method, headers, url } = request;
    const onwards = ask(new URL(url, target), { method, headers: { ...headers, host: new URL(target).host } });
    onwards.on('response', (answer) => {
      if (fate === 'unconfirmed') return answer.resume();
      response.writeHead(answer.statusCode, answer.headers);
      return answer.pipe(response);
    });
    onwards.on('error', () => response.destroy());
    return request.pipe(onwards);
  }
}

// Passwords and tokens are hashed cheaply, for every question is signed; mail goes to a file.
function siteConfig(folder, port) {
  return `
Set($rtname, 'desk.example');
Set($Organization, 'desk.example');
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '${folder}/rt.db');
Set($WebDomain, '127.0.0.1');
Set($WebPort, ${port});
Set($WebPath, '');
Set($MailCommand, sub { open my $mail, '>>', '${folder}/mail' or die $!; print $mail $_[0]->as_string; close $mail; 1 });
Set($BcryptCost, 4);
Set($LogToSTDERR, 'error');
Set($LogToSyslog, undef);
Set($MasonDataDir, '${folder}/mason');
Set($MasonSessionDir, '${folder}/session');
1;
`;
}
