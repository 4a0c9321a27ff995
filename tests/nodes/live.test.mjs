// Every case against live nodes; then its bundle, offline.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { cases } from './cases.mjs';
import { run, states, verify } from './run.mjs';
import { World } from './world.mjs';

let world;
let bundles;

before(async () => {
  bundles = await mkdtemp(join(tmpdir(), 'txsleuth-bundles-'));
  world = await World.start();
});

after(async () => {
  await world?.stop();
  if (bundles) await rm(bundles, { recursive: true, force: true });
});

for (const entry of cases) {
  test(`${entry.name}: ${entry.title}`, async () => {
    const bundle = join(bundles, entry.name);
    fits(await run(world, entry, bundle));
    fits(await verify(bundle));
  });
}

test('sources: tells who answers, and who follows another chain', async () => {
  await world.reset();
  const answering = { 'network.bitcoin.0': 'ok', 'network.ethereum.0': 'ok', ledger: 'answers', desk: 'answers' };
  assert.deepEqual(await states(world), answering);
  const wrong = await states(world, { network: { ethereum: { chain_id: 1 } } });
  assert.deepEqual(wrong, { ...answering, 'network.ethereum.0': 'wrong chain' });
});

function fits(differences) {
  assert.ok(differences.length === 0, differences.join('\n'));
}
