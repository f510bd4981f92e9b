// What an analyst does: opens a case, moves what they doubt, sees every answer move, takes it along, keeps it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { bench } from './support/bench';
import { expectQuiet, go, median, settled, type Tab } from './support/browser';
import { taken } from './support/file';

const file = '2025-major-agreement.yaml';
const lease = `steelyard: 1
case: office-lease
title: The office lease
actors:
  owner: {name: Owner}
  tenant: {name: Tenant}
issues:
  rent: {options: {low: 0, high: 100}}
preferences:
  owner: {no_deal: 10, points: {rent: {low: 0, high: 60}}}
  tenant: {no_deal: 5, points: {rent: {low: 50, high: 20}}}
`;

const at = bench({ cases: ['cases/belarus-us/2025-major-agreement.yaml', 'cases/business/merger.yaml'] });
let one: Tab;
let page: Page;
beforeEach(async () => {
  one = await at.open();
  page = one.page;
});

const slider = () => page.getByRole('slider', { name: 'Belarus: without agreement, slider' });
const box = () => page.getByRole('spinbutton', { name: 'Belarus: without agreement' });
const acceptable = () => page.locator('dl.figures div', { hasText: 'acceptable' }).locator('dd');

async function slide(value: number) {
  await slider().fill(String(value));
  await settled(page);
}

