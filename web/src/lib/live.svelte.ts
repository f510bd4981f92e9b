// An answer that follows what it is asked. The newest question wins: an older one on its way is given up, and a burst
// of questions (a slider on the move) is asked once a frame. The last answer stays until the next one is there.
import { untrack } from 'svelte';
import { isAborted, type Result } from './api';
import type { ApiError } from './types';

export class Live<T> {
  value = $state.raw<T | undefined>(undefined);
  error = $state.raw<ApiError | undefined>(undefined);
  busy = $state(false);
  /** Milliseconds from the question to the answer. */
  took = $state(0);

  private running: AbortController | undefined;
  private frame = 0;

  ask(question: (signal: AbortSignal) => Promise<Result<T>>): void {
    cancelAnimationFrame(this.frame);
    this.busy = true;
    const asked = performance.now();
    this.frame = requestAnimationFrame(() => {
      this.running?.abort();
      const running = new AbortController();
      this.running = running;
      void question(running.signal).then((result) => {
        if (this.running !== running || (!result.ok && isAborted(result.error))) return;
        this.busy = false;
        this.took = performance.now() - asked;
        if (result.ok) {
          this.value = result.value;
          this.error = undefined;
          performance.measure('steelyard:answer', { start: asked, end: performance.now() });
        } else {
          this.error = result.error;
        }
      });
    });
  }

  clear(): void {
    this.stop();
    this.value = undefined;
    this.error = undefined;
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.running?.abort();
    this.running = undefined;
    this.busy = false;
  }
}

/**
 * For a component: asks again whenever what `question` reads has changed, and stops with the component. `question`
 * gives the request to make, or null when there is nothing to ask.
 */
export function live<T>(question: () => ((signal: AbortSignal) => Promise<Result<T>>) | null): Live<T> {
  const answer = new Live<T>();
  $effect(() => {
    const asked = question();
    untrack(() => {
      if (asked) answer.ask(asked);
      else answer.clear();
    });
  });
  $effect(() => () => answer.stop());
  return answer;
}
