import { describe, expect, it } from 'vitest';
import { formatLink, parseLink, views, type Place } from '../src/lib/link';

const place = (more: Partial<Place> = {}): Place => ({
  case: 'lease',
  view: 'matrix',
  overrides: {},
  chosen: {},
  ...more,
});

describe('deep links', () => {
  it('bring back every view', () => {
    for (const view of views) expect(parseLink(formatLink(place({ view })))).toEqual(place({ view }));
  });

  it('bring back replaced numbers and what a view keeps', () => {
    const full = place({
      overrides: { 'no_deal.owner': '55', 'rent.high.tenant': '-1.5', 'capability.usa': '{low: 1, best: 2, high: 3}' },
      chosen: { table: 'main', deal: 'rent.high,repair.shared' },
    });
    expect(parseLink(formatLink(full))).toEqual(full);
  });

  it('keep the order in which numbers were replaced', () => {
    const link = formatLink(place({ overrides: { z: '1', a: '2' } }));
    expect(Object.keys(parseLink(link).overrides)).toEqual(['z', 'a']);
  });

  it('bring back names with any character', () => {
    for (const id of ['a b', 'a/b', 'ü', 'a?b', 'a#b', '100%', 'a&set=b:1'])
      expect(parseLink(formatLink(place({ case: id, chosen: { deal: id } })))).toEqual(
        place({ case: id, chosen: { deal: id } }),
      );
  });

  it('can be read and written by hand', () => {
    expect(formatLink(place({ overrides: { 'rent.high.owner': '46' } }))).toBe('#/lease/matrix?set=rent.high.owner:46');
    expect(parseLink('#/lease').view).toBe('brief');
  });

  it('show the start page or the brief where they make no sense', () => {
    expect(parseLink('')).toEqual(place({ case: '', view: 'brief' }));
    expect(parseLink('#/lease/nonsense').view).toBe('brief');
    expect(parseLink('#/%E0%A4%A/matrix').view).toBe('matrix');
    expect(parseLink('#/lease/matrix?set=noNumber&set=:5&set=x:').overrides).toEqual({});
  });
});
