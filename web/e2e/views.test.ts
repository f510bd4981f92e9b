// Every view, on a desk and on a phone, in light and in dark: no rule of accessibility broken, no complaint, no sideways
// scrolling, and it looks as it did.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { views } from '../src/lib/link';
import { violations } from './support/axe';
import { desktop, expectQuiet, go, launch, phone, tab } from './support/browser';
import { compare, incomparable } from './support/pictures';
import { serve, type Server } from './support/server';

const id = 'belarus-us-2025';
const shown = ['start', ...views.filter((view) => view !== 'accounts')] as const;
const link = (view: string) => (view === 'start' ? '#/' : `#/${id}/${view}`);

let server: Server;
let browser: Browser;
let apart = '';
beforeAll(async () => {
  server = await serve();
  browser = await launch();
  apart = await incomparable(browser);
  if (apart) console.log(`page.browser: screenshots SKIPPED: ${apart}`);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

describe.each(shown)('%s', (view) => {
  it.each([
    ['desk', desktop, 'light'],
    ['desk', desktop, 'dark'],
    ['phone', phone, 'light'],
    ['phone', phone, 'dark'],
  ] as const)('on a %s %o in %s', async (size, viewport, colorScheme) => {
    const one = await tab(browser, server.address, { viewport, colorScheme });
    await go(one.page, link(view));
    const problems = apart || colorScheme === 'dark' ? '' : await compare(one.page, `${view}-${size}`);
    expect(await violations(one.page)).toEqual([]);
    const widths = await one.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(widths[0], 'the page scrolls sideways').toBeLessThanOrEqual(widths[1] ?? 0);
    expectQuiet(one);
    expect(problems).toBe('');
    await one.close();
  });
});
