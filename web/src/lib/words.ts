// How figures and names are written.

const thousands = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** A figure in as many digits as it deserves: 8, 4.5, 0.37, 12,400. Missing is a dash. */
export function figure(value: unknown, digits = 3): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'string') return /^\d{4,}$/.test(value) ? thousands(value) : value;
  if (typeof value !== 'number') return String(value);
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const places =
    size >= 100 || Number.isInteger(value) ? 0 : Math.min(6, Math.max(0, digits - 1 - Math.floor(Math.log10(size))));
  // By hand, as the browser's own number formats cost more than all the rest of a view: tens of milliseconds to begin with.
  // Halves go up as they are written, so 1.065 is 1.07 though the nearest binary number lies below it.
  const written = size >= 1e-6 && size < 1e21 ? Math.round(Number(`${size}e${places}`)) / 10 ** places : size;
  const [whole = '', part = ''] = written.toFixed(places).split('.');
  const after = part.replace(/0+$/, '');
  const text = thousands(whole) + (after && `.${after}`);
  return value < 0 && text !== '0' ? `−${text}` : text;
}

/** The same with its sign. */
export function signed(value: unknown): string {
  const text = figure(value);
  return typeof value === 'number' && value > 0 ? `+${text}` : text;
}

export function percent(value: unknown): string {
  return typeof value === 'number' ? `${figure(value, 2)}%` : '–';
}

/** A share 0..1 as a percentage. */
export function share(value: unknown): string {
  return typeof value === 'number' ? percent(value * 100) : '–';
}

/** snake_case in words. */
export function plain(name: string): string {
  return name.replaceAll('_', ' ');
}

export function sentence(name: string): string {
  const words = plain(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "a, b and c". */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1] ?? ''}`;
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${figure(n)} ${n === 1 ? one : many}`;
}

/** One line for a problem of a case: where, what, and the way out. */
export function problemWords(problem: {
  line?: number;
  column?: number;
  pointer?: string;
  message: string;
  found?: string;
  allowed?: string;
  nearest?: string;
}): { where: string; what: string; out: string } {
  const where = problem.line
    ? `Line ${problem.line}${problem.column ? `, column ${problem.column}` : ''}`
    : (problem.pointer ?? '');
  const what = problem.found ? `${problem.message} (found: ${problem.found})` : problem.message;
  const out = problem.nearest
    ? `Did you mean ${problem.nearest}?`
    : problem.allowed
      ? `Allowed: ${problem.allowed}.`
      : '';
  return { where, what, out };
}

/** As much of a name as fits into so many pixels of a picture's 12 px text. */
export function fit(name: string, room: number): string {
  const letters = Math.max(4, Math.floor(room / 6.6));
  return name.length <= letters ? name : `${name.slice(0, letters - 1).trimEnd()}…`;
}

const concepts: Record<string, string> = {
  nash: 'Nash (balanced)',
  weighted_nash: 'weighted Nash',
  kalai_smorodinsky: 'Kalai-Smorodinsky',
  utilitarian: 'largest sum',
};

/** A solution of bargaining theory by its usual name. */
export function conceptName(concept: string): string {
  return concepts[concept] ?? plain(concept);
}
