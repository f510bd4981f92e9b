import { afterEach, describe, expect, it, vi } from 'vitest';
import { api, isAborted } from '../src/lib/api';

function answers(status: number, body: string) {
  const fetch = vi.fn<(path: string, asked: RequestInit) => Promise<Response>>(() =>
    Promise.resolve(new Response(body, { status })),
  );
  vi.stubGlobal('fetch', fetch);
  return fetch;
}
const header = (asked: RequestInit | undefined, name: string) => new Headers(asked?.headers).get(name);

afterEach(() => vi.unstubAllGlobals());

describe('the client', () => {
  it('sends the token of the session with everything that changes something, and never with a GET', async () => {
    answers(200, JSON.stringify({ csrf: 'secret', user: null }));
    await api.session();
    const fetch = answers(200, '{}');
    await api.cases();
    await api.vote('lease', { claim: 'c1', supports: true });
    const [get, post] = fetch.mock.calls;
    expect(header(get?.[1], 'X-Steelyard-Token')).toBeNull();
    expect(header(post?.[1], 'X-Steelyard-Token')).toBe('secret');
    expect(header(post?.[1], 'Content-Type')).toBe('application/json');
    expect(post?.[1].credentials).toBe('same-origin');
  });

  it('names cases and accounts safely in its paths', async () => {
    const fetch = answers(200, '{}');
    await api.case('a/../b?c');
    await api.source('x', '../y');
    await api.changeAccount('ä b', { close: true });
    expect(fetch.mock.calls.map(([path]) => path)).toEqual([
      '/api/cases/a%2F..%2Fb%3Fc',
      '/api/cases/x/sources/..%2Fy',
      '/api/accounts/%C3%A4%20b',
    ]);
  });

  it('gives the problems of a refused request', async () => {
    answers(
      422,
      JSON.stringify({
        error: { kind: 'invalid_case', message: '1 problem', problems: [{ line: 3, message: 'unknown key' }] },
      }),
    );
    const answer = await api.run({ analysis: 'frontier', case: 'x' });
    expect(answer).toEqual({
      ok: false,
      error: {
        kind: 'invalid_case',
        message: '1 problem',
        problems: [{ line: 3, message: 'unknown key' }],
        status: 422,
      },
    });
  });

  it('says in words what is not JSON, and when nobody answers', async () => {
    answers(502, '<html>');
    const proxy = await api.cases();
    expect(!proxy.ok && proxy.error.message).toBe('the answer is not JSON');
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    const nobody = await api.cases();
    expect(!nobody.ok && nobody.error.kind).toBe('unreachable');
    expect(!nobody.ok && nobody.error.message).toContain('steelyard serve');
  });

  it('tells an answer that nobody waits for from a failure', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new DOMException('gone', 'AbortError')));
    const answer = await api.run({ analysis: 'frontier', case: 'x' }, { signal: new AbortController().signal });
    expect(!answer.ok && isAborted(answer.error)).toBe(true);
  });

  it('names its job, so that the server can stop it', async () => {
    const fetch = answers(200, '{}');
    await api.run({ analysis: 'tornado', case: 'x' }, { job: 'page-1' });
    await api.cancel('page-1');
    expect(header(fetch.mock.calls[0]?.[1], 'X-Steelyard-Job')).toBe('page-1');
    expect([fetch.mock.calls[1]?.[0], fetch.mock.calls[1]?.[1].method]).toEqual(['/api/jobs/page-1', 'DELETE']);
  });
});
