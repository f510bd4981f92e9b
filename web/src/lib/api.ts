// The one way to the server. An answer is a value or an error with problems; nothing is thrown.
import type {
  Account,
  Analysis,
  ApiError,
  CaseEntry,
  CaseFile,
  CaseNumber,
  Claim,
  Difference,
  Overrides,
  Problem,
  Run,
  Session,
  Tree,
} from './types';

export type Result<T> = { ok: true; value: T } | { ok: false; error: ApiError };

/** A case the server keeps (its id), or a case's whole text. */
export type CaseRef = string;

export interface RunRequest {
  analysis: string;
  case: CaseRef;
  options?: Record<string, unknown>;
  overrides?: Overrides;
  seed?: number;
}

let token = '';

function failure(status: number, body: unknown): ApiError {
  const error = (body as { error?: { kind?: string; message?: string; problems?: Problem[] } } | null)?.error;
  const problems = error?.problems ?? [];
  return {
    kind: error?.kind ?? 'error',
    message: error?.message ?? problems[0]?.message ?? `the server answered with status ${status}`,
    problems,
    status,
  };
}

/** True for an answer that nobody waits for any more. */
export function isAborted(error: ApiError): boolean {
  return error.kind === 'aborted';
}

async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  more: { signal?: AbortSignal; job?: string } = {},
): Promise<Result<T>> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') {
    headers['X-Steelyard-Token'] = token;
    headers['Content-Type'] = 'application/json';
  }
  if (more.job) headers['X-Steelyard-Job'] = more.job;
  try {
    const response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(more.signal ? { signal: more.signal } : {}),
    });
    const text = await response.text();
    let value: unknown = null;
    try {
      value = text === '' ? null : JSON.parse(text);
    } catch {
      return { ok: false, error: failure(response.status, { error: { message: 'the answer is not JSON' } }) };
    }
    if (!response.ok) return { ok: false, error: failure(response.status, value) };
    return { ok: true, value: value as T };
  } catch (thrown) {
    const aborted = thrown instanceof DOMException && thrown.name === 'AbortError';
    return {
      ok: false,
      error: {
        kind: aborted ? 'aborted' : 'unreachable',
        message: aborted ? 'not waited for' : 'the server does not answer; is `steelyard serve` still running?',
        problems: [],
        status: 0,
      },
    };
  }
}

async function session(answer: Promise<Result<Session>>): Promise<Result<Session>> {
  const result = await answer;
  if (result.ok) token = result.value.csrf;
  return result;
}

const at = (id: string, rest = '') => `/api/cases/${encodeURIComponent(id)}${rest}`;

/** What a text says as a case; its tree is null when it has problems. */
export interface Checked {
  problems: Problem[];
  case: CaseFile['case'] | null;
  sections: string[];
}

export interface PoolPage {
  run: Run<Record<string, Tree>>;
  summary: string;
  /** How many judgements this reader may not see yet. */
  hidden: number;
  outdated: number;
}

export interface ForecastPage {
  forecasts: Record<string, unknown>[];
  outcomes: Record<string, unknown>[];
  scores: Record<string, unknown> | null;
}

export const api = {
  session: () => session(request('GET', '/api/session')),
  login: (name: string, password: string) => session(request('POST', '/api/login', { name, password })),
  logout: () => session(request('POST', '/api/logout', {})),

  analyses: () => request<Analysis[]>('GET', '/api/analyses'),
  cases: () => request<CaseEntry[]>('GET', '/api/cases'),
  case: (id: string) => request<CaseFile>('GET', at(id)),
  check: (text: string) => request<Checked>('POST', '/api/check', { text }),
  create: (text: string) => request<CaseFile>('POST', '/api/cases', { text }),
  save: (id: string, hash: string, numbers: Overrides) =>
    request<CaseFile>('POST', at(id, '/numbers'), { hash, numbers }),
  replace: (id: string, hash: string, text: string) => request<CaseFile>('PUT', at(id), { hash, text }),
  source: (id: string, source: string) =>
    request<{ text: string; verified: boolean }>('GET', at(id, `/sources/${encodeURIComponent(source)}`)),
  diff: (a: { case: CaseRef; overrides?: Overrides }, b: { case: CaseRef; overrides?: Overrides }) =>
    request<Difference>('POST', '/api/diff', { a, b }),
  numbers: (of: CaseRef, overrides: Overrides = {}, signal?: AbortSignal) =>
    request<CaseNumber[]>('POST', '/api/numbers', { case: of, overrides }, signal ? { signal } : {}),

  run: <T>(asked: RunRequest, more: { signal?: AbortSignal; job?: string } = {}) =>
    request<Run<T>>('POST', '/api/run', asked, more),
  /** Quick: without what takes long, draws and questions about the order of talks. */
  brief: <T>(of: CaseRef, overrides: Overrides, quick: boolean, signal?: AbortSignal) =>
    request<T>('POST', '/api/brief', { case: of, overrides, quick }, signal ? { signal } : {}),
  cancel: (job: string) => request<unknown>('DELETE', `/api/jobs/${encodeURIComponent(job)}`),

  claims: (id: string) => request<{ round: number; claims: Claim[] }>('GET', at(id, '/claims')),
  vote: (id: string, vote: Record<string, unknown>) => request<{ round: number }>('POST', at(id, '/votes'), vote),
  estimate: (id: string, estimate: Record<string, unknown>) =>
    request<{ round: number }>('POST', at(id, '/estimates'), estimate),
  pool: (id: string) => request<PoolPage>('GET', at(id, '/pool')),
  nextRound: (id: string) => request<{ round: number }>('POST', at(id, '/round'), {}),
  forecasts: (id: string) => request<ForecastPage>('GET', at(id, '/forecasts')),
  forecast: (id: string, forecasts: Record<string, unknown>[]) =>
    request<unknown>('POST', at(id, '/forecasts'), { forecasts }),
  outcome: (id: string, outcome: Record<string, unknown>) => request<unknown>('POST', at(id, '/outcomes'), outcome),

  accounts: () => request<Account[]>('GET', '/api/accounts'),
  openAccount: (account: { name: string; role: Role; password: string }) =>
    request<unknown>('POST', '/api/accounts', account),
  changeAccount: (name: string, change: { role?: Role; password?: string; close?: boolean }) =>
    request<unknown>('POST', `/api/accounts/${encodeURIComponent(name)}`, change),
};

type Role = Account['role'];
