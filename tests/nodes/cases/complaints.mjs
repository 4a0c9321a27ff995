// Complaints as people write them: the words are read, what must not be kept is removed, and what is no transfer's
// matter goes to whom it belongs.

import { ago } from '../exchange.mjs';
import { complain, HALF_AN_HOUR } from './common.mjs';

const MISSED = { verdict: 'platform-action', code: 'deposit-missed', responsible: 'platform' };
const ELSEWHERE = { verdict: 'customer-action', code: 'not-a-transfer-case', responsible: 'customer' };
// The first test vector of BIP-39: anybody's, and nobody's.
const PHRASE = `${'abandon '.repeat(11)}about`;

export const complaints = [
  {
    name: 'complaint-chinese',
    title: 'A complaint in Chinese prose, with the transaction in a link',
    arrange: async (world) => {
      const customer = await world.customer('A-2501');
      const { txid } = await world.payUsdt(customer.ethereum, '520', HALF_AN_HOUR);
      const body = `你好,我昨天从钱包转了520个USDT到你们交易所,走的是ERC20,到现在还没到账。\n`
        + `链接:https://etherscan.io/tx/${txid}\n请尽快处理,我的邮箱是 wang@shop.example,谢谢!`;
      complain(world, customer, { id: 'ZD-2501', opened: { minutes: 20 }, subject: '充值未到账', body, language: 'zh' });
      return { args: ['ZD-2501'], expect: MISSED, secrets: ['wang@shop.example'] };
    },
  },
  {
    name: 'complaint-korean',
    title: 'A complaint in Korean prose, with the amount and the TXID among other numbers',
    arrange: async (world) => {
      const customer = await world.customer('A-2502');
      const { txid } = await world.payUsdt(customer.ethereum, '1200', HALF_AN_HOUR);
      const body = `안녕하세요. 어제 개인지갑에서 테더 1,200개를 ERC20으로 입금했는데 아직 반영이 안 됐습니다.\n`
        + `주문번호 20261122-0091, 수수료 3 USDT 였고 TXID는 ${txid} 입니다. 연락처 010-1234-5678`;
      complain(world, customer, { id: 'ZD-2502', opened: { minutes: 20 }, subject: '입금 미반영', body, language: 'ko' });
      return { args: ['ZD-2502'], expect: MISSED, secrets: ['010-1234-5678'] };
    },
  },
  {
    name: 'secret-in-ticket',
    title: 'A complaint into which the customer pasted the recovery phrase of the wallet',
    arrange: async (world) => {
      const customer = await world.customer('A-2503');
      const { txid } = await world.payUsdt(customer.ethereum, '530', HALF_AN_HOUR);
      const body = `My deposit of 530 USDT is missing, hash ${txid}. To prove that it is my wallet, `
        + `the recovery phrase is: ${PHRASE}. Please hurry.`;
      complain(world, customer, { id: 'ZD-2503', opened: { minutes: 20 }, subject: 'Missing deposit', body });
      return { args: ['ZD-2503'], expect: { ...MISSED, codes: ['secret-in-ticket'] }, secrets: ['abandon abandon'] };
    },
  },
  {
    name: 'not-a-transfer-case',
    title: 'A complaint about a bank transfer',
    arrange: async (world) => {
      const customer = await world.customer('A-2504');
      const body = 'I sent 300 EUR by SEPA bank transfer to top up my account two days ago. The bank says that the '
        + 'wire was executed, and my euro balance still shows nothing.';
      complain(world, customer, { id: 'ZD-2504', opened: { hours: 3 }, subject: 'Bank deposit not credited', body });
      return { args: ['ZD-2504'], expect: ELSEWHERE };
    },
  },
  {
    name: 'withdrawal-unauthorised',
    title: 'A withdrawal that the customer did not make, sent and delivered',
    arrange: async (world) => {
      const customer = await world.customer('A-2505');
      const thief = await world.outsider('who took it');
      const payment = await world.payUsdt(thief.ethereum, '540', HALF_AN_HOUR);
      world.order(payment, customer, {
        status: 'completed', requested_at: ago({ minutes: 40 }), broadcast_at: ago({ minutes: 31 }),
        completed_at: ago({ minutes: 25 }),
      });
      const body = `My account was hacked! Somebody made a withdrawal of 540 USDT that I did not authorise: `
        + `${payment.txid}. I never made this withdrawal. Please stop it and freeze my account.`;
      complain(world, customer, { id: 'ZD-2505', opened: { minutes: 10 }, subject: 'Account hacked, unauthorized withdrawal', body });
      return {
        args: ['ZD-2505'],
        expect: { verdict: 'platform-action', code: 'withdrawal-unauthorised', responsible: 'platform' },
      };
    },
  },
];
