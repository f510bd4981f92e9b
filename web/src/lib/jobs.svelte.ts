// Long runs: started by a button, with progress and a way to stop them.
import { api, isAborted, type Result } from './api';
import { app } from './state.svelte';
import type { ApiError, Run } from './types';

export interface Progress {
  job: string;
  stage: string;
  done: number;
  total: number;
}

const running = new Map<string, Job<unknown>>();

export function progress(said: Progress): void {
  const job = running.get(said.job);
  if (job) job.progress = said;
}

let count = 0;

export class Job<T> {
  value = $state.raw<Run<T> | undefined>(undefined);
  error = $state.raw<ApiError | undefined>(undefined);
  progress = $state.raw<Progress | undefined>(undefined);
  busy = $state(false);
  /** The replaced numbers it was run with: an answer to other numbers is marked as old. */
  private asked = $state('');
  stale = $derived(this.value !== undefined && this.asked !== JSON.stringify([app.ref, app.overrides]));

  private id = '';
  private abort: AbortController | undefined;

  async run(analysis: string, options: Record<string, unknown>, seed?: number): Promise<void> {
    this.stop();
    this.id = `page-${Date.now().toString(36)}-${(count += 1)}`;
    const id = this.id;
    running.set(id, this as Job<unknown>);
    this.abort = new AbortController();
    this.busy = true;
    this.progress = undefined;
    this.error = undefined;
    this.asked = JSON.stringify([app.ref, app.overrides]);
    const answer: Result<Run<T>> = await api.run<T>(
      { analysis, case: app.ref, options, overrides: app.overrides, ...(seed === undefined ? {} : { seed }) },
      { job: id, signal: this.abort.signal },
    );
    running.delete(id);
    if (this.id !== id) return;
    this.busy = false;
    if (answer.ok) this.value = answer.value;
    else if (!isAborted(answer.error)) this.error = answer.error;
  }

  /** Stops the run on the server too. */
  stop(): void {
    if (!this.busy) return;
    void api.cancel(this.id);
    this.abort?.abort();
    running.delete(this.id);
    this.id = '';
    this.busy = false;
  }
}
