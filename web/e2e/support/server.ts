// The program's own server on a folder made for one test file.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, repository } from './places.mjs';

export const first = 'cases/belarus-us/2025-major-agreement.yaml';
export const password = 'a long enough password';
export type Role = 'reader' | 'expert' | 'owner';

export interface Server {
  address: string;
  /** Its folder of cases. */
  cases: string;
  store: string;
  stop(): Promise<void>;
}

export interface Wanted {
  /** Paths in the repository, copied into the folder. */
  cases?: string[];
  /** Texts for --sources: the source's id and its text. */
  sources?: Record<string, string>;
  /** With accounts the server listens for everybody, and wants a password of each. */
  accounts?: Record<string, Role>;
}

export function steelyard(args: string[], input = ''): string {
  const done = spawnSync(program, args, { input, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`steelyard ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

export async function serve({ cases = [first], sources = {}, accounts = {} }: Wanted = {}): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'steelyard-page-'));
  const served = join(folder, 'cases');
  const store = join(folder, 'store.sqlite');
  mkdirSync(served);
  for (const path of cases) cpSync(join(repository, path), join(served, path.split('/').pop() ?? ''));
  for (const [name, role] of Object.entries(accounts))
    steelyard(['account', 'add', name, '--role', role, '--store', store, '--by', 'test'], `${password}\n`);

  const texts = join(folder, 'sources');
  mkdirSync(texts);
  for (const [source, text] of Object.entries(sources)) writeFileSync(join(texts, `${source}.txt`), text);
  const shown = Object.keys(sources).length ? ['--sources', texts] : [];
  const bind = Object.keys(accounts).length ? ['--bind', '0.0.0.0'] : [];
  const child = spawn(program, ['serve', served, '--port', '0', '--store', store, ...shown, ...bind], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const port = await portOf(child);
  return {
    address: `http://127.0.0.1:${port}`,
    cases: served,
    store,
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          done();
        });
        child.kill('SIGTERM');
      }),
  };
}

function portOf(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const port = /http:\/\/[^\s/]*:(\d+)\//.exec(said)?.[1];
      if (port) done(port);
    });
    child.once('error', failed);
    child.once('exit', (status) => failed(new Error(`the server ended with ${status}: ${said}`)));
  });
}