describe('an analyst', () => {
  it('opens a case from the start page and finds its questions answered', async () => {
    await go(page, '#/');
    await page.getByRole('link', { name: /Belarus and the United States/ }).click();
    await settled(page);
    expect(await page.locator('article.answer').count()).toBe(11);
    expect(await page.locator('.says').first().textContent()).toMatch(/normative|descriptive|prescriptive/);
    expect(await page.title()).toContain('Belarus and the United States');
    expectQuiet(one);
  });

  it('moves a number, sees the answer move, and takes it back', async () => {
    await go(page, '#/belarus-us-2025/space');
    const before = await acceptable().textContent();
    await slide(50);
    const after = await acceptable().textContent();
    expect(after).not.toBe(before);
    expect(page.url()).toContain('set=no_deal.belarus:50');
    await page.locator('h1').click();
    await page.keyboard.press('Control+z');
    await settled(page);
    expect(await acceptable().textContent()).toBe(before);
    expect(page.url()).not.toContain('set=');
    await page.keyboard.press('Control+Shift+z');
    await settled(page);
    expect(await acceptable().textContent()).toBe(after);
    await page.getByRole('button', { name: 'Reset all' }).click();
    await settled(page);
    expect(await acceptable().textContent()).toBe(before);
    expectQuiet(one);
  });

  it('gives the same answer that the program gives', async () => {
    await go(page, '#/belarus-us-2025/space?set=no_deal.belarus:50');
    const answer = (await page.evaluate(async () => {
      const { csrf } = await (await fetch('/api/session')).json();
      const asked = { analysis: 'frontier', case: 'belarus-us-2025', overrides: { 'no_deal.belarus': '50' } };
      const headers = { 'Content-Type': 'application/json', 'X-Steelyard-Token': csrf };
      return (await fetch('/api/run', { method: 'POST', headers, body: JSON.stringify(asked) })).json();
    })) as { result: { acceptable: string; size: number } };
    const shown = (await acceptable().textContent())?.replaceAll(',', '');
    expect(shown).toBe(String(answer.result.acceptable));
    expect(await page.locator('circle.front-dot').count()).toBe(answer.result.size);
  });

  it('hands a link to a colleague, who sees the same', async () => {
    await go(page, '#/belarus-us-2025/space');
    await slide(50);
    await page.getByLabel('Upwards').selectOption({ label: 'Russia' });
    await settled(page);
    const seen = await page.locator('main').innerText();
    const other = await at.open();
    await go(other.page, new URL(page.url()).hash);
    expect(await other.page.locator('main').innerText()).toBe(seen);
    expect(await other.page.getByRole('spinbutton', { name: 'Belarus: without agreement' }).first().inputValue()).toBe(
      '50',
    );
    expectQuiet(other);
  });

  it('goes back and forth with the browser', async () => {
    await go(page, '#/belarus-us-2025/space');
    await slide(50);
    await page.getByRole('link', { name: 'Matrix' }).click();
    await settled(page);
    expect(page.url()).toContain('/matrix?set=no_deal.belarus:50');
    await page.goBack();
    await settled(page);
    expect(await page.getByRole('heading', { name: 'What can be agreed' }).isVisible()).toBe(true);
    expect(await box().first().inputValue()).toBe('50');
  });

  it('drags a slider with the mouse as far as they like', async () => {
    await go(page, '#/belarus-us-2025/space');
    const place = await slider().boundingBox();
    if (!place) throw new Error('no slider');
    const y = place.y + place.height / 2;
    await page.mouse.move(place.x + place.width / 2, y);
    await page.mouse.down();
    for (let part = 0.5; part <= 0.9; part += 0.05) await page.mouse.move(place.x + place.width * part, y);
    await page.mouse.up();
    await settled(page);
    expect(Number(await box().first().inputValue())).toBeGreaterThan(51);
    await page.getByRole('button', { name: 'Undo' }).click();
    await settled(page);
    expect(await box().first().inputValue()).toBe('45');
    expectQuiet(one);
  });

  it('drags a slider and the answers keep up', async () => {
    for (const view of ['space', 'builder', 'matrix']) {
      await go(page, `#/belarus-us-2025/${view}`);
      await page.evaluate(() => performance.clearMeasures());
      const element = await slider().elementHandle();
      for (let value = 40; value < 50; value += 0.5)
        await page.evaluate(
          ([input, to]) => {
            (input as HTMLInputElement).value = String(to);
            (input as HTMLInputElement).dispatchEvent(new Event('input', { bubbles: true }));
            return new Promise((done) => setTimeout(done, 40));
          },
          [element, value] as const,
        );
      await settled(page);
      const took = await page.evaluate(() =>
        performance.getEntriesByName('steelyard:answer').map((entry) => entry.duration),
      );
      if (view === 'matrix') continue;
      console.log(
        `page.browser: ${view}: from slider to answer, median ${median(took).toFixed(0)} ms of ${took.length} answers`,
      );
      expect(took.length).toBeGreaterThan(0);
    }
    expectQuiet(one);
  });

  it('sees what a figure of the matrix rests on, and moves it there', async () => {
    await go(page, '#/belarus-us-2025/matrix');
    await page
      .getByRole('button', { name: /^Belarus, .*joint venture of equals/ })
      .first()
      .click();
    const panel = page.getByRole('region', { name: 'The number and what it rests on' });
    expect(await panel.innerText()).toMatch(/paragraph 24/);
    await panel.getByRole('spinbutton').fill('3');
    await panel.getByRole('spinbutton').blur();
    await settled(page);
    expect(page.url()).toContain('set=potash_mines.joint_venture.belarus:3');
    expect(await page.getByRole('button', { name: /^Belarus, .*joint venture of equals.*: 3$/ }).count()).toBe(1);
    expectQuiet(one);
  });

  it('takes a deal from the picture into the builder and learns who blocks another', async () => {
    await go(page, '#/belarus-us-2025/space');
    await page.locator('circle.front-dot.accepted').first().focus();
    await page.keyboard.press('Enter');
    await settled(page);
    expect(page.url()).toContain('/builder?');
    expect(await page.locator('.says').first().innerText()).toMatch(/The table accepts this deal/);
    await page.getByRole('button', { name: 'Back to today' }).click();
    await settled(page);
    expect(await page.locator('.says').first().innerText()).toMatch(
      /Belarus blocks it by 2 points and United States blocks it by 3 points/,
    );
    await page.getByLabel('Joint development of potash mines').selectOption({ label: 'joint venture of equals' });
    await settled(page);
    expect(await page.locator('.says').first().innerText()).toMatch(/Belarus blocks it by 10.5 points|not possible/);
    expectQuiet(one);
  });

  it('takes pictures and tables along', async () => {
    await go(page, '#/belarus-us-2025/space');
    const svg = await taken(page, () => page.getByRole('button', { name: /^SVG of Efficient deals/ }).click());
    expect(svg.name).toMatch(/^efficient-deals.*\.svg$/);
    expect(svg.text).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg.text).toContain('Belarus, points');
    const png = await taken(page, () => page.getByRole('button', { name: /^PNG of Efficient deals/ }).click());
    expect([...png.bytes.subarray(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe('PNG');
    expect(png.bytes.length).toBeGreaterThan(5000);
    await page.getByText('The numbers of this picture').first().click();
    const csv = await taken(page, () => page.getByRole('button', { name: /^CSV of Efficient deals/ }).click());
    expect(csv.text.split('\r\n')[0]).toBe('Deal,Belarus,United States,Acceptable');
    expect(csv.text.split('\r\n').length).toBeGreaterThan(72);
    const yaml = await taken(page, () => page.getByRole('button', { name: 'YAML' }).click());
    expect(yaml.text).toBe(readFileSync(join(at.server.cases, file), 'utf8'));
    expectQuiet(one);
  });

  it('runs any analysis from a form and stops a long one', async () => {
    await go(page, '#/belarus-us-2025/any');
    await page.getByLabel('Question').selectOption('talks');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await settled(page);
    const whole = await taken(page, () => page.getByRole('button', { name: 'JSON of the whole answer' }).click());
    expect(JSON.parse(whole.text)).toMatchObject({ analysis: 'talks', case_hash: expect.any(String) });
    await go(page, '#/belarus-us-2025/matters');
    await page.getByRole('button', { name: 'Share out the spread' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Share out the spread' }).isEnabled()).toBe(true);
    expectQuiet(one);
  });

  it('swings every number and sees which matter', async () => {
    await go(page, '#/belarus-us-2025/matters');
    await page.getByRole('button', { name: 'Swing every number' }).click();
    await page.getByRole('img', { name: /to/ }).or(page.locator('[data-mark]')).first().waitFor({ timeout: 90_000 });
    expect(await page.locator('[data-mark]').count()).toBeGreaterThan(3);
    expectQuiet(one);
  });

  it('compares the file with what stands on the page', async () => {
    await go(page, '#/belarus-us-2025/compare?set=no_deal.belarus:50');
    expect(await page.locator('.says').first().innerText()).toMatch(/^1 number and 0 other places differ/);
    const row = page.getByRole('row', { name: /Belarus: without agreement/ });
    expect(await row.innerText()).toMatch(/50/);
    expectQuiet(one);
  });

  it('keeps a number in the file, with every comment', async () => {
    const path = join(at.server.cases, file);
    const before = readFileSync(path, 'utf8');
    await go(page, '#/belarus-us-2025/space');
    await slide(46);
    await page.getByRole('button', { name: 'Save to the file' }).click();
    await page.waitForFunction(() => !location.hash.includes('set='));
    const after = readFileSync(path, 'utf8');
    const changed = before
      .split('\n')
      .flatMap((line, at) => (line === after.split('\n')[at] ? [] : [after.split('\n')[at]]));
    expect(after.split('\n')).toHaveLength(before.split('\n').length);
    expect(changed).toHaveLength(1);
    expect(changed[0]).toMatch(/no_deal: .*46.*because: \[p18_memory_2020/);
    expect(await box().first().inputValue()).toBe('46');
    expect(await page.getByText('Saved to the file; its comments are kept.').count()).toBe(1);
    expectQuiet(one);
    writeFileSync(path, before);
  });

  it('is told when the file has changed meanwhile, and loses nothing', async () => {
    const path = join(at.server.cases, file);
    const before = readFileSync(path, 'utf8');
    await go(page, '#/belarus-us-2025/space');
    await slide(44);
    writeFileSync(path, `${readFileSync(path, 'utf8')}# a colleague's note\n`);
    await page.getByRole('button', { name: 'Save to the file' }).click();
    await page
      .getByRole('button', { name: /Load (the file|it) again/ })
      .first()
      .click();
    await settled(page);
    expect(await box().first().inputValue()).toBe('44');
    await page.getByRole('button', { name: 'Save to the file' }).click();
    await page.waitForFunction(() => !location.hash.includes('set='));
    expect(readFileSync(path, 'utf8')).toMatch(/# a colleague's note\n$/);
    writeFileSync(path, before);
    // The browser writes the refused request into its console; nothing else may be there.
    expect(one.complaints.filter((text) => !text.includes('409'))).toEqual([]);
  });

  it('brings a case of their own, and is led to its faults', async () => {
    await go(page, '#/');
    await page.getByLabel('or its text').fill(lease.replace('rent: {low: 50', 'rents: {low: 50'));
    await page.getByRole('button', { name: 'Open it here' }).click();
    const said = page.getByRole('alert');
    await said.waitFor();
    expect(await said.innerText()).toMatch(/Line 11, column \d+\./);
    expect(await said.innerText()).toMatch(/rents/);
    await page.getByLabel('or its text').fill(lease);
    await page.getByRole('button', { name: 'Open it here' }).click();
    await page.getByRole('heading', { level: 1, name: 'The office lease' }).waitFor();
    await settled(page);
    await page.getByRole('link', { name: 'Deal space' }).click();
    await settled(page);
    expect(await page.locator('circle.front-dot').count()).toBe(2);
    await page.getByRole('spinbutton', { name: 'Owner: without agreement' }).fill('100');
    await page.getByRole('spinbutton', { name: 'Owner: without agreement' }).blur();
    await settled(page);
    expect(await acceptable().textContent()).toBe('0');
    await page.reload();
    await settled(page);
    expect(await acceptable().textContent()).toBe('0');
    expectQuiet(one);
  });

  it('needs no mouse', async () => {
    await go(page, '#/belarus-us-2025/space');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('To the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    expect(page.url()).toContain('#/belarus-us-2025/space');
    const before = await acceptable().textContent();
    await slider().focus();
    for (let n = 0; n < 6; n += 1) await page.keyboard.press('ArrowRight');
    await settled(page);
    expect(await box().first().inputValue()).toBe('48');
    expect(await acceptable().textContent()).not.toBe(before);
    const focused = await page.evaluate(() => {
      const at = document.activeElement as Element;
      return { name: at.getAttribute('aria-label'), outline: getComputedStyle(at).outlineStyle };
    });
    expect(focused).toEqual({ name: 'Belarus: without agreement, slider', outline: 'solid' });
    expectQuiet(one);
  });

  it('chooses light or dark, and finds it so again', async () => {
    await go(page, '#/belarus-us-2025/matrix');
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.getByRole('button', { name: 'Look: system' }).click();
    await page.getByRole('button', { name: 'Look: light' }).click();
    const dark = await paper();
    expect(dark).not.toBe(light);
    await page.reload();
    await settled(page);
    expect(await paper()).toBe(dark);
  });

  it('is told in words when the server is gone', async () => {
    await go(page, '#/belarus-us-2025/space');
    await page.route('**/api/run', (route) => route.abort());
    await slider().fill('48');
    const said = page.getByRole('alert').first();
    await said.waitFor();
    expect(await said.innerText()).toMatch(/steelyard serve/);
  });
});
