// The hash of an Ethereum block, for those who lie well: whoever changes a header changes its hash as well.

import './bcoin.mjs'; // sets up what the next one needs
import { createRequire } from 'node:module';

const keccak256 = createRequire(import.meta.url)('bcrypto/lib/keccak256');

const FIELDS = [
  'parentHash', 'sha3Uncles', 'miner', 'stateRoot', 'transactionsRoot', 'receiptsRoot', 'logsBloom', 'difficulty',
  'number', 'gasLimit', 'gasUsed', 'timestamp', 'extraData', 'mixHash', 'nonce', 'baseFeePerGas', 'withdrawalsRoot',
  'blobGasUsed', 'excessBlobGas', 'parentBeaconBlockRoot', 'requestsHash',
];

const NUMBERS = [
  'difficulty', 'number', 'gasLimit', 'gasUsed', 'timestamp', 'baseFeePerGas', 'blobGasUsed', 'excessBlobGas',
];

// The block with the hash that follows from its header.
export function rehashed(block) {
  const fields = FIELDS.filter((name) => block[name] !== undefined && block[name] !== null);
  const header = Buffer.concat(fields.map((name) => item(bytes(name, block[name]))));
  return { ...block, hash: `0x${keccak256.digest(list(header)).toString('hex')}` };
}

function bytes(name, value) {
  const digits = NUMBERS.includes(name) ? value.slice(2).replace(/^0+/, '') : value.slice(2);
  return Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex');
}

// RLP, as far as headers need it.
function item(content) {
  if (content.length === 1 && content[0] < 0x80) return content;
  return Buffer.concat([prefix(content.length, 0x80), content]);
}

function list(content) {
  return Buffer.concat([prefix(content.length, 0xc0), content]);
}

function prefix(length, from) {
  if (length < 56) return Buffer.from([from + length]);
  const size = bytes('number', `0x${length.toString(16)}`);
  return Buffer.concat([Buffer.from([from + 55 + size.length]), size]);
}
