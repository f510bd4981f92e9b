import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../src/lib/api';
import { Live } from '../src/lib/live.svelte';

/** A server whose answers come when the test says so. */
function slow() {
  const asked: { signal: AbortSignal; answer: (result: Result<number>) => void }[] = [];
  const question = (signal: AbortSignal) => new Promise<Result<number>>((answer) => asked.push({ signal, answer }));
  return { asked, question };
}
const frame = () => vi.advanceTimersToNextFrame();
const settle = async () => {
  for (let n = 0; n < 5; n += 1) await Promise.resolve();
};

describe('an answer that follows the numbers', () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'setTimeout', 'clearTimeout', 'performance'],
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks once a frame, however many values a drag passes', () => {
    const { asked, question } = slow();
    const live = new Live<number>();
    for (let n = 0; n < 20; n += 1) live.ask(question);
    expect(asked).toHaveLength(0);
    frame();
    expect(asked).toHaveLength(1);
  });

  it('has one question on its way, and the newest waiting', async () => {
    const { asked, question } = slow();
    const skipped = vi.fn(question);
    const live = new Live<number>();
    live.ask(question);
    frame();
    live.ask(skipped);
    frame();
    live.ask(question);
    frame();
    expect([asked.length, asked[0]?.signal.aborted]).toEqual([1, false]);
    asked[0]?.answer({ ok: true, value: 1 });
    await settle();
    expect([live.value, live.busy, asked.length]).toEqual([1, true, 2]);
    asked[1]?.answer({ ok: true, value: 3 });
    await settle();
    expect([live.value, live.busy]).toEqual([3, false]);
    expect(skipped).not.toHaveBeenCalled();
  });

  it('gives up a question that is long in coming, and takes no late answer to it', async () => {
    const { asked, question } = slow();
    const live = new Live<number>();
    live.ask(question);
    frame();
    live.ask(question);
    frame();
    vi.advanceTimersByTime(400);
    expect([asked.length, asked[0]?.signal.aborted, asked[1]?.signal.aborted]).toEqual([2, true, false]);
    asked[1]?.answer({ ok: true, value: 2 });
    await settle();
    asked[0]?.answer({ ok: true, value: 1 });
    await settle();
    expect([live.value, live.busy]).toEqual([2, false]);
  });

  it('keeps the last answer until the next is there, and beside an error', async () => {
    const { asked, question } = slow();
    const live = new Live<number>();
    live.ask(question);
    frame();
    asked[0]?.answer({ ok: true, value: 1 });
    await settle();
    live.ask(question);
    frame();
    expect([live.value, live.busy]).toEqual([1, true]);
    asked[1]?.answer({ ok: false, error: { kind: 'invalid_case', message: 'no', problems: [], status: 422 } });
    await settle();
    expect([live.value, live.error?.kind, live.busy]).toEqual([1, 'invalid_case', false]);
  });

  it('asks nobody once it has been stopped', () => {
    const { asked, question } = slow();
    const live = new Live<number>();
    live.ask(question);
    live.stop();
    frame();
    expect([asked.length, live.busy]).toEqual([0, false]);
  });
});
