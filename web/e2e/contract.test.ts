// The server's answers have what src/lib/types.ts says they have: the page and the server are held to the same words.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Account,
  Analysis,
  CaseEntry,
  CaseFile,
  CaseNumber,
  Claim,
  Difference,
  Run,
  Session,
} from '../src/lib/types';
import { password, serve, type Server } from './support/server';

const id = 'belarus-us-2025';
let server: Server;
let csrf = '';
let cookie = '';
beforeAll(async () => {
  server = await serve();
  const answer = await fetch(`${server.address}/api/session`);
  cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  csrf = ((await answer.json()) as Session).csrf;
});
afterAll(() => server.stop());

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const headers = {
    'Content-Type': 'application/json',
    'X-Steelyard-Token': csrf,
    Cookie: cookie,
    Origin: server.address,
  };
  const answer = await fetch(server.address + path, {
    headers,
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as T;
}
/** Members that a type demands; the compiler knows whether they are its own. */
function has<T extends object>(value: T, ...members: (keyof T & string)[]) {
  expect(members.filter((member) => !(member in value))).toEqual([]);
}

describe('the server says what the page reads', () => {
  it('of the session', async () => {
    const session = await ask<Session>('/api/session');
    has(session, 'version', 'open', 'user', 'csrf', 'permissions', 'sources', 'editable');
    expect(session.user?.role).toBe('owner');
    expect(Object.values(session.permissions).every((one) => one === true)).toBe(true);
    has(session.permissions, 'read', 'vote', 'estimate', 'forecast', 'run_panel', 'settle', 'administer', 'save');
  });

  it('of cases', async () => {
    const [entry] = await ask<CaseEntry[]>('/api/cases');
    if (!entry) throw new Error('no case');
    has(entry, 'id', 'title', 'as_of', 'path', 'hash', 'actors', 'issues', 'sample', 'valid', 'problems');
    const file = await ask<CaseFile>(`/api/cases/${id}`);
    has(file, 'id', 'hash', 'text', 'case', 'sections', 'editable', 'problems');
    expect(file.sections).toContain('conflict');
    const bad = await ask<{ problems: { line: number; message: string }[]; case: unknown }>('/api/check', {
      text: 'steelyard: 1\nnonsense: 1\n',
    });
    expect(bad.problems.length).toBeGreaterThan(0);
    expect(bad.problems.map((problem) => problem.line)).toContain(2);
    expect(bad.case).toBeNull();
  });

  it('of numbers', async () => {
    const numbers = await ask<CaseNumber[]>('/api/numbers', { case: id });
    expect(numbers.length).toBeGreaterThan(200);
    for (const number of numbers) {
      has(
        number,
        'address',
        'pointer',
        'text',
        'value',
        'low',
        'high',
        'bounds',
        'kind',
        'because',
        'assumption',
        'line',
        'column',
      );
      expect(number.low).toBeLessThanOrEqual(number.value);
      expect(number.value).toBeLessThanOrEqual(number.high);
      expect(number.bounds).toHaveLength(2);
    }
    expect(numbers.find((one) => one.address === 'no_deal.belarus')).toMatchObject({
      value: 45,
      actor: 'belarus',
      kind: 'no_deal',
    });
    const moved = await ask<Difference>('/api/diff', {
      a: { case: id },
      b: { case: id, overrides: { 'no_deal.belarus': '50' } },
    });
    expect(moved.numbers).toHaveLength(1);
    has(moved.numbers[0] as Difference['numbers'][0], 'address', 'pointer', 'a', 'b');
  });

  it('of analyses', async () => {
    const analyses = await ask<Analysis[]>('/api/analyses');
    expect(analyses.length).toBeGreaterThan(30);
    for (const one of analyses) {
      has(one, 'name', 'module', 'question', 'about', 'status', 'references', 'needs', 'options', 'result');
      expect(one.options.properties, one.name).toBeTypeOf('object');
    }
    const run = await ask<Run<unknown>>('/api/run', {
      analysis: 'talks',
      case: id,
      overrides: { 'no_deal.belarus': '50' },
    });
    has(run, 'analysis', 'version', 'case_hash', 'options', 'seed', 'result');
  });

  it('of claims and votes', async () => {
    const { round, claims } = await ask<{ round: number; claims: Claim[] }>(`/api/cases/${id}/claims`);
    expect(round).toBe(1);
    for (const claim of claims) has(claim, 'id', 'numbers', 'votes', 'mine', 'pool');
    const first = claims[0]?.id;
    await ask(`/api/cases/${id}/votes`, { claim: first, supports: false, impact: 4, comment: 'not so' });
    const after = await ask<{ claims: Claim[] }>(`/api/cases/${id}/claims`);
    expect(after.claims[0]?.mine).toMatchObject({ supports: false, impact: 4, comment: 'not so' });
    expect(after.claims[0]?.pool).not.toBeNull();
  });

  it('of forecasts', async () => {
    const forecasts = [{ event: 'deal', by: '', chances: { yes: 0.7, no: 0.3 } }];
    const page = await ask<{ forecasts: { event: string; chances: unknown }[] }>(`/api/cases/${id}/forecasts`, {
      forecasts,
    });
    expect(page.forecasts[0]).toMatchObject({ event: 'deal', chances: { yes: 0.7, no: 0.3 } });
    const settled = await ask<{ outcomes: unknown[]; scores: unknown }>(`/api/cases/${id}/outcomes`, {
      event: 'deal',
      outcome: 'yes',
    });
    expect(settled.outcomes).toHaveLength(1);
    expect(settled.scores).not.toBeNull();
  });

  it('of accounts', async () => {
    const accounts = await ask<Account[]>('/api/accounts', { name: 'ann', role: 'expert', password });
    expect(accounts.find((one) => one.name === 'ann')).toMatchObject({ role: 'expert', active: true });
  });
});
