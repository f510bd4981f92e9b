// Every view, on a desk and on a phone, in light and in dark: no rule of accessibility broken, no complaint, no sideways
// scrolling, and it looks as it did.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { views } from '../src/lib/link';
import { violations } from './support/axe';
import { bench } from './support/bench';
import { desktop, expectQuiet, go, phone, tab, type Tab } from './support/browser';
import { compare, incomparable } from './support/pictures';

const id = 'belarus-us-2025';
const shown = ['start', ...views.filter((view) => view !== 'accounts')] as const;
const link = (view: string) => (view === 'start' ? '#/' : `#/${id}/${view}`);

const at = bench();
let apart = '';
beforeAll(async () => {
  apart = await incomparable(at.browser);
  if (apart) console.log(`page.browser: screenshots SKIPPED: ${apart}`);
});

describe.each(shown)('%s', (view) => {
  describe.each([
    ['desk', desktop],
    ['phone', phone],
  ] as const)('on a %s %o', (size, viewport) => {
    // Light and dark are one page whose style sheet follows the system, so it is loaded once.
    let one: Tab;
    beforeAll(async () => {
      one = await tab(at.browser, at.server.address, { viewport });
      await go(one.page, link(view));
    });
    afterAll(() => one.close());

    it.each(['light', 'dark'] as const)('in %s', async (colorScheme) => {
      await one.page.emulateMedia({ colorScheme });
      const problems = apart || colorScheme === 'dark' ? '' : await compare(one.page, `${view}-${size}`);
      expect(await violations(one.page, colorScheme === 'dark')).toEqual([]);
      const widths = await one.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(widths[0], 'the page scrolls sideways').toBeLessThanOrEqual(widths[1] ?? 0);
      expectQuiet(one);
      expect(problems).toBe('');
    });
  });
});
