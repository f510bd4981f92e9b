// A small case as the server would give it, for tests that need no server.
import type { CaseFile, CaseNumber } from '../src/lib/types';

export const lease: CaseFile = {
  id: 'lease',
  hash: 'h1',
  text: 'steelyard: 1\ncase: lease\n',
  case: {
    case: 'lease',
    title: 'The lease',
    actors: { owner: { name: 'Owner' }, tenant: {} },
    issues: {
      rent: { name: 'Rent', options: { low: 0, high: { place: 100, name: 'a high one' } }, status_quo: 'low' },
      repair: { options: { shared: {}, tenant_pays: {} } },
    },
    tables: { main: { name: 'Main table', actors: ['owner', 'tenant'], issues: ['rent', 'repair'] } },
    sources: {
      letter: { title: 'A letter', url: 'https://example.org/letter', reliability: 'B' },
      bad: { url: 'javascript:alert(1)' },
    },
    claims: {
      c1: {
        text: 'The owner can wait.',
        by: 'ann',
        kind: 'fact',
        source: 'letter',
        credibility: 2,
        at: { paragraph: 4, start: 10, end: 14 },
      },
    },
  },
  sections: ['actors', 'issues', 'tables'],
  editable: true,
  problems: [],
};

export function number(more: Partial<CaseNumber> = {}): CaseNumber {
  return {
    address: 'rent.high.owner',
    pointer: '/preferences/owner/points/rent/high',
    text: '60',
    value: 60,
    low: 50,
    high: 70,
    bounds: [null, null],
    kind: 'points',
    actor: 'owner',
    issue: 'rent',
    option: 'high',
    because: ['c1'],
    assumption: true,
    line: 12,
    column: 5,
    ...more,
  };
}
