import { describe, expect, it } from 'vitest';
import { fileName, toCsv } from '../src/lib/csv';

describe('tables as CSV', () => {
  it('quotes what must be quoted and ends every line', () => {
    expect(
      toCsv(
        ['a', 'b "c"'],
        [
          ['x, y', 1.5],
          ['two\nlines', null],
        ],
      ),
    ).toBe('a,"b ""c"""\r\n"x, y",1.5\r\n"two\nlines",\r\n');
  });

  it('gives numbers in full, as a computer reads them', () => {
    expect(toCsv(['n'], [[0.1 + 0.2], [-1e21], [12345678]])).toBe('n\r\n0.30000000000000004\r\n-1e+21\r\n12345678\r\n');
  });

  it('lets no text of a case become a formula of a spreadsheet', () => {
    const lines = toCsv(['t'], [['=HYPERLINK("http://x")'], ['+cmd'], ['@sum'], ['-2+3'], ['-2.5']]).split('\r\n');
    expect(lines.slice(1, 6)).toEqual([`"'=HYPERLINK(""http://x"")"`, "'+cmd", "'@sum", "'-2+3", '-2.5']);
  });

  it('names files plainly', () => {
    expect(fileName('Gain of every actor: "Belarus"!', 'svg')).toBe('gain-of-every-actor-belarus.svg');
    expect(fileName('…', 'csv')).toBe('steelyard.csv');
    expect(fileName('a'.repeat(200), 'png').length).toBe(64);
  });
});
