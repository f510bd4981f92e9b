// The brief as the server gives it.
import { items, map, text } from './names';
import type { CaseFile, Deal, Points } from './types';

export interface BriefPart {
  kind: string;
  title: string;
  label: string;
  sentence: string;
  why: string[];
  tables: { caption: string; columns: string[]; rows: string[][] }[];
  would_change: string[];
  likelihood: { value: number; band: string; sentence: string } | null;
  needs: { analysis: string; sentence: string } | null;
  see: string;
}
export interface BriefMark {
  concepts: string[];
  name: string;
  deal: Deal;
  changes: string[];
  points: Points;
  gains: Points;
  /** The gain as a share of the actor's stake, in per cent. */
  percent: Points;
}
export interface BriefTable {
  id: string;
  name: string;
  actors: string[];
  deals: string;
  feasible: string;
  acceptable: string;
  no_deal: Points;
  stake: Points;
  frontier: { points: Points; acceptable: boolean }[];
  sample: [number, number][] | number[][];
  marks: BriefMark[];
}
export interface BriefAnswer {
  id: string;
  ask: string;
  parts: BriefPart[];
  rests_on: { sentence: string; claims: { claim: string; numbers: number }[] } | null;
  confidence: { level: string; sentence: string } | null;
}
export interface Brief {
  title: string;
  about: string;
  actors: { id: string; name: string; about: string }[];
  summary: string[];
  answers: BriefAnswer[];
  tables: BriefTable[];
  heat: { issue: string; name: string; shares: Points }[];
  claims: { claim: string; text: string }[];
  notes: string[];
  provenance: { version: string; case_id: string; case_hash: string };
}

/** A question of the case with its answer: of the brief as it stands, of the one before, or still on its way. */
export interface Asked {
  id: string;
  ask: string;
  answer: BriefAnswer | null;
  old: boolean;
}

/**
 * Every question in its place: those that the quick brief leaves out are in `before`, the last whole brief, or known
 * from the case only.
 */
export function everyQuestion(quick: Brief, before: Brief | undefined, file: Pick<CaseFile, 'case'> | null): Asked[] {
  const named = before
    ? before.answers.map(({ id, ask }) => ({ id, ask }))
    : items(file?.case['questions']).map((one) => ({ id: text(map(one)['id']), ask: text(map(one)['ask']) }));
  const now = (id: string) => quick.answers.find((one) => one.id === id);
  if (quick.answers.some((one) => !named.some(({ id }) => id === one.id)))
    return quick.answers.map((answer) => ({ id: answer.id, ask: answer.ask, answer, old: false }));
  return named.map(({ id, ask }) => {
    const answer = now(id) ?? before?.answers.find((one) => one.id === id) ?? null;
    return { id, ask, answer, old: answer !== null && !now(id) };
  });
}
