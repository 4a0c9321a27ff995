// Records cases as fixtures: node record.mjs [NAME…], all without a name.

import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { cases } from './cases.mjs';
import { run, verify } from './run.mjs';
import { RECORDING_PORTS, World } from './world.mjs';

const FIXTURES = new URL('../../fixtures/', import.meta.url);

const names = process.argv.slice(2);
const unknown = names.filter((name) => !cases.some((entry) => entry.name === name));
if (unknown.length > 0) {
  console.error(`no such case: ${unknown.join(', ')}\ncases: ${cases.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

for (const entry of cases.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const differences = await record(entry);
  console.log(`${differences.length === 0 ? 'recorded' : 'REFUSED'}  ${entry.name}`);
  differences.forEach((difference) => console.log(`    ${difference.replaceAll('\n', '\n    ')}`));
  if (differences.length > 0) process.exitCode = 1;
}

async function record(entry) {
  const folder = fileURLToPath(new URL(entry.name, FIXTURES));
  await rm(folder, { recursive: true, force: true });
  const differences = await attempt(entry, folder).catch((error) => [error.stack]);
  if (differences.length > 0) await rm(folder, { recursive: true, force: true });
  return differences;
}

// In a world of its own, so that a fixture is the same whichever cases are recorded with it.
async function attempt(entry, folder) {
  const world = await World.start({ ports: RECORDING_PORTS });
  try {
    const differences = await run(world, entry, folder);
    return differences.length > 0 ? differences : await verify(folder);
  } finally {
    await world.stop();
  }
}
