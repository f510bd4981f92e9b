// What the analyses of the deal space answer.
import type { Deal, Points } from './types';

export interface Frontier {
  table: string;
  actors: string[];
  points: { points: Points; deal: Deal; deals: string; acceptable: boolean }[];
  size: number;
  deals: string;
  feasible: string;
  acceptable: string;
  exact: boolean;
}
export interface Solutions {
  table: string;
  solutions: {
    concept: string;
    deal: Deal;
    points: Points;
    gains: Points;
    ties: string;
    efficient: boolean;
    proven: boolean;
  }[];
  acceptable_exists: boolean;
}
export interface Score {
  table: string;
  deal: Deal;
  points: Points;
  gains: Points;
  percent: Points;
  no_deal_percent: Points;
  ranks: Record<string, string>;
  feasible: boolean;
  acceptable: boolean;
  efficient: boolean;
  rules_broken: unknown[];
  obligations_broken: unknown[];
  blockers: { actor: string; shortfall: number; decisive: boolean }[];
  dominated_by: { deal: Deal; points: Points; changes: string[] }[];
}
export interface Improve {
  efficient: boolean;
  packages: {
    aim: string;
    actor: string;
    deal: Deal;
    points: Points;
    gains: Points;
    changes: string[];
    proven: boolean;
  }[];
}

/** Solutions that give the same deal, under one name. */
export function sameDeals(
  solutions: Solutions['solutions'],
): { concepts: string[]; deal: Deal; points: Points; gains: Points }[] {
  const found: { key: string; concepts: string[]; deal: Deal; points: Points; gains: Points }[] = [];
  for (const one of solutions) {
    const key = JSON.stringify(one.points);
    const same = found.find((other) => other.key === key);
    if (same) same.concepts.push(one.concept);
    else found.push({ key, concepts: [one.concept], deal: one.deal, points: one.points, gains: one.gains });
  }
  return found;
}

/** A deal for a link: what differs from today. */
export function dealText(deal: Deal, today: Deal): string {
  return Object.entries(deal)
    .filter(([issue, option]) => today[issue] !== option)
    .map(([issue, option]) => `${issue}.${option}`)
    .join(',');
}
export function dealOf(text: string, today: Deal): Deal {
  const deal = { ...today };
  for (const part of text.split(',')) {
    const dot = part.indexOf('.');
    const issue = part.slice(0, dot);
    if (dot > 0 && issue in deal) deal[issue] = part.slice(dot + 1);
  }
  return deal;
}
