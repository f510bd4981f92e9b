// Undo and redo of whole states. A drag of one slider is one step, however many values it passes.
export class History<T> {
  private past: T[] = [];
  private future: T[] = [];
  private gesture = '';

  constructor(
    private now: T,
    private readonly limit = 200,
  ) {}

  get present(): T {
    return this.now;
  }
  get canUndo(): boolean {
    return this.past.length > 0;
  }
  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Takes the next state; states of the same non-empty gesture, with none in between, count as one step. */
  set(next: T, gesture = ''): void {
    if (gesture === '' || gesture !== this.gesture) {
      this.past.push(this.now);
      if (this.past.length > this.limit) this.past.shift();
    }
    this.gesture = gesture;
    this.future = [];
    this.now = next;
  }

  /** The next state starts a new step even if its gesture has the same name. */
  endGesture(): void {
    this.gesture = '';
  }

  undo(): void {
    const before = this.past.pop();
    if (before === undefined) return;
    this.future.push(this.now);
    this.now = before;
    this.gesture = '';
  }

  redo(): void {
    const after = this.future.pop();
    if (after === undefined) return;
    this.past.push(this.now);
    this.now = after;
    this.gesture = '';
  }
}
