// The brief as the server gives it.
import type { Deal, Points } from './types';

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
export interface Brief {
  title: string;
  about: string;
  actors: { id: string; name: string; about: string }[];
  summary: string[];
  answers: {
    id: string;
    ask: string;
    parts: BriefPart[];
    rests_on: { sentence: string; claims: { claim: string; numbers: number }[] } | null;
    confidence: { level: string; sentence: string } | null;
  }[];
  tables: BriefTable[];
  heat: { issue: string; name: string; shares: Points }[];
  claims: { claim: string; text: string }[];
  notes: string[];
  provenance: { version: string; case_id: string; case_hash: string };
}
