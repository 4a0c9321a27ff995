// A Solana node over the real runtime (litesvm, in this process): transactions are built, signed and run as on the chain,
// and told in the shapes of Solana's JSON-RPC, https://solana.com/docs/rpc, whose types are those of @solana/rpc-types.
// Slots and their hashes are made up, for the runtime has no blocks.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import * as system from '@solana-program/system';
import * as token from '@solana-program/token';
import * as kit from '@solana/kit';
import { FailedTransactionMetadata, LiteSVM } from 'litesvm';
import { units } from './ethereum.mjs';
import { read, reply } from './json-api.mjs';

export const SOL = 1_000_000_000n;
export const TOKEN_2022 = 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb';
const MEMO = 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr';
const METAPLEX = 'metaqbxxUerdq28cj1RbAWkYQm3ybzjb6a8bt518x1s';
const WRAPPED_SOL = 'So11111111111111111111111111111111111111112';
const CLOCK = 'SysvarC1ock11111111111111111111111111111111';
const HEAD = 300_000_000;
const UNTIL_FINALIZED = 32;
const SLOTS_A_MINUTE = 150;
const FEE = 5000n;
const DECIMALS = 6;
const MINT_BYTES = 82n;
const MINT_WITH_FEE_BYTES = 278n;

// rpc_client_api::custom_error of Agave, also in @solana/errors.
export const NODE_ERRORS = {
  blockNotAvailable: [-32004, 'Block not available for slot 299995500'],
  unhealthy: [-32005, 'Node is behind by 1200 slots'],
  slotMissing: [-32009, 'Slot 299995500 was skipped, or missing in long-term storage'],
  noHistory: [-32011, 'Transaction history is not available from this node'],
  versionUnsupported: [-32015, 'Transaction version (2) is not supported by the requesting client. '
    + 'Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": 2'],
};

const base58 = kit.getBase58Decoder();
const hash = (text) => base58.decode(createHash('sha256').update(text).digest());

export class Solana {
  genesis = hash('the first block of a chain for tests');
  #servers = [];

