// Debian's Chromium, which may open files and nothing else.

import { chromium } from 'playwright-core';

const quiet = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet });

/** How a page is looked at. A4 less the margins of the style is 658 pixels wide. */
export const looks = {
  light: { viewport: { width: 960, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 960, height: 900 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 360, height: 780 }, colorScheme: 'light' },
  narrower: { viewport: { width: 320, height: 780 }, colorScheme: 'dark' },
  print: { viewport: { width: 658, height: 990 }, colorScheme: 'light', media: 'print' },
};

/** Opens a file in a look, hands it to `see`, and tells everything that the page tried. */
export async function open(browser, file, look, see) {
  const { media, ...options } = look;
  const context = await browser.newContext(options);
  const tried = [];
  try {
    const page = await context.newPage();
    page.on('request', request => request.url() === file || tried.push(`request: ${request.url()}`));
    page.on('console', message => tried.push(`console: ${message.text()}`));
    page.on('pageerror', error => tried.push(`error: ${error.message}`));
    page.on('popup', () => tried.push('popup'));
    page.on('dialog', dialog => {
      tried.push(`dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    if (media) await page.emulateMedia({ media });
    await page.goto(file);
    await see(page);
  } finally {
    await context.close();
  }
  return tried;
}
