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
