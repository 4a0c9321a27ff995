// Identifiers under which there is no transaction.

import { createHash } from 'node:crypto';
import { claim, complain, HALF_AN_HOUR } from './common.mjs';

const NOBODYS = `0x${createHash('sha256').update('another transaction that nobody sent').digest('hex')}`;

const A_BLOCK = { verdict: 'customer-action', code: 'block-hash-given', responsible: 'customer' };

export const identifiers = [
  {
    name: 'not-found-with-ledger',
    title: 'A well-formed TXID that neither the chain nor the ledger knows',
    arrange: async (world) => {
      const other = await world.customer('B-2014');
      await world.payEther(other.ethereum, '1', HALF_AN_HOUR); // a node whose head is old could not say no
      return {
        args: [`0x${createHash('sha256').update('a transaction that nobody sent').digest('hex')}`],
        expect: { verdict: 'customer-action', code: 'transaction-not-found', responsible: 'customer' },
      };
    },
  },
  {
    name: 'internal-id-given',
    title: 'An id of another exchange\'s own, which neither desk nor ledger knows',
    arrange: async () => ({
      args: ['6f1c1d2e-9b1a-4c56-8f70-0123456789ab'],
      expect: { verdict: 'customer-action', code: 'internal-id-given', responsible: 'customer' },
    }),
  },
  {
    name: 'off-chain-transfer',
    title: 'What another exchange shows instead of a TXID for a transfer inside its own books',
    arrange: async () => ({
      args: ['Internal transfer 51376627901'],
      expect: { verdict: 'platform-action', code: 'off-chain-transfer', responsible: 'sending-platform' },
    }),
  },
  {
    name: 'block-hash-given',
    title: 'The hash of the block that holds the payment, taken from an explorer\'s page',
    arrange: async (world) => {
      const customer = await world.customer('A-2201');
      const { height } = await world.payUsdt(customer.ethereum, '50', HALF_AN_HOUR);
      const { hash } = await world.ethereum.node.rpc('eth_getBlockByNumber', `0x${height.toString(16)}`, false);
      return { args: [hash, '--account', customer.account], expect: A_BLOCK };
    },
  },
  {
    name: 'bitcoin-block-hash-given',
    title: 'The hash of a Bitcoin block; the network is not told',
    arrange: async (world) => {
      const customer = await world.customer('A-2202');
      await world.payBitcoin(customer.bitcoin, '0.51', { confirmations: 4 });
      return { args: [await world.bitcoin.rpc('getbestblockhash'), '--account', customer.account], expect: A_BLOCK };
    },
  },
  {
    name: 'bitcoin-txid-byte-reversed',
    title: 'A Bitcoin TXID from a database export, with its bytes the wrong way round',
    arrange: async (world) => {
      const customer = await world.customer('A-2203');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.52', { confirmations: 4 });
      return {
        args: [Buffer.from(txid, 'hex').reverse().toString('hex'), ...claim(customer, 'BTC', '0.52')],
        expect: {
          verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform', codes: ['txid-byte-reversed'],
        },
      };
    },
  },
  {
    name: 'txid-malformed',
    title: 'A TXID as a wallet shows it, cut in the middle',
    arrange: async () => ({
      args: ['0x4d5f2a9c…5c6d7e8f'],
      expect: { verdict: 'customer-action', code: 'txid-malformed', responsible: 'customer' },
    }),
  },
  {
    name: 'address-given-instead-of-txid',
    title: 'The deposit address where the TXID should be',
    arrange: async (world) => ({
      args: [(await world.customer('A-2204')).ethereum],
      expect: { verdict: 'customer-action', code: 'address-given-instead-of-txid', responsible: 'customer' },
    }),
  },
  {
    name: 'no-txid-given',
    title: 'A ticket that names no transaction at all',
    arrange: async (world) => {
      complain(world, await world.customer('A-2205'), {
        id: 'ZD-48301', subject: 'Where is my money', opened: { hours: 2 }, body: 'I sent it this morning. Please help!',
      });
      return {
        args: ['ZD-48301'],
        expect: { verdict: 'customer-action', code: 'no-txid-given', responsible: 'customer' },
      };
    },
  },
  {
    name: 'txid-normalised',
    title: 'A link to an explorer, in upper case and with a full stop behind it',
    arrange: async (world) => {
      const customer = await world.customer('A-2206');
      const { txid } = await world.payUsdt(customer.ethereum, '55', HALF_AN_HOUR);
      return {
        args: [`https://etherscan.io/tx/0x${txid.slice(2).toUpperCase()}.`, ...claim(customer, 'USDT', '55')],
        expect: {
          verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform', codes: ['txid-normalised'],
        },
      };
    },
  },
  {
    name: 'not-found-unproven',
    title: 'A TXID that the only source does not know, and no ledger to ask',
    arrange: async (world) => {
      const customer = await world.customer('A-2207');
      await world.payEther(customer.ethereum, '1', HALF_AN_HOUR);
      return {
        args: [NOBODYS],
        config: { ledger: { kind: 'none', url: null, token_env: null } },
        expect: { verdict: 'inconclusive', code: 'not-found-unproven', responsible: 'nobody-yet' },
      };
    },
  },
  {
    name: 'user-operation-hash-given',
    title: 'The hash of a smart account\'s operation, which a bundler\'s transaction carried out',
    arrange: async (world) => {
      const { customer, operation } = await paidByPurse(world, 'A-2208', 'operate', '7');
      return {
        args: [operation, ...claim(customer, 'USDT', '7')],
        expect: {
          verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform',
          codes: ['user-operation-hash-given', 'scanner-blind-spot'],
        },
      };
    },
  },
  {
    name: 'wtxid-given',
    title: 'The witness hash of a Bitcoin payment, as a wallet shows it',
    arrange: async (world) => {
      const customer = await world.customer('A-2210');
      const { txid } = await world.payBitcoin(customer.bitcoin, '0.61', { confirmations: 4 });
      return {
        args: [await world.bitcoin.witnessHash(txid), '--network', 'bitcoin', ...claim(customer, 'BTC', '0.61')],
        config: world.withExplorer(),
        expect: {
          verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform', confidence: 'proven',
          codes: ['wtxid-given'],
        },
      };
    },
  },
  {
    name: 'safe-tx-hash-given',
    title: 'The hash under which the owners of a Safe signed',
    arrange: async (world) => {
      const { customer, operation } = await paidByPurse(world, 'A-2209', 'execute', '8');
      return {
        args: [operation, ...claim(customer, 'USDT', '8')],
        expect: { verdict: 'customer-action', code: 'safe-tx-hash-given', responsible: 'customer' },
      };
    },
  },
];

// A payment by a contract on behalf of its owner, and the hash that the contract's own event names.
async function paidByPurse(world, account, way, amount) {
  const customer = await world.customer(account);
  const purse = await world.filledPurse();
  const payment = [world.ethereum.usdt.address, customer.ethereum, BigInt(amount) * 1_000_000n];
  const types = ['address', 'address', 'uint256'];
  const { receipt } = await world.happen(
    () => purse.send(`${way}(address,address,uint256)`, types, payment, { gas: 200_000 }), HALF_AN_HOUR,
  );
  return { customer, operation: receipt.logs.at(-1).topics[1] };
}
