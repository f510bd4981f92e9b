// Claims and sources of a case, read from its tree.
import { map, text } from './names';
import type { CaseFile, CaseNumber, Tree } from './types';

export interface ClaimWords {
  id: string;
  text: string;
  by: string;
  kind: string;
  source: string;
  place: string;
  /** Admiralty code, where the case states one. */
  code: string;
  start: number | null;
  end: number | null;
}

export interface SourceWords {
  id: string;
  title: string;
  /** Only http and https: another scheme in a case is shown as text and never linked. */
  url: string;
  reliability: string;
}

export function sourceOf(file: Pick<CaseFile, 'case'>, id: string): SourceWords | null {
  const source = map(map(file.case['sources'])[id]);
  if (Object.keys(source).length === 0) return null;
  const url = text(source['url']);
  return {
    id,
    title: text(source['title']) || id,
    url: /^https?:\/\//i.test(url) ? url : '',
    reliability: text(source['reliability']),
  };
}

export function claimsOf(file: Pick<CaseFile, 'case'>, ids: readonly string[]): ClaimWords[] {
  const all = map(file.case['claims']);
  return ids.map((id) => {
    const claim = map(all[id]);
    const source = text(claim['source']);
    const reliability = text(map(map(file.case['sources'])[source])['reliability']);
    const credibility = text(claim['credibility']);
    const at = map(claim['at']);
    const paragraph = text(at['paragraph']) || text(claim['at']);
    const number = (value: unknown) => (typeof value === 'number' ? value : null);
    return {
      id,
      text: text(claim['text']) || id,
      by: text(claim['by']),
      kind: text(claim['kind']),
      source,
      place: paragraph ? `paragraph ${paragraph}` : '',
      code: credibility ? `${reliability}${credibility}` : '',
      start: number(at['start']),
      end: number(at['end']),
    };
  });
}

/** The reason that the case's author gives for a number, read from the tree. */
export function whyOf(file: Pick<CaseFile, 'case'>, number: Pick<CaseNumber, 'pointer' | 'actor' | 'issue'>): string {
  let node: Tree | undefined = file.case;
  for (const step of number.pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    node = Array.isArray(node) ? node[Number(name)] : map(node)[name];
  }
  const own = text(map(node)['why']);
  if (own || !number.actor) return own;
  const basis = map(map(map(file.case['preferences'])[number.actor])['basis']);
  return text(map(basis[number.issue ?? ''])['why']) || (number.issue ? text(map(basis['all'])['why']) : '');
}
