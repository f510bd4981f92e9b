// What moves on the page without being pressed: answers that follow a slider, long runs that say how far they are, files
// that somebody else changes. And what a served folder of sources and a history of forecasts show.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { bench } from './support/bench';
import { expectQuiet, go, settled, type Tab } from './support/browser';
import { first } from './support/server';

const id = 'belarus-us-2025';
// The first claim was read from the characters 46 to 118.
const source = `${'What stands before it. '.padEnd(46, '.')}${'THE PLACE OF THE CLAIM'.padEnd(72, '!')} and what stands after it.`;

const at = bench({ cases: [first], sources: { svpressa: source } });
let one: Tab;
let page: Page;
beforeEach(async () => {
  one = await at.open();
  page = one.page;
});

const slider = () => page.getByRole('slider', { name: 'Belarus: without agreement, slider' });

/** What the page asks of the server from now on: the analyses, or the brief in one of its two forms. */
function questions(): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname;
    const body = (request.postDataJSON() ?? {}) as { analysis?: string; quick?: boolean };
    if (path === '/api/run') asked.push(body.analysis ?? '');
    if (path === '/api/brief') asked.push(body.quick ? 'quick' : 'whole');
  });
  return asked;
}

describe('an answer', () => {
  it.each([
    ['space', ['frontier', 'solutions']],
    ['builder', ['improve', 'score']],
    ['dynamics', ['forecast']],
    ['stability', ['equilibria', 'equilibria', 'evolution']],
    ['matrix', []],
  ])('follows a step of a slider in %s with one question for each thing shown', async (view, expected) => {
    await go(page, `#/${id}/${view}`);
    const before = await page.locator('main').innerText();
    const asked = questions();
    await slider().fill('52');
    await settled(page);
    expect(asked.sort()).toEqual(expected);
    if (view === 'space') expect(await page.locator('main').innerText()).not.toBe(before);
    expectQuiet(one);
  });

  it('is there before what takes long, which then fills in', async () => {
    let hold = true;
    await page.route('**/api/brief', async (route) => {
      const quick = (route.request().postDataJSON() as { quick: boolean }).quick;
      while (hold && !quick) await new Promise((done) => setTimeout(done, 20));
      await route.continue();
    });
    await page.goto(`/#/${id}/brief`);
    await page.locator('article.answer .says').first().waitFor();
    expect(await page.locator('article.answer').count()).toBe(11);
    expect(await page.locator('article.answer[aria-busy="true"] h3').allTextContents()).toEqual([
      expect.stringMatching(/^1\. /), // but for its part about partners
      expect.stringMatching(/^9\. /), // but for the order of talks
    ]);
    const says = () => page.locator('article.answer .says').count();
    const few = await says();
    expect(few).toBeGreaterThanOrEqual(11);
    expect(await page.locator('.short').innerText()).toContain('is being drawn');
    const top = async () => (await page.locator('article.answer').first().boundingBox())?.y ?? 0;
    const [before, line] = [await top(), 24];
    hold = false;
    await settled(page);
    expect(await says()).toBeGreaterThan(few);
    expect(await page.locator('main').textContent()).not.toContain('is being drawn');
    // The first answer stays where it is, but for a line or two that the summary grows by.
    expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(2 * line);
    expectQuiet(one);
  });

  it('in the brief follows the slider, and the rest is asked when it rests', async () => {
    await go(page, `#/${id}/brief`);
    const asked = questions();
    await slider().fill('52');
    await settled(page);
    expect(asked).toEqual(['quick', 'whole']);
    asked.length = 0;
    // A hand that goes on as soon as it sees an answer does not rest.
    await slider().evaluate(async (element: HTMLInputElement) => {
      for (const value of ['51', '50', '49']) {
        element.value = value;
        element.dispatchEvent(new Event('input', { bubbles: true }));
        do await new Promise((done) => requestAnimationFrame(done));
        while (document.querySelector('main [aria-busy="true"]:not(.later)'));
      }
    });
    await settled(page);
    expect(asked).toEqual(['quick', 'quick', 'quick', 'whole']);
    expectQuiet(one);
  });
});

