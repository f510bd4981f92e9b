import { describe, expect, it } from 'vitest';
import { count, figure, list, percent, plain, problemWords, sentence, share, signed } from '../src/lib/words';

describe('figures', () => {
  it.each([
    [8, '8'],
    [4.5, '4.5'],
    [0.3716, '0.372'],
    [12400, '12,400'],
    [1234.56, '1,235'],
    [-3.25, '−3.25'],
    [-0.0000001, '0'],
    [0, '0'],
    ['10000', '10,000'],
    ['123456789012345678901234567890', '123,456,789,012,345,678,901,234,567,890'],
    ['c12', 'c12'],
    [null, '–'],
    [undefined, '–'],
    [NaN, '–'],
    [Infinity, '–'],
  ])('%s is written %s', (value, text) => expect(figure(value)).toBe(text));

  it('are rounded and grouped as the browser itself does it', () => {
    const differ: [number, string, string][] = [];
    for (let n = 0; n < 4000; n += 1) {
      // From a millionth to a thousand million, with halves among them, where roundings part.
      const grown = 10 ** ((n % 31) / 2 - 6) * (1 + n / 4000);
      const value = (n % 2 ? -1 : 1) * Number((n % 3 ? grown : (n - 2000) / 8).toPrecision(12));
      const size = Math.abs(value);
      const places =
        size >= 100 || Number.isInteger(value) ? 0 : Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(size || 1))));
      const meant = value.toLocaleString('en-GB', { maximumFractionDigits: places }).replace('-', '−');
      if (figure(value) !== meant.replace(/^−0$/, '0')) differ.push([value, figure(value), meant]);
    }
    expect(differ).toEqual([]);
  });

  it('carry their sign or per cent where asked', () => {
    expect([signed(3), signed(-3), signed(0)]).toEqual(['+3', '−3', '0']);
    expect([percent(13.4), percent('x'), share(0.25)]).toEqual(['13%', '–', '25%']);
  });
});

describe('words', () => {
  it('read as people write them', () => {
    expect(plain('no_deal')).toBe('no deal');
    expect(sentence('no_deal')).toBe('No deal');
    expect([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
    expect([count(1, 'case'), count(2, 'case'), count(0, 'entry', 'entries')]).toEqual([
      '1 case',
      '2 cases',
      '0 entries',
    ]);
  });

  it('say where a problem is, what it is and the way out', () => {
    expect(problemWords({ line: 7, column: 3, message: 'unknown actor', found: "'usaa'", nearest: 'usa' })).toEqual({
      where: 'Line 7, column 3',
      what: "unknown actor (found: 'usaa')",
      out: 'Did you mean usa?',
    });
    expect(problemWords({ pointer: '/actors', message: 'missing', allowed: 'at least one' })).toEqual({
      where: '/actors',
      what: 'missing',
      out: 'Allowed: at least one.',
    });
  });
});
