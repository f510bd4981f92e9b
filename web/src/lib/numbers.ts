// Names and sliders of a case's numbers.
import type { Names } from './names';
import type { CaseNumber } from './types';
import { sentence } from './words';

const kinds: Record<string, string> = {
  no_deal: 'without agreement',
  capability: 'capability',
  salience: 'salience',
  position: 'position',
  weight: 'weight',
  power: 'power at the table',
  conflict: 'conflict',
  obligation: 'cost of a broken obligation',
  bundle: 'bundle',
};

/** What a number is of, in words: "Belarus: Loans, on soft terms". */
export function numberName(names: Names, number: CaseNumber): string {
  const actor = number.actor ? names.actor(number.actor) : '';
  const issue = number.issue ? names.issue(number.issue) : '';
  const option = number.issue && number.option ? names.option(number.issue, number.option) : '';
  const kind = kinds[number.kind];
  if (issue && option) return `${actor ? `${actor}: ` : ''}${issue}, ${option}`;
  if (issue) return `${actor ? `${actor}: ` : ''}${issue}${kind ? `, ${kind}` : ''}`;
  const parts = number.pointer.split('/').slice(1);
  // Bundles and obligations are listed by their place in the file.
  if (number.kind === 'bundle' && parts[1] !== undefined)
    return `${actor ? `${actor}: ` : ''}bundle ${Number(parts[1]) + 1}`;
  if (number.kind === 'obligation' && parts[1] !== undefined)
    return `${actor ? `${actor}: ` : ''}cost of broken obligation ${/^\d+$/.test(parts[1]) ? Number(parts[1]) + 1 : parts[1]}`;
  if (actor && kind) return `${actor}: ${kind}`;
  return sentence(number.address.includes('/') ? parts.join(', ') : number.address.replaceAll('.', ', '));
}

/** Short, for a bar's label. */
export function factorName(names: Names, byPointer: Map<string, CaseNumber>, factor: string): string {
  const number = byPointer.get(factor);
  return number ? numberName(names, number) : sentence(factor.replace(/^\//, '').replaceAll('/', ', '));
}

/** Ends and step of a slider: twice the stated range, at least a unit, never outside what the field allows. */
export function sliderRange(number: CaseNumber): { low: number; high: number; step: number } {
  const [least, most] = number.bounds;
  const spread = Math.max(number.high - number.value, number.value - number.low);
  const reach = spread > 0 ? 2 * spread : Math.max(5, Math.abs(number.value) * 0.5);
  const step = reach >= 200 ? 10 : reach >= 20 ? 1 : reach >= 2 ? 0.5 : reach >= 0.4 ? 0.05 : 0.01;
  const snap = (value: number, round: (x: number) => number) => Number((round(value / step) * step).toFixed(6));
  let low = snap(number.value - reach, Math.floor);
  let high = snap(number.value + reach, Math.ceil);
  if (least !== null) low = Math.max(low, least);
  if (most !== null) high = Math.min(high, most);
  // A value between two steps would make the browser move the slider by itself.
  const off = (number.value - low) / step;
  return { low, high, step: Math.abs(off - Math.round(off)) < 1e-6 ? step : step / 100 };
}
