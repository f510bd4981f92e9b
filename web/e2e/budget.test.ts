// How much the page weighs, and how soon it is there.
import { gzipSync } from 'node:zlib';
import type { Response } from 'playwright-core';
import { expect, it } from 'vitest';
import { bench } from './support/bench';
import { expectQuiet, median, settled } from './support/browser';

const at = bench();

it('weighs less than 150 kB compressed, with nothing from elsewhere', async () => {
  const one = await at.open();
  const files: Response[] = [];
  one.page.on('response', (response) => {
    if (!new URL(response.url()).pathname.startsWith('/api/')) files.push(response);
  });
  await one.page.goto('/');
  await one.page.getByRole('heading', { name: 'Open a case' }).waitFor();
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await file.body(), { level: 9 }).length));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`page.browser: ${files.length} files, ${(bytes / 1024).toFixed(1)} kB compressed`);
  expect(files.length).toBeGreaterThan(2);
  expect(bytes).toBeLessThan(150 * 1024);
  expectQuiet(one);
});

it('shows its first view, and asks for nothing twice or before its time', async () => {
  const took: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    const one = await at.open();
    const asked: string[] = [];
    one.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await one.page.goto('/#/belarus-us-2025/brief');
    await one.page.locator('article.answer').first().waitFor();
    took.push(await one.page.evaluate(() => performance.now()));
    // Otherwise the next one waits for the rest of this one's answers.
    await settled(one.page);
    expect(asked.filter((path) => path.startsWith('/api/')).sort()).toEqual([
      '/api/brief', // what can be answered at once
      '/api/brief', // all of it
      '/api/cases',
      '/api/cases/belarus-us-2025',
      '/api/events',
      '/api/numbers',
      '/api/session',
    ]);
  }
  // Machines differ, so the figure is told and only a page that hangs fails.
  console.log(`page.browser: from nothing to the answered brief, median ${median(took).toFixed(0)} ms`);
  expect(median(took)).toBeLessThan(20_000);
});

it('comes under a policy that allows no script but its own', async () => {
  const answer = await fetch(`${at.server.address}/`);
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/default-src 'none'/);
  expect(policy).toMatch(/script-src 'self'(;|$)/);
  expect(policy).toMatch(/style-src 'self'(;|$)/);
  expect(policy).not.toMatch(/unsafe|\*/);
  const html = await answer.text();
  expect(html).not.toMatch(/ style=|<style|<script(?![^>]* src=)|https?:\/\//);
});
