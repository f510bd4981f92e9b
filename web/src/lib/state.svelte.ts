// What is on the page: who reads, which case, which view, which numbers were replaced.
import { api, type CaseRef, type Result } from './api';
import { History } from './history';
import { formatLink, parseLink, type Place, type View } from './link';
import { live, type Live } from './live.svelte';
import { namesOf, type Names } from './names';
import type {
  Analysis,
  ApiError,
  CaseEntry,
  CaseFile,
  CaseNumber,
  Overrides,
  Permission,
  Problem,
  Run,
  Session,
} from './types';

/** The id of a case that was pasted and is kept by this browser tab alone. */
export const pasted = '~';
const keep = 'steelyard:text';
function keptText(): string | null {
  try {
    return sessionStorage.getItem(keep);
  } catch {
    return null;
  }
}
function keepText(text: string): void {
  try {
    sessionStorage.setItem(keep, text);
  } catch {
    app.spoken = 'This browser keeps nothing: the case is lost when the page is loaded again.';
  }
}
async function readText(text: string): Promise<Result<CaseFile>> {
  const read = await api.check(text);
  if (!read.ok) return read;
  const { problems, case: tree, sections } = read.value;
  return { ok: true, value: { id: pasted, hash: '', text, case: tree ?? {}, sections, editable: false, problems } };
}

const same = (a: Overrides, b: Overrides) => JSON.stringify(a) === JSON.stringify(b);

class App {
  session = $state.raw<Session | null>(null);
  cases = $state.raw<CaseEntry[]>([]);
  analyses = $state.raw<Analysis[]>([]);
  place = $state.raw<Place>(parseLink(''));
  file = $state.raw<CaseFile | null>(null);
  /** The numbers as the file has them; `overrides` says which are replaced. */
  numbers = $state.raw<CaseNumber[]>([]);
  overrides = $state.raw<Overrides>({});
  error = $state.raw<ApiError | null>(null);
  loading = $state(true);
  /** Said to screen readers. */
  spoken = $state('');
  /** The number whose panel is open: its address. */
  open = $state('');
  canUndo = $state(false);
  canRedo = $state(false);
  /** Told by the event stream: the file has changed on disk. */
  changedOnDisk = $state(false);

  private history = new History<Overrides>({});

  names: Names = $derived(namesOf(this.file ?? { case: {} }));
  /** What a request names: the served case's id, or the text of a pasted one. */
  ref: CaseRef = $derived(this.file ? (this.file.hash === '' ? this.file.text : this.file.id) : '');
  byAddress = $derived(new Map(this.numbers.map((number) => [number.address, number])));
  byPointer = $derived(new Map(this.numbers.map((number) => [number.pointer, number])));
  changed = $derived(Object.keys(this.overrides).length);

  may(permission: Permission): boolean {
    return this.session?.permissions[permission] ?? false;
  }

  /** Whether the case has this part. */
  has(part: string): boolean {
    return this.file?.sections.includes(part) ?? false;
  }

  async start(asked = api.session()): Promise<void> {
    const session = await asked;
    if (!session.ok) return this.fail(session.error);
    this.session = session.value;
    if (!session.value.user) {
      this.loading = false;
      return;
    }
    await this.signedIn();
  }

  async signedIn(): Promise<void> {
    this.loading = true;
    this.error = null;
    const place = parseLink(location.hash);
    const [cases] = await Promise.all([api.cases(), this.goto(place, false)]);
    if (cases.ok) this.cases = cases.value;
    else this.fail(cases.error);
    this.loading = false;
  }

  /** For the views that show forms and schemas; it is the longest of the server's lists. */
  async readAnalyses(): Promise<void> {
    if (this.analyses.length) return;
    const analyses = await api.analyses();
    if (analyses.ok) this.analyses = analyses.value;
    else this.fail(analyses.error);
  }

  /** Follows a link; `write` puts it into the address bar. */
  async goto(place: Place, write = true): Promise<void> {
    const other = place.case !== (this.file?.id ?? '');
    if (other && place.case === '') {
      this.file = null;
      this.numbers = [];
    }
    if (other && place.case !== '') {
      this.loading = true;
      this.open = '';
      const text = place.case === pasted ? keptText() : null;
      const [file, numbers] = await Promise.all([
        text === null ? api.case(place.case) : readText(text),
        api.numbers(text ?? place.case),
      ]);
      this.loading = false;
      if (!file.ok) {
        this.file = null;
        this.place = place;
        return this.fail(file.error);
      }
      this.show(file.value);
      if (numbers.ok) this.numbers = numbers.value;
      else if (file.value.problems.length === 0) this.fail(numbers.error);
    }
    if (other) this.restart(place.overrides);
    else if (!same(place.overrides, this.overrides)) this.take(place.overrides, '');
    this.place = place;
    document.title = place.case === '' ? 'Steelyard workbench' : `${this.names.title} – Steelyard`;
    if (write) this.write('push');
  }

