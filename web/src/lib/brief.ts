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

/** A question of the case with its answer as far as it is there. */
export interface Asked {
  id: string;
  ask: string;
  answer: BriefAnswer | null;
  /** All of the answer is there. */
  whole: boolean;
  /** The answer is of the brief before, to other numbers. */
  old: boolean;
}

/** The answers of a whole brief. */
export function answered(brief: Brief): Asked[] {
  return brief.answers.map((answer) => ({ id: answer.id, ask: answer.ask, answer, whole: true, old: false }));
}

/**
 * Every question in its place, while the brief has only what can be answered at once. What it lacks stays as it was in
 * `before`, the last whole brief; without one, the case says which questions are still to come.
 */
export function everyQuestion(quick: Brief, before: Brief | undefined, file: Pick<CaseFile, 'case'> | null): Asked[] {
  const questions = items(file?.case['questions']).map((one) => {
    const said = map(one);
    const parts = said['parts'] === undefined ? [one] : items(said['parts']);
    return { id: text(said['id']), ask: text(said['ask']), kinds: parts.map((part) => text(map(part)['kind'])) };
  });
  if (questions.length === 0) return answered(quick);
  return questions.map(({ id, ask, kinds }) => {
    const now = quick.answers.find((one) => one.id === id);
    if (now && kinds.every((kind) => now.parts.some((part) => part.kind === kind)))
      return { id, ask, answer: now, whole: true, old: false };
    const last = before?.answers.find((one) => one.id === id);
    return { id, ask, answer: last ?? now ?? null, whole: false, old: last !== undefined };
  });
}
