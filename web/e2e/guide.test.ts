// The pictures of docs/guide/workbench.md. They are taken anew with STEELYARD_PICTURES=update; any run takes the way to
// each of them and holds the guide to naming pictures that are there.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { bench } from './support/bench';
import { expectQuiet, go, phone, settled } from './support/browser';
import { images, repository, update } from './support/places.mjs';

const id = 'belarus-us-2025';
const at = bench();

/** WebP, which is a third of a PNG. */
async function keep(page: Page, name: string): Promise<void> {
  if (!update) return;
  const shot = (await page.screenshot({ animations: 'disabled' })).toString('base64');
  const empty = await at.browser.newPage();
  const packed = await empty.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.85).split(',')[1] ?? '';
  }, shot);
  await empty.close();
  writeFileSync(join(images, `workbench-${name}.webp`), Buffer.from(packed, 'base64'));
}

const pictures: Record<
  string,
  { link: string; more?: (page: Page) => Promise<unknown>; dark?: boolean; small?: boolean }
> = {
  brief: { link: 'brief' },
  space: {
    link: 'space?set=no_deal.belarus:47',
    more: (page) => page.locator('circle.front-dot.accepted').first().hover(),
  },
  matrix: {
    link: 'matrix',
    more: (page) =>
      page
        .getByRole('button', { name: /^Belarus, .*joint venture of equals/ })
        .first()
        .click(),
  },
  builder: { link: 'builder?deal=partnership.working_ties,sanctions.eased,embassy.reopened' },
  stability: { link: 'stability', dark: true },
  dynamics: { link: 'dynamics' },
  matters: {
    link: 'matters',
    more: async (page) => {
      await page.getByRole('button', { name: 'Swing every number' }).click();
      await page.locator('[data-mark]').first().waitFor({ timeout: 90_000 });
    },
  },
  phone: { link: 'brief', small: true },
};

it.each(Object.keys(pictures))('shows %s', async (name) => {
  const picture = pictures[name];
  if (!picture) throw new Error(name);
  const one = await at.open({
    viewport: picture.small ? phone : { width: 1280, height: 860 },
    colorScheme: picture.dark ? 'dark' : 'light',
  });
  await go(one.page, `#/${id}/${picture.link}`);
  await picture.more?.(one.page);
  await settled(one.page);
  await keep(one.page, name);
  expectQuiet(one);
});

it('has every picture that the guide and the front page name, and they are small', () => {
  for (const path of ['docs/guide/workbench.md', 'README.md']) {
    const text = readFileSync(join(repository, path), 'utf8');
    const named = [...text.matchAll(/images\/(workbench-[a-z]+\.webp)/g)].map((match) => match[1] ?? '');
    expect(named.length, path).toBeGreaterThan(0);
    for (const file of named) {
      expect(existsSync(join(images, file)), file).toBe(true);
      expect(statSync(join(images, file)).size, file).toBeLessThan(160 * 1024);
    }
  }
});
