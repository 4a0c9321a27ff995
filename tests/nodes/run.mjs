// Runs the txsleuth binary for one case and says in what its diagnosis differs from what the case expects.

import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const BINARY = process.env.TXSLEUTH_BIN
  ? resolve(process.env.TXSLEUTH_BIN)
  : fileURLToPath(new URL('../../target/release/txsleuth', import.meta.url));
const PATIENCE_SECONDS = 60;

// Answers with the list of differences, empty where all is as expected.
export async function run(world, { arrange }, bundle) {
  await world.reset();
  const { args, config, expect, secrets = [] } = await arrange(world);
  const path = await world.config(config);
  const outcome = await txsleuth(
    ['check', ...args, '--config', basename(path), '--format', 'json', '--bundle', resolve(bundle)],
    // From its folder, so that no path of this machine gets into the bundle.
    { cwd: dirname(path), env: world.environment() },
  );
  return [...differences(outcome, expect), ...await leaks(bundle, [...world.secrets(), ...secrets])];
}

// Offline, and without a secret to be had.
export async function verify(bundle) {
  const { exit, stdout, stderr } = await txsleuth(['verify', resolve(bundle)]);
  return exit === 0 ? [] : [`verify: expected exit 0, got ${exit}\n${stdout}${stderr}`];
}

// What `sources` says of each service of a configuration, by the service's name.
export async function states(world, overrides) {
  const path = await world.config(overrides);
  const { stdout } = await txsleuth(
    ['sources', '--config', basename(path), '--format', 'json'],
    { cwd: dirname(path), env: world.environment() },
  );
  const secret = world.secrets().find((value) => stdout.includes(value));
  if (secret) throw new Error('sources prints a secret');
  return Object.fromEntries(JSON.parse(stdout).map(({ service, state }) => [service, state]));
}

export async function txsleuth(args, { cwd, env } = {}) {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(BINARY, args, {
    cwd, env: { PATH, HOME, ...(TMPDIR && { TMPDIR }), NO_COLOR: '1', ...env }, stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_SECONDS * 1000, killSignal: 'SIGKILL',
  });
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8').on('data', (text) => { written[stream] += text; });
  }
  const exit = await new Promise((ended, failed) => {
    child.on('error', (error) => failed(new Error(`${BINARY} does not run: ${error.message}`)));
    child.on('close', (code, signal) => ended(code ?? signal));
  });
  return { exit, ...written };
}

function differences({ exit, stdout, stderr }, expected) {
  const found = [];
  const same = (what, wanted, got) => {
    if (wanted !== got) found.push(`${what}: expected ${wanted}, got ${got}`);
  };
  same('exit', expected.exit ?? 0, exit);
  const document = parsed(stdout);
  if (document) {
    const codes = document.findings?.map(({ code }) => code) ?? [];
    same('schema', 'txsleuth.diagnosis/1', document.schema);
    same('verdict', expected.verdict, document.verdict);
    same('decisive code', expected.code, document.findings?.find(({ decisive }) => decisive)?.code);
    if ('responsible' in expected) same('responsible', expected.responsible, document.responsible ?? null);
    same('confidence', expected.confidence ?? 'reported', document.confidence); // most worlds have one source a chain
    for (const code of expected.codes ?? []) {
      if (!codes.includes(code)) found.push(`findings: expected ${code} among ${codes.join(', ') || 'none'}`);
    }
    if (expected.only) same('findings', [expected.code, ...expected.only].sort().join(), codes.sort().join());
  } else {
    found.push(`stdout is not one JSON document: ${stdout.slice(0, 200) || 'it is empty'}`);
  }
  return found.length > 0 ? [...found, ...circumstances(document, stderr)] : [];
}

// What somebody who reads a failed run asks next.
function circumstances(document, stderr) {
  return [
    document?.headline && `headline: ${document.headline}`,
    ...(document?.findings ?? []).map(({ code, decisive }) => `finding: ${code}${decisive ? ' (decisive)' : ''}`),
    ...(document?.gaps ?? []).map(({ question, source, why }) => `gap: ${question} of ${source}: ${why}`),
    stderr && `stderr: ${stderr.trim()}`,
  ].filter(Boolean);
}

async function leaks(folder, secrets) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => null);
  if (!entries) return [`no bundle was written to ${basename(folder)}`];
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const contents = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return files
    .filter((_, index) => secrets.some((secret) => contents[index].includes(secret)))
    .map((file) => `a secret stands in ${basename(file)}`);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
