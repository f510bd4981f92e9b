import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../src/lib/api';
import { Live } from '../src/lib/live.svelte';

/** A server whose answers come when the test says so. */
function slow() {
  const asked: { signal: AbortSignal; answer: (result: Result<number>) => void }[] = [];
  const question = (signal: AbortSignal) => new Promise<Result<number>>((answer) => asked.push({ signal, answer }));
  return { asked, question };
}
const settle = async () => {
  for (let n = 0; n < 5; n += 1) await Promise.resolve();
};

describe('an answer that follows the numbers', () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'performance'],
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks at once, and then the newest alone of all values that a drag has passed meanwhile', async () => {
    const { asked, question } = slow();
    const passed = vi.fn(question);
    const live = new Live<number>();
    live.ask(question);
    expect(asked).toHaveLength(1);
    for (let n = 0; n < 20; n += 1) live.ask(passed);
    live.ask(question);
    asked[0]?.answer({ ok: true, value: 1 });
    await settle();
    expect(asked).toHaveLength(2);
    expect(passed).not.toHaveBeenCalled();
  });

  it('has one question on its way, and the newest waiting', async () => {
    const { asked, question } = slow();
    const skipped = vi.fn(question);
    const live = new Live<number>();
    live.ask(question);
    live.ask(skipped);
    live.ask(question);
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
    live.ask(question);
    vi.advanceTimersByTime(400);
    expect([asked.length, asked[0]?.signal.aborted, asked[1]?.signal.aborted]).toEqual([2, true, false]);
    asked[1]?.answer({ ok: true, value: 2 });
    await settle();
    asked[0]?.answer({ ok: true, value: 1 });
    await settle();
    expect([live.value, live.busy]).toEqual([2, false]);
  });

  it('waits longer for what always takes long, but not for ever', async () => {
    const { asked, question } = slow();
    const live = new Live<number>();
    live.ask(question);
    vi.advanceTimersByTime(600);
    asked[0]?.answer({ ok: true, value: 1 });
    await settle();
    live.ask(question);
    live.ask(question);
    vi.advanceTimersByTime(890);
    expect([asked.length, asked[1]?.signal.aborted]).toEqual([2, false]);
    vi.advanceTimersByTime(20);
    expect([asked.length, asked[1]?.signal.aborted]).toEqual([3, true]);
    vi.advanceTimersByTime(5000);
    asked[2]?.answer({ ok: true, value: 2 });
    await settle();
    live.ask(question);
    live.ask(question);
    vi.advanceTimersByTime(1010);
    expect([asked.length, asked[3]?.signal.aborted]).toEqual([5, true]);
  });

  it('keeps the last answer until the next is there, and beside an error', async () => {
    const { asked, question } = slow();
    const live = new Live<number>();
    live.ask(question);
    asked[0]?.answer({ ok: true, value: 1 });
    await settle();
    live.ask(question);
    expect([live.value, live.busy]).toEqual([1, true]);
    asked[1]?.answer({ ok: false, error: { kind: 'invalid_case', message: 'no', problems: [], status: 422 } });
    await settle();
    expect([live.value, live.error?.kind, live.busy]).toEqual([1, 'invalid_case', false]);
  });

  it('asks nobody once it has been stopped', async () => {
    const { asked, question } = slow();
    const live = new Live<number>();
    live.ask(question);
    live.ask(question);
    live.stop();
    asked[0]?.answer({ ok: true, value: 1 });
    await settle();
    vi.advanceTimersByTime(5000);
    expect([asked.length, asked[0]?.signal.aborted, live.busy, live.value]).toEqual([1, true, false, undefined]);
  });
});