describe('a long run', () => {
  it('says how far it is, and stops when it is told to', async () => {
    await go(page, `#/${id}/any`);
    await page.getByLabel('Question').selectOption('ensemble');
    await page.locator('summary', { hasText: 'Options' }).click();
    await page.getByLabel(/^targets/).fill('compromise:issues[0].value');
    await page.getByLabel(/^draws/).fill('2000000');
    const started = page.waitForRequest('**/api/run');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const job = (await started).headers()['x-steelyard-job'] ?? '';
    const bar = page.locator('progress');
    await bar.waitFor();
    // Every change is seen, so that a bar that jumps once is no progress.
    const seen = await bar.evaluate(
      (element: HTMLProgressElement) =>
        new Promise<number[]>((done) => {
          const values = [element.value];
          const look = () => {
            if (values.at(-1) !== element.value) values.push(element.value);
            if (values.length >= 6) done(values);
            else setTimeout(look, 10);
          };
          look();
        }),
    );
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(await bar.evaluate((element: HTMLProgressElement) => element.value < element.max)).toBe(true);
    await page.getByRole('button', { name: 'Stop' }).click();
    await bar.waitFor({ state: 'detached' });
    // The server too has let go of it: the name of the job is free.
    await expect
      .poll(
        () =>
          page.evaluate(
            async ([name, of]) => {
              const { csrf } = await (await fetch('/api/session')).json();
              const headers = {
                'Content-Type': 'application/json',
                'X-Steelyard-Token': csrf,
                'X-Steelyard-Job': name,
              };
              const body = JSON.stringify({ analysis: 'score', case: of });
              return (await fetch('/api/run', { method: 'POST', headers, body })).status;
            },
            [job, id] as const,
          ),
        { timeout: 20_000 },
      )
      .toBe(200);
    expect(one.complaints.filter((text) => !text.includes('409'))).toEqual([]);
  });
});

it('a file that another program changes is shown to have changed, and read again', async () => {
  await go(page, `#/${id}/space`);
  const path = join(at.server.cases, '2025-major-agreement.yaml');
  const before = readFileSync(path, 'utf8');
  const changed = before.replace(/^title: .*/m, 'title: Another name for it');
  expect(changed).not.toBe(before);
  writeFileSync(path, changed);
  await page.getByRole('status').filter({ hasText: 'The file has changed on disk' }).waitFor();
  await page.getByRole('button', { name: 'Load it again' }).click();
  await page.getByRole('heading', { level: 1, name: 'Another name for it' }).waitFor();
  await settled(page);
  expect(await page.getByText('The file has changed on disk').count()).toBe(0);
  writeFileSync(path, before);
  expectQuiet(one);
});

it('the place of a claim is shown in the text of its source', async () => {
  await go(page, `#/${id}/sources`);
  await page.locator('summary', { hasText: 'The place in the source' }).first().click();
  const mark = page.locator('blockquote mark').first();
  await mark.waitFor();
  expect(await mark.innerText()).toBe('THE PLACE OF THE CLAIM'.padEnd(72, '!'));
  expect(await page.locator('blockquote').first().innerText()).toMatch(/^What stands before it.*stands after it\.$/s);
  // The case states another SHA-256 than this made-up text has.
  expect(await page.getByText('the case vouches for no such text').first().isVisible()).toBe(true);
  expectQuiet(one);
});

it('settled forecasts are scored, and their calibration is drawn', async () => {
  await go(page, `#/${id}/forecasts`);
  for (const [event, chance, outcome] of [
    ['embassy', '0.9', 'yes'],
    ['airline', '0.8', 'yes'],
    ['visit', '0.2', 'no'],
  ]) {
    await page
      .getByRole('textbox', { name: 'Event' })
      .first()
      .fill(event ?? '');
    await page.getByLabel(/^Every possible outcome/).fill(`yes=${chance}\nno=${(1 - Number(chance)).toFixed(1)}`);
    await page.getByRole('button', { name: 'Save for ever' }).click();
    const named = page.locator('main th[scope="row"]').filter({ hasText: new RegExp(`^${event}$`) });
    await expect.poll(() => named.count(), { timeout: 20_000 }).toBe(1);
    await page.locator('#st-event').fill(event ?? '');
    await page.locator('#st-outcome').fill(outcome ?? '');
    await page.getByRole('button', { name: /^Settle it/ }).click();
    await expect.poll(() => named.count(), { timeout: 20_000 }).toBe(2);
  }
  await settled(page);
  const figure = page.locator('figure', { has: page.getByRole('heading', { name: 'Calibration' }) });
  await figure.waitFor();
  expect(await figure.locator('[data-mark]').count()).toBeGreaterThan(0);
  // Brier of 0.1, 0.2 and 0.2: (0.01 + 0.04 + 0.04) / 3, for each outcome of two as the score defines it.
  const brier = await page.locator('table', { hasText: 'Brier' }).locator('tbody tr').first().innerText();
  expect(brier).toMatch(/\b3\b.*0\.03/s);
  expectQuiet(one);
});
