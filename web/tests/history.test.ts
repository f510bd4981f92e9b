import { describe, expect, it } from 'vitest';
import { History } from '../src/lib/history';

describe('undo and redo', () => {
  it('steps back and forth through what was set', () => {
    const history = new History(0);
    history.set(1);
    history.set(2);
    expect([history.present, history.canUndo, history.canRedo]).toEqual([2, true, false]);
    history.undo();
    expect(history.present).toBe(1);
    history.undo();
    expect([history.present, history.canUndo, history.canRedo]).toEqual([0, false, true]);
    history.redo();
    history.redo();
    expect([history.present, history.canRedo]).toEqual([2, false]);
  });

  it('does nothing at either end', () => {
    const history = new History('only');
    history.undo();
    history.redo();
    expect(history.present).toBe('only');
  });

  it('takes a drag for one step, and the next drag of the same slider for another', () => {
    const history = new History(0);
    for (const value of [1, 2, 3]) history.set(value, 'rent');
    history.endGesture();
    for (const value of [4, 5]) history.set(value, 'rent');
    history.undo();
    expect(history.present).toBe(3);
    history.undo();
    expect(history.present).toBe(0);
  });

  it('begins a new step when another slider moved in between', () => {
    const history = new History(0);
    history.set(1, 'rent');
    history.set(2, 'repair');
    history.set(3, 'rent');
    history.undo();
    expect(history.present).toBe(2);
  });

  it('forgets what was undone once something new is set', () => {
    const history = new History(0);
    history.set(1);
    history.undo();
    history.set(7);
    expect(history.canRedo).toBe(false);
    history.undo();
    expect(history.present).toBe(0);
  });

  it('does not join a drag with what stood before an undo', () => {
    const history = new History(0);
    history.set(1, 'rent');
    history.undo();
    history.set(2, 'rent');
    history.undo();
    expect(history.present).toBe(0);
  });

  it('keeps no more than its limit', () => {
    const history = new History(0, 3);
    for (let value = 1; value <= 10; value += 1) history.set(value);
    for (let n = 0; n < 10; n += 1) history.undo();
    expect(history.present).toBe(7);
  });
});