  show(file: CaseFile): void {
    this.error = null;
    this.changedOnDisk = false;
    this.file = file;
  }

  /** Opens a text that no file on the server holds; false when it has problems, which are then in `checked`. */
  async openText(text: string): Promise<Problem[]> {
    const read = await readText(text);
    if (!read.ok) {
      this.fail(read.error);
      return [];
    }
    if (read.value.problems.length) return read.value.problems;
    keepText(text);
    this.file = null;
    await this.goto({ case: pasted, view: 'brief', overrides: {}, chosen: {} });
    return [];
  }

  async reload(): Promise<void> {
    const place = { ...this.place, overrides: this.overrides };
    this.file = null;
    await this.goto(place, false);
  }

  go(view: View, chosen: Record<string, string> = {}): void {
    void this.goto({ ...this.place, view, overrides: this.overrides, chosen: { ...this.kept(), ...chosen } });
  }

  choose(chosen: Record<string, string>): void {
    this.place = { ...this.place, chosen: { ...this.place.chosen, ...chosen } };
    this.write('replace');
  }

  chosen(name: string, otherwise = ''): string {
    return this.place.chosen[name] ?? otherwise;
  }

  /** The table looked at; the first one unless another was chosen. */
  table = $derived.by(() => {
    const chosen = this.place.chosen['table'] ?? '';
    return this.names.tables.some((table) => table.id === chosen) ? chosen : (this.names.tables[0]?.id ?? '');
  });

  linkTo(view: View, of = this.place.case): string {
    return formatLink({
      case: of,
      view,
      overrides: of === this.place.case ? this.overrides : {},
      chosen: of === this.place.case ? this.kept() : {},
    });
  }

  /** What stays when the view changes. */
  private kept(): Record<string, string> {
    const table = this.place.chosen['table'];
    return table ? { table } : {};
  }

  // Replaced numbers

  replace(address: string, text: string, gesture = ''): void {
    const rest = Object.entries(this.overrides).filter(([one]) => one !== address);
    const same = text === this.byAddress.get(address)?.text || text.trim() === '';
    // The order is that in which the numbers were first replaced.
    const next =
      !same && address in this.overrides
        ? { ...this.overrides, [address]: text }
        : Object.fromEntries(same ? rest : [...rest, [address, text]]);
    this.take(next, gesture);
  }
  /** As it stands on the page: replaced by a figure, or the file's. */
  value(number: CaseNumber): number {
    const replaced = Number(this.overrides[number.address] ?? NaN);
    return Number.isFinite(replaced) ? replaced : number.value;
  }
  reset(address?: string): void {
    if (address === undefined) this.take({}, '');
    else this.replace(address, '');
    this.spoken = address === undefined ? 'All numbers are as the file has them.' : 'The number is as the file has it.';
  }
  endGesture(): void {
    this.history.endGesture();
    this.write('replace');
  }
  undo(): void {
    this.history.undo();
    this.follow();
    this.spoken = 'Undone.';
  }
  redo(): void {
    this.history.redo();
    this.follow();
    this.spoken = 'Done again.';
  }
  private take(next: Overrides, gesture: string): void {
    if (same(next, this.overrides)) return;
    this.history.set(next, gesture);
    this.follow(gesture === '');
  }
  private restart(overrides: Overrides): void {
    this.history = new History<Overrides>(overrides);
    this.follow(false);
  }
  private follow(write = true): void {
    this.overrides = this.history.present;
    this.canUndo = this.history.canUndo;
    this.canRedo = this.history.canRedo;
    if (write) this.write('replace');
  }
  /** The numbers now are the file's. */
  saved(file: CaseFile, numbers: CaseNumber[]): void {
    this.show(file);
    this.numbers = numbers;
    this.restart({});
    this.write('replace');
  }

  private write(how: 'push' | 'replace'): void {
    const hash = formatLink({ ...this.place, overrides: this.overrides });
    if (hash === location.hash) return;
    if (how === 'push') history.pushState(null, '', hash);
    else history.replaceState(null, '', hash);
  }

  fail(error: ApiError): void {
    this.error = error;
    this.loading = false;
  }
}

export const app = new App();

/**
 * For a component: the answer of one analysis on the case as it stands, asked again when a number moves. Nothing is asked
 * of a case without the part that the analysis needs.
 */
export function answer<T>(
  analysis: () => string | null,
  options: () => Record<string, unknown> = () => ({}),
  part = 'preferences',
): Live<Run<T>> {
  return live<Run<T>>(() => {
    const name = analysis();
    if (!app.ref || !name || !app.has(part)) return null;
    const asked = { analysis: name, case: app.ref, options: options(), overrides: app.overrides };
    return (signal) => api.run<T>(asked, { signal });
  });
}
