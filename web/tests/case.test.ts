import { describe, expect, it } from 'vitest';
import { dealOf, dealText, sameDeals } from '../src/lib/deals';
import { claimsOf, sourceOf } from '../src/lib/evidence';
import { changes, namesOf, today } from '../src/lib/names';
import { factorName, numberName, sliderRange } from '../src/lib/numbers';
import { around } from '../src/lib/place';
import { lease, number } from './lease';

const names = namesOf(lease);

describe('names of a case', () => {
  it('are those of the file, or the ids', () => {
    expect([names.title, names.actor('owner'), names.actor('tenant'), names.actor('nobody')]).toEqual([
      'The lease',
      'Owner',
      'tenant',
      'nobody',
    ]);
    expect([names.option('rent', 'high'), names.option('repair', 'shared'), names.table('main')]).toEqual([
      'a high one',
      'shared',
      'Main table',
    ]);
  });

  it('survive a tree that is no case', () => {
    expect(namesOf({ case: { actors: [1, null], issues: 'x', tables: { t: null } } }).issues).toEqual([]);
  });

  it('know what holds today and what a deal changes', () => {
    expect(today(names)).toEqual({ rent: 'low', repair: 'shared' });
    expect(changes(names, { rent: 'high', repair: 'shared' })).toEqual(['Rent: a high one']);
  });
});

describe('deals in links', () => {
  it('say only what differs from today, and come back', () => {
    const now = today(names);
    const deal = { rent: 'high', repair: 'shared' };
    expect(dealText(deal, now)).toBe('rent.high');
    expect(dealOf('rent.high', now)).toEqual(deal);
    expect(dealOf('', now)).toEqual(now);
    expect(dealOf('nothing.high,rent', now)).toEqual(now);
  });

  it('stand once where several solutions meet in one deal', () => {
    const one = { deal: {}, gains: {}, ties: '0', efficient: true, proven: true };
    const found = sameDeals([
      { concept: 'nash', points: { a: 1 }, ...one },
      { concept: 'egalitarian', points: { a: 2 }, ...one },
      { concept: 'kalai', points: { a: 1 }, ...one },
    ]);
    expect(found.map((deal) => deal.concepts)).toEqual([['nash', 'kalai'], ['egalitarian']]);
  });
});

describe('numbers', () => {
  it('are named by what they are of', () => {
    expect(numberName(names, number())).toBe('Owner: Rent, a high one');
    expect(numberName(names, number({ kind: 'no_deal', issue: null, option: null, address: 'no_deal.owner' }))).toBe(
      'Owner: without agreement',
    );
    expect(numberName(names, number({ kind: 'salience', option: null }))).toBe('Owner: Rent, salience');
    expect(factorName(names, new Map([['/x', number()]]), '/x')).toBe('Owner: Rent, a high one');
    expect(factorName(names, new Map(), '/rules/0')).toBe('Rules, 0');
  });

  it.each([
    [
      { value: 60, low: 50, high: 70 },
      { low: 40, high: 80 },
    ],
    [
      { value: 60, low: 60, high: 60 },
      { low: 30, high: 90 },
    ],
    [
      { value: 0, low: 0, high: 0 },
      { low: -5, high: 5 },
    ],
    [
      { value: 95, low: 85, high: 100, bounds: [0, 100] as [number, number] },
      { low: 75, high: 100 },
    ],
  ])('slide over more than their own range, never beyond the allowed: %o', (more, ends) => {
    expect(sliderRange(number(more))).toMatchObject(ends);
  });

  it('stand on a step of their slider, so that it does not move by itself', () => {
    for (const value of [60, 0.37, 12.345, -3.2, 1 / 3]) {
      const range = sliderRange(number({ value, low: value - 1, high: value + 1 }));
      const steps = (value - range.low) / range.step;
      expect(Math.abs(steps - Math.round(steps)) * range.step).toBeLessThan(0.011);
      expect(range.low).toBeLessThan(value);
      expect(range.high).toBeGreaterThan(value);
    }
  });
});

describe('evidence', () => {
  it('names claim, source and place', () => {
    expect(claimsOf(lease, ['c1'])).toEqual([
      {
        id: 'c1',
        text: 'The owner can wait.',
        by: 'ann',
        kind: 'fact',
        source: 'letter',
        place: 'paragraph 4',
        code: 'B2',
        start: 10,
        end: 14,
      },
    ]);
    expect(claimsOf(lease, ['gone'])[0]?.text).toBe('gone');
  });

  it('links only what a browser may open', () => {
    expect(sourceOf(lease, 'letter')?.url).toBe('https://example.org/letter');
    expect(sourceOf(lease, 'bad')?.url).toBe('');
    expect(sourceOf(lease, 'gone')).toBeNull();
  });

  it('shows the words around a place, counted in characters', () => {
    expect(around('Ж😀cdef', 1, 3, 1)).toEqual({ before: 'Ж', words: '😀c', after: 'd …' });
    expect(around('abc', 0, 3)).toEqual({ before: '', words: 'abc', after: '' });
    expect(around('abc', null, null)).toEqual({ before: 'abc', words: '', after: '' });
    expect(around('abc', 2, 9).words).toBe('');
  });
});
