// Compiles contracts/*.sol and encodes calls to them, so that no bytecode is kept in the repository.

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const FOLDER = new URL('./contracts/', import.meta.url);

let compiled = null;

// Compiling takes about a second; every world of one process shares the outcome.
export function contract(name) {
  compiled ??= compile();
  return compiled[name];
}

export function callData(name, signature, types, values) {
  const selector = contract(name).selectors[signature];
  if (!selector) throw new Error(`${name} has no function ${signature}`);
  return `0x${selector}${encode(types, values)}`;
}

export function creationCode(name, types, values) {
  return `0x${contract(name).bytecode}${encode(types, values)}`;
}

function compile() {
  const solc = createRequire(import.meta.url)('solc');
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.sol'));
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(files.map((file) => [file, { content: readFileSync(new URL(file, FOLDER), 'utf8') }])),
    settings: {
      outputSelection: { '*': { '*': ['evm.bytecode.object', 'evm.deployedBytecode.object', 'evm.methodIdentifiers'] } },
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input)));
  if (output.errors?.length) throw new Error(output.errors.map((error) => error.formattedMessage).join('\n'));
  const built = files.flatMap((file) => Object.entries(output.contracts[file]));
  return Object.fromEntries(built.map(([name, { evm }]) => [
    name,
    { bytecode: evm.bytecode.object, deployed: evm.deployedBytecode.object, selectors: evm.methodIdentifiers },
  ]));
}

function encode(types, values) {
  const heads = [];
  const tails = [];
  let offset = 32 * types.length;
  types.forEach((type, index) => {
    if (type !== 'string' && type !== 'bytes') return heads.push(word(values[index]));
    const value = values[index];
    const tail = padded(type === 'bytes' ? Buffer.from(value.slice(2), 'hex') : Buffer.from(value, 'utf8'));
    heads.push(word(offset));
    tails.push(tail);
    offset += tail.length / 2;
  });
  return [...heads, ...tails].join('');
}

function word(value) {
  return BigInt(value).toString(16).padStart(64, '0');
}

function padded(bytes) {
  const whole = Buffer.alloc(Math.ceil(bytes.length / 32) * 32);
  bytes.copy(whole);
  return word(bytes.length) + whole.toString('hex');
}
