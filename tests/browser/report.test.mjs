// The HTML report of recorded cases in a real browser: in every language and look, and of a hostile world.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { HtmlValidate } from 'html-validate';
import { launch, looks, open } from './browser.mjs';
import { hostile } from './hostile.mjs';
import { active, misplaced, outline } from './layout.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const fixtures = join(here, '../../fixtures');
const binary = resolve(process.env.TXSLEUTH_BIN ?? join(here, '../../target/debug/txsleuth'));
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Cases that differ in what there is to show. */
const cases = [
  'deposit-missed-by-ticket', // a ticket, every check but one
  'below-minimum', // a check in the middle of the path fails
  'bitcoin-cash-waiting', // short of confirmations, expectations ahead, an explorer's link
  'withdrawal-delivered', // the ledger stands first
  'bitcoin-replaced-credited', // two transactions
  'etherscan-refuses-rate-limited', // gaps, an identifier in the headline
  'several-candidates', // no transaction: no path
  'internal-value-untraced', // some answers unknown
];
const languages = { en: 'en', zh: 'zh-Hans', ko: 'ko' };

let browser;
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'txsleuth-pages-'));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** The page of a recorded case, as a file's address. */
async function page(bundle, language, name, ...more) {
  const args = ['check', '--quiet', '--replay', bundle, '--lang', language, '--format', 'html', ...more];
  const { stdout } = await promisify(execFile)(binary, args, { maxBuffer: 1 << 24 }).catch(error => {
    // Exit code 3: a page all the same, of gaps alone.
    if (error.code !== 3) throw error;
    return error;
  });
  const file = join(folder, `${name}-${language}.html`);
  await writeFile(file, stdout);
  return { file, address: pathToFileURL(file).href, text: stdout };
}

const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: { 'long-title': 'off' }, // The headline is the title, however long.
});

async function isValid({ text }) {
  const { results } = await validator.validateString(text);
  const told = results.flatMap(({ messages }) => messages.map(one => `${one.line}:${one.column} ${one.ruleId}: ${one.message}`));
  assert.deepEqual(told, []);
}

async function isAccessible(opened) {
  await opened.evaluate(axe);
  const { violations } = await opened.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const told = violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary}`));
  assert.deepEqual(told, []);
}

async function looksRight(address, look) {
  const tried = await open(browser, address, looks[look], async opened => {
    assert.deepEqual(await opened.evaluate(misplaced), [], look);
    assert.deepEqual(await opened.evaluate(active), [], look);
    // Colours differ in these two; the rest is the same in all.
    if (['light', 'dark'].includes(look)) await isAccessible(opened);
  });
  assert.deepEqual(tried, [], look);
}

/** Parts that every page has, in their order; others may stand between them. */
const order = ['h1', 'path-of-payment', 'checks', 'transaction', 'transfers', 'ledger', 'candidates', 'also', 'actions', 'gaps', 'sources'];

for (const name of cases) {
  for (const [language, tag] of Object.entries(languages)) {
    test(`${name} in ${language}`, async () => {
      const made = await page(join(fixtures, name), language, name);
      await isValid(made);
      for (const look of Object.keys(looks)) await looksRight(made.address, look);
      await open(browser, made.address, looks.light, async opened => {
        assert.equal(await opened.getAttribute('html', 'lang'), tag);
        const parts = (await opened.evaluate(outline)).map(id => id.replace(/^(transaction)-\d+$/, '$1'));
        const places = parts.map(id => order.indexOf(id));
        assert.ok(!places.includes(-1), parts.join(' '));
        assert.deepEqual(places, places.toSorted((a, b) => a - b), parts.join(' '));
        assert.ok(['h1', 'checks', 'actions', 'sources'].every(id => parts.includes(id)), parts.join(' '));
        const drawings = await opened.locator('svg[role=img] > title').count();
        assert.ok(drawings >= (name === 'several-candidates' ? 1 : 3), `${drawings} drawings`);
        const pdf = await opened.pdf({ preferCSSPageSize: true });
        const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
        assert.ok(sheets >= 1 && sheets <= 6, `${sheets} sheets`);
        assert.match(pdf.toString('latin1'), /\/MediaBox\s*\[0 0 59[45][\d.]* 84[12][\d.]*\]/, 'A4');
      });
    });
  }
}

for (const audience of ['customer', 'platform']) {
  test(`letters to a ${audience}`, async () => {
    for (const name of ['deposit-missed-by-ticket', 'held-travel-rule', 'withdrawal-delivered']) {
      for (const [language, tag] of Object.entries(languages)) {
        const made = await page(join(fixtures, name), language, `${name}-${audience}`, '--audience', audience);
        assert.ok(made.text.includes(`<html lang="${tag}">`), name);
        await isValid(made);
        for (const look of Object.keys(looks)) await looksRight(made.address, look);
      }
    }
  });
}

test('the page needs no script', async () => {
  const made = await page(join(fixtures, 'below-minimum'), 'en', 'below-minimum');
  const look = { ...looks.light, javaScriptEnabled: false };
  const tried = await open(browser, made.address, look, async opened => {
    assert.ok(await opened.getByRole('heading', { level: 1 }).isVisible());
    assert.ok(await opened.locator('#path-wide').or(opened.locator('svg.wide')).first().isVisible());
  });
  assert.deepEqual(tried, []);
});

test('the checks see what they are for', async () => {
  const broken = async (from, to, look = looks.narrow) => {
    const made = await page(join(fixtures, 'below-minimum'), 'en', 'broken');
    assert.ok(made.text.includes(from), from);
    await writeFile(made.file, made.text.replace(from, to));
    const found = [];
    const tried = await open(browser, made.address, look, async opened => {
      found.push(...(await opened.evaluate(misplaced)), ...(await opened.evaluate(active)));
    });
    return [...tried, ...found].join('\n');
  };
  assert.equal(await broken('<h1>', '<h1>'), '');
  assert.match(await broken('class="name"', 'class="name" dx="700"', looks.light), /outside its svg/i);
  assert.match(await broken('class="name"', 'class="name" dy="18"', looks.light), /upon each other/);
  assert.match(await broken('<main>', `<main><pre>${'x'.repeat(80)}</pre>`), /the page is \d+ wide/);
  assert.match(await broken('<main>', '<main><script>alert(1)</script>'), /Content Security Policy[^]*<script>/);
  assert.match(await broken('<main>', '<main><img src="http://127.0.0.1:9/x" alt="">'), /Content Security Policy[^]*<img>/);
  assert.match(await broken('<h1>', '<h1 style="color: red">'), /Content Security Policy[^]*style=/);
});

test('a hostile world is told harmlessly', async () => {
  for (const name of ['below-minimum', 'withdrawal-delivered', 'held-travel-rule', 'deposit-missed-by-ticket']) {
    const bundle = join(folder, `hostile-${name}`);
    await cp(join(fixtures, name), bundle, { recursive: true });
    const har = join(bundle, 'evidence.har');
    const { text, planted } = hostile(await readFile(har, 'utf8'));
    assert.ok(planted > 0, name);
    await writeFile(har, text);
    for (const language of Object.keys(languages)) {
      const made = await page(bundle, language, `hostile-${name}`);
      assert.ok(made.text.includes('&#60;script&#62;alert'), `nothing hostile is shown of ${name}`);
      await isValid(made);
      for (const look of Object.keys(looks)) await looksRight(made.address, look);
    }
  }
});
