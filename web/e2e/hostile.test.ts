// A case whose every text tries to be more than text.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { views } from '../src/lib/link';
import { bench } from './support/bench';
import { go } from './support/browser';

const bad = `<img src=x onerror=alert(1)><script>alert(2)</script><b id=injected>"'`;
const quoted = JSON.stringify(bad);
const hostile = `steelyard: 1
case: hostile
title: ${quoted}
about: ${quoted}
actors:
  a: {name: ${quoted}, about: ${quoted}, capability: {value: 50, spread: 5, because: [c], why: ${quoted}}}
  b: {name: ${quoted}}
issues:
  i: {name: ${quoted}, options: {x: {place: 0, name: ${quoted}}, y: {place: 100, name: ${quoted}}}}
preferences:
  a: {no_deal: {value: 5, spread: 2, because: [c], why: ${quoted}}, points: {i: {x: 0, y: 60}}}
  b: {no_deal: 5, points: {i: {x: 50, y: 20}}}
sources:
  s: {title: ${quoted}, url: "javascript:alert(3)"}
claims:
  c: {kind: fact, text: ${quoted}, by: ${quoted}, source: s}
questions:
  - {id: q, ask: ${quoted}, kind: deal_exists}
`;

const at = bench({ cases: ['cases/business/merger.yaml'] });

it.each(['start', ...views.filter((view) => view !== 'accounts')])('stays text in the view %s', async (view) => {
  writeFileSync(join(at.server.cases, 'hostile.yaml'), hostile);
  const one = await at.open();
  const listed = (await (await one.page.request.get('/api/cases')).json()) as { id: string; valid: boolean }[];
  expect(listed.find((row) => row.id === 'hostile')).toMatchObject({ valid: true });
  await go(one.page, view === 'start' ? '#/' : `#/hostile/${view}`);
  expect(await one.page.locator('#injected, main img, header img, main script').count()).toBe(0);
  expect(await one.page.locator('a[href^="javascript:" i]').count()).toBe(0);
  if (view !== 'start') expect(await one.page.locator('h1').innerText()).toContain('<script>alert(2)</script>');
  // A model that this case does not suit answers with 409, which the browser writes down.
  expect(one.complaints.filter((text) => !text.includes('status of 409'))).toEqual([]);
});
