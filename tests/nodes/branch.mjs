// Blocks with nothing in them but their coinbase, which make a branch that competes with a bcoin node's own.

import bcoin from './bcoin.mjs';

const { Address, Block, Input, Output, Script, TX } = bcoin;

const VERSION = 0x20000000; // signals nothing: BIP 9
const EVENS_OUT = '207fffff'; // every other hash will do: regtest's difficulty, which never changes
const REGTEST = 'regtest';

// Above `parent`, a hash as people write it.
export function emptyBlock({ parent, height, time, to }) {
  const block = new Block();
  block.version = VERSION;
  block.prevBlock = Buffer.from(parent, 'hex').reverse().toString('hex');
  block.time = time;
  block.bits = parseInt(EVENS_OUT, 16);
  block.txs.push(coinbase(height, to));
  block.merkleRoot = block.createMerkleRoot('hex');
  while (!block.verifyPOW()) {
    block.nonce += 1;
    block.refresh();
  }
  return { hash: block.rhash(), raw: block.toRaw().toString('hex') };
}

// It takes no reward; a branch is made to be followed, not to be spent from. The height stands in it by BIP 34.
function coinbase(height, to) {
  const input = new Input();
  input.script = new Script().pushInt(height).pushData(Buffer.from('another branch')).compile();
  const output = new Output();
  output.script = Script.fromAddress(Address.fromString(to, REGTEST));
  const tx = new TX();
  tx.inputs.push(input);
  tx.outputs.push(output);
  tx.refresh();
  return tx;
}
