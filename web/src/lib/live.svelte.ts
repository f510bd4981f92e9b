// An answer that follows what it is asked. The newest question wins. It is asked at once, unless an answer is on its way:
// then the newest waits for it, so that the page keeps following a drag; only an answer that is long in coming is given up
// for a newer question. The last answer stays until the next is there.
import { untrack } from 'svelte';
import { isAborted, type Result } from './api';
import type { ApiError } from './types';

export type Question<T> = (signal: AbortSignal) => Promise<Result<T>>;

/**
 * How long an answer may be on its way, in milliseconds, before a newer question replaces it: half as long again as the
 * last one took, so that what is always slow is seen to follow a drag too, and these at least and at most.
 */
const patience = { least: 300, most: 1000 };

export class Live<T> {
  value = $state.raw<T | undefined>(undefined);
  error = $state.raw<ApiError | undefined>(undefined);
  busy = $state(false);
  /** Milliseconds from the question to the answer. */
  took = $state(0);

  private running: { stop: AbortController; since: number } | undefined;
  private waiting: Question<T> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  ask(question: Question<T>): void {
    this.waiting = question;
    this.busy = true;
    this.next();
  }

  private next(): void {
    clearTimeout(this.timer);
    const question = this.waiting;
    if (!question) return;
    if (this.running) {
      const patient = Math.min(Math.max(1.5 * this.took, patience.least), patience.most);
      const left = this.running.since + patient - performance.now();
      if (left > 0) {
        this.timer = setTimeout(() => this.next(), left);
        return;
      }
      this.running.stop.abort();
    }
    this.waiting = undefined;
    const running = { stop: new AbortController(), since: performance.now() };
    this.running = running;
    void question(running.stop.signal).then((result) => {
      if (this.running !== running) return;
      this.running = undefined;
      if (result.ok || !isAborted(result.error)) {
        this.took = performance.now() - running.since;
        performance.measure('steelyard:answer', { start: running.since, end: performance.now() });
        if (result.ok) this.value = result.value;
        this.error = result.ok ? undefined : result.error;
      }
      if (this.waiting) this.next();
      else this.busy = false;
    });
  }

  clear(): void {
    this.stop();
    this.value = undefined;
    this.error = undefined;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.running?.stop.abort();
    this.running = undefined;
    this.waiting = undefined;
    this.busy = false;
  }
}

/**
 * For a component: asks again whenever what `question` reads has changed, and stops with the component. `question`
 * gives the request to make, or null when there is nothing to ask. It is asked before the page is drawn, so that the
 * server works meanwhile.
 */
export function live<T>(question: () => Question<T> | null): Live<T> {
  const answer = new Live<T>();
  $effect.pre(() => {
    const asked = question();
    untrack(() => {
      if (asked) answer.ask(asked);
      else answer.clear();
    });
  });
  $effect(() => () => answer.stop());
  return answer;
}