  // One chain behind two ports, which are two operators to whoever asks.
  static async start({ ports = [0, 0] } = {}) {
    const solana = new Solana();
    for (const port of ports) {
      const server = createServer((request, response) => solana.#serve(request, response));
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      solana.#servers.push(server);
    }
    solana.urls = solana.#servers.map((server) => `http://127.0.0.1:${server.address().port}`);
    await solana.reset();
    return solana;
  }

  async stop() {
    await Promise.all(this.#servers.map(async (server) => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }));
  }

  // An empty chain but for a rich payer and two tokens.
  async reset() {
    this.svm = new LiteSVM().withNativeMints();
    this.known = new Map();
    this.firstSlot = 0; // of those that the node keeps
    this.lie = (method, params, result) => result; // an answer instead, or { refused: [code, message] }
    this.payer = await signer('the payer');
    this.svm.airdrop(this.payer.address, kit.lamports(100_000n * SOL));
    this.usdt = await this.token('USDT');
    this.usdc = await this.token('USDC');
  }

  height() {
    return HEAD;
  }

  // The address of a wallet, which follows from its name.
  async address(name) {
    return (await signer(`${name} on solana`)).address;
  }

  async wallet(name) {
    return signer(`${name} on solana`);
  }

  // A token of the payer's, who holds a lot of it; `fee` in hundredths of a per cent makes it one of Token-2022 that
  // withholds a fee.
  async token(name, { fee } = {}) {
    const mint = await signer(`the token ${name}`);
    const program = fee ? TOKEN_2022 : token.TOKEN_PROGRAM_ADDRESS;
    const space = fee ? MINT_WITH_FEE_BYTES : MINT_BYTES;
    const lamports = this.svm.minimumBalanceForRentExemption(space);
    const { payer } = this;
    const made = { symbol: name, address: mint.address, program };
    const setUp = { mint: mint.address, decimals: DECIMALS, mintAuthority: payer.address };
    await this.send([
      system.getCreateAccountInstruction({ payer, newAccount: mint, lamports, space, programAddress: program }),
      ...fee ? [withheldFee(mint.address, payer.address, fee)] : [],
      token.getInitializeMint2Instruction(setUp, { programAddress: program }),
    ]);
    const source = await this.tokenAccount(made, payer.address);
    await this.send([
      await this.#makeAccount(made, payer.address),
      token.getMintToInstruction(
        { mint: mint.address, token: source, mintAuthority: payer, amount: 10n ** 15n }, { programAddress: program }),
    ]);
    return made;
  }

  // The record that says what a token calls itself, as Metaplex's program keeps it.
  async name(made, symbol) {
    const key = kit.getAddressEncoder();
    const seeds = ['metadata', key.encode(METAPLEX), key.encode(made.address)];
    const [address] = await kit.getProgramDerivedAddress({ programAddress: METAPLEX, seeds });
    const text = (value, length) => [Buffer.from([length, 0, 0, 0]), Buffer.alloc(length, Buffer.from(`${value}\0`)).fill(0, value.length)];
    const data = Buffer.concat([
      Buffer.from([4]), key.encode(this.payer.address), key.encode(made.address), ...text(`${symbol} coin`, 32),
      ...text(symbol, 10), Buffer.alloc(250),
    ]);
    this.svm.setAccount({
      address, data, executable: false, lamports: SOL, programAddress: METAPLEX, space: BigInt(data.length),
    });
  }

  async tokenAccount(made, owner) {
    const [address] = await token.findAssociatedTokenPda({ owner, mint: made.address, tokenProgram: made.program });
    return address;
  }

  async #makeAccount(made, owner) {
    const ata = await this.tokenAccount(made, owner);
    const about = { payer: this.payer, ata, owner, mint: made.address, tokenProgram: made.program };
    return token.getCreateAssociatedTokenIdempotentInstruction(about);
  }

  // Payments; `when` says how long ago, how far along, and with what memo.
  async payCoin(to, amount, when) {
    const { payer: source } = this;
    const pay = system.getTransferSolInstruction({ source, destination: to, amount: units(amount, 9) });
    return { network: 'solana', asset: 'SOL', address: to, amount, ...await this.send([pay], when) };
  }

  // To a wallet, whose token account is made where it has none; or to a token account by its `at`.
  async payToken(made, to, amount, { at, ...when } = {}) {
    const { payer: authority } = this;
    const [source, destination] = [await this.tokenAccount(made, authority.address), at ?? await this.tokenAccount(made, to)];
    const amounts = { amount: units(amount, DECIMALS), decimals: DECIMALS };
    const pay = token.getTransferCheckedInstruction(
      { source, mint: made.address, destination, authority, ...amounts }, { programAddress: made.program });
    const sent = await this.send([await this.#makeAccount(made, to), pay], when);
    return { network: 'solana', asset: made.symbol, address: to, amount, ...sent };
  }

  // From a wallet that has an account for the token and nothing in it.
  async failToPayToken(made, to, amount, when) {
    const poor = await signer('somebody without tokens');
    await this.send([await this.#makeAccount(made, poor.address), await this.#makeAccount(made, to)]);
    const transfer = token.getTransferInstruction({
      source: await this.tokenAccount(made, poor.address), destination: await this.tokenAccount(made, to),
      authority: poor, amount: units(amount, DECIMALS),
    });
    return { network: 'solana', asset: made.symbol, address: to, amount, ...await this.send([transfer], when) };
  }

  // From a wallet that has just enough for the fee.
  async failToPayCoin(to, amount, when) {
    const poor = await signer('somebody without coin');
    await this.payCoin(poor.address, '0.1');
    const pay = system.getTransferSolInstruction({ source: poor, destination: to, amount: units(amount, 9) });
    return { network: 'solana', asset: 'SOL', address: to, amount, ...await this.send([pay], { ...when, payer: poor }) };
  }

  // Lets somebody take tokens of the payer's.
  async approve(made, delegate, amount) {
    const source = await this.tokenAccount(made, this.payer.address);
    return this.send([token.getApproveInstruction({ source, delegate, owner: this.payer, amount: units(amount, DECIMALS) })]);
  }

  // Coin that arrives as the token which stands for it.
  async payWrapped(to, amount, when) {
    const made = { symbol: 'SOL', address: WRAPPED_SOL, program: token.TOKEN_PROGRAM_ADDRESS };
    const destination = await this.tokenAccount(made, to);
    const lamports = units(amount, 9);
    const sent = await this.send([
      await this.#makeAccount(made, to),
      system.getTransferSolInstruction({ source: this.payer, destination, amount: lamports }),
      token.getSyncNativeInstruction({ account: destination }),
    ], when);
    return { network: 'solana', asset: 'SOL', address: to, amount, ...sent };
  }

  // Runs a transaction. `until` is how far it has come: finalized, confirmed, processed, or lost after it was signed.
  async send(instructions, { minutes = 60, until = 'finalized', memo, version = 0, payer = this.payer } = {}) {
    const memos = memo === undefined ? [] : [{ programAddress: MEMO, accounts: [], data: Buffer.from(memo) }];
    const message = kit.pipe(
      kit.createTransactionMessage({ version }),
      (empty) => kit.setTransactionMessageFeePayerSigner(payer, empty),
      (paid) => this.svm.setTransactionMessageLifetimeUsingLatestBlockhash(paid),
      (living) => kit.appendTransactionMessageInstructions([...memos, ...instructions], living),
    );
    const signed = await kit.signTransactionMessageWithSigners(message);
    const txid = kit.getSignatureFromTransaction(signed);
    if (until === 'lost') return { txid };
    const slot = { finalized: HEAD - minutes * SLOTS_A_MINUTE, confirmed: HEAD - 2, processed: HEAD + 1 }[until];
    this.known.set(txid, { until, ...this.#run(signed, txid, slot) });
    return { txid };
  }

  #run(signed, txid, slot) {
    const message = kit.getCompiledTransactionMessageDecoder().decode(signed.messageBytes);
    const accounts = message.staticAccounts;
    const before = this.#balances(accounts);
    const outcome = this.svm.sendTransaction(signed);
    this.svm.expireBlockhash(); // so that the same payment can be made twice
    const failed = outcome instanceof FailedTransactionMetadata;
    const meta = failed ? outcome.meta() : outcome;
    const after = this.#balances(accounts);
    const err = failed ? errorOf(outcome) : null;
    return {
      slot, blockTime: timeOf(slot), version: message.version,
      transaction: { signatures: Object.values(signed.signatures).map((bytes) => base58.decode(bytes)), message: told(message) },
      meta: {
        err, status: err === null ? { Ok: null } : { Err: err },
        fee: Number(FEE * BigInt(Object.keys(signed.signatures).length)),
        preBalances: before.coin, postBalances: after.coin,
        preTokenBalances: before.tokens, postTokenBalances: after.tokens,
        innerInstructions: innerOf(meta.innerInstructions()), logMessages: meta.logs(), rewards: [],
        loadedAddresses: { writable: [], readonly: [] }, computeUnitsConsumed: Number(meta.computeUnitsConsumed()),
      },
    };
  }

  // As the node collects them: tokens only where a token program takes part.
  #balances(accounts) {
    const coin = accounts.map((address) => Number(this.svm.getBalance(address) ?? 0n));
    const programs = [token.TOKEN_PROGRAM_ADDRESS, TOKEN_2022];
    const takesPart = accounts.some((address) => programs.includes(address));
    const tokens = accounts.flatMap((address, accountIndex) => {
      const account = this.svm.getAccount(address);
      const holds = account.exists && programs.includes(account.programAddress) && account.data.length >= 165 && account.data[108] > 0;
      return takesPart && holds && !isMint(account.data) ? [{ accountIndex, ...this.#held(account) }] : [];
    });
    return { coin, tokens };
  }

  #held({ data, programAddress }) {
    const bytes = Buffer.from(data);
    const mint = base58.decode(bytes.subarray(0, 32));
    const amount = bytes.readBigUInt64LE(64);
    const decimals = this.svm.getAccount(mint).data[44];
    const shown = Number(amount) / 10 ** decimals;
    return {
      mint, owner: base58.decode(bytes.subarray(32, 64)), programId: programAddress,
      uiTokenAmount: { amount: String(amount), decimals, uiAmount: shown, uiAmountString: String(shown) },
    };
  }

  async #serve(request, response) {
    const asked = JSON.parse(await read(request));
    const answers = [asked].flat().map((call) => this.#answer(call));
    reply(response, 200, Array.isArray(asked) ? answers : answers[0]);
  }

  #answer({ id, method, params }) {
    const result = this.lie(method, params, this.#honest(method, params));
    if (!result?.refused) return { jsonrpc: '2.0', result, id };
    const [code, message] = result.refused;
    return { jsonrpc: '2.0', error: { code, message }, id };
  }

  #honest(method, params = []) {
    const context = { apiVersion: '3.0.0', slot: HEAD };
    const slots = { confirmed: HEAD, finalized: HEAD - UNTIL_FINALIZED };
    switch (method) {
      case 'getGenesisHash': return this.genesis;
      case 'getHealth': return 'ok';
      case 'getFirstAvailableBlock': return this.firstSlot;
      case 'getSlot': return slots[params[0]?.commitment ?? 'finalized'];
      case 'getBlock': return { blockhash: hash(`slot ${params[0]}`), previousBlockhash: hash(`slot ${params[0] - 1}`),
        parentSlot: params[0] - 1, blockHeight: params[0] - 20_000_000, blockTime: timeOf(params[0]) };
      case 'getAccountInfo': return { context, value: this.#account(params[0]) };
      case 'getMultipleAccounts': return { context, value: params[0].map((address) => this.#account(address, params[1])) };
      case 'getTransaction': return this.#transaction(...params);
      case 'getSignatureStatuses': return { context, value: params[0].map((txid) => this.#status(txid, params[1])) };
      default: return { refused: [-32601, 'Method not found'] };
    }
  }

  #transaction(txid, { commitment = 'finalized' }) {
    const { until, ...known } = this.known.get(txid) ?? {};
    const reached = until === 'finalized' || (until === 'confirmed' && commitment === 'confirmed');
    return reached && known.slot >= this.firstSlot ? known : null;
  }

  // Without the search nothing but the last few minutes is known.
  #status(txid, { searchTransactionHistory = false } = {}) {
    const { until, slot, meta } = this.known.get(txid) ?? {};
    const recent = slot > HEAD - UNTIL_FINALIZED;
    if (!until || slot < this.firstSlot || !(recent || searchTransactionHistory)) return null;
    const confirmations = { finalized: null, confirmed: 2, processed: 0 }[until];
    return { slot, confirmations, err: meta.err, status: meta.status, confirmationStatus: until };
  }

  #account(address, { dataSlice: { offset, length } = { offset: 0, length: Infinity } } = {}) {
    if (address === CLOCK) {
      const clock = Buffer.alloc(40);
      clock.writeBigUInt64LE(BigInt(HEAD), 0);
      clock.writeBigInt64LE(BigInt(timeOf(HEAD)), 32);
      return accountOf(clock, 'Sysvar1111111111111111111111111111111111111', 1_169_280);
    }
    const account = this.svm.getAccount(address);
    if (!account.exists) return null;
    return accountOf(account.data, account.programAddress, Number(account.lamports), [offset, offset + length]);
  }

  // As the ledger lists them.
  assets() {
    const token = ({ symbol, address }) => ({ asset: symbol, contract: address, decimals: DECIMALS, min_deposit: '1' });
    return [{ asset: 'SOL', decimals: 9, min_deposit: '0.01' }, token(this.usdt), token(this.usdc)];
  }

  // As txsleuth's configuration has it; of one node, or of both.
  settings({ sources = 1 } = {}) {
    const listed = ({ address }) => ({ contract: address, decimals: DECIMALS, min_deposit: '1' });
    return {
      family: 'solana', chain: this.genesis,
      sources: this.urls.slice(0, sources).map((url) => ({ kind: 'solana-rpc', url })),
      assets: {
        SOL: { decimals: 9, variants: { wSOL: WRAPPED_SOL } }, USDT: listed(this.usdt), USDC: listed(this.usdc),
      },
    };
  }
}

function signer(name) {
  return kit.createKeyPairSignerFromPrivateKeyBytes(createHash('sha256').update(name).digest());
}

function accountOf(data, owner, lamports, slice = []) {
  return {
    data: [Buffer.from(data).subarray(...slice).toString('base64'), 'base64'], executable: false, lamports, owner, rentEpoch: 0,
    space: data.length,
  };
}

// 400 milliseconds a slot.
function timeOf(slot) {
  return Math.floor(Date.now() / 1000) - Math.round((HEAD - slot) * 0.4);
}

// A mint with extensions is as long as a token account; the byte behind tells them apart.
function isMint(data) {
  return data.length > 165 && data[165] === 1;
}

// The message in the form `json`.
function told({ header, staticAccounts, lifetimeToken, instructions, version }) {
  return {
    header: {
      numRequiredSignatures: header.numSignerAccounts, numReadonlySignedAccounts: header.numReadonlySignerAccounts,
      numReadonlyUnsignedAccounts: header.numReadonlyNonSignerAccounts,
    },
    accountKeys: staticAccounts, recentBlockhash: lifetimeToken,
    instructions: instructions.map(({ programAddressIndex, accountIndices = [], data = [] }) => (
      { programIdIndex: programAddressIndex, accounts: accountIndices, data: base58.decode(data), stackHeight: 1 })),
    ...version === 0 && { addressTableLookups: [] },
  };
}

function innerOf(all) {
  const call = (inner) => {
    const instruction = inner.instruction();
    return {
      programIdIndex: instruction.programIdIndex(), accounts: [...instruction.accounts()],
      data: base58.decode(instruction.data()), stackHeight: inner.stackHeight(),
    };
  };
  return all.flatMap((calls, index) => (calls.length > 0 ? [{ index, instructions: calls.map(call) }] : []));
}

// The runtime's error as the node tells it: { InstructionError: [0, { Custom: 1 }] }.
function errorOf(failed) {
  const error = failed.err();
  if (!('index' in error)) throw new Error(`no shape for ${failed}`);
  const inner = error.err();
  const custom = inner?.code !== undefined;
  const named = /InstructionError\(\s*\d+,\s*(\w+)/.exec(String(failed));
  return { InstructionError: [error.index, custom ? { Custom: inner.code } : named[1]] };
}

// TransferFeeExtension::InitializeTransferFeeConfig of Token-2022.
function withheldFee(mint, authority, hundredths) {
  const key = kit.getAddressEncoder().encode(authority);
  const numbers = Buffer.alloc(10);
  numbers.writeUInt16LE(hundredths, 0);
  numbers.writeBigUInt64LE(10n ** 12n, 2);
  const data = Buffer.concat([Buffer.from([26, 0, 1]), key, Buffer.from([1]), key, numbers]);
  return { programAddress: TOKEN_2022, accounts: [{ address: mint, role: kit.AccountRole.WRITABLE }], data };
}
