// Names of a case's parts, read from its tree as the server gives it.
import type { CaseFile, Deal, Tree } from './types';

export interface Option {
  id: string;
  name: string;
  place: number | null;
}
export interface Issue {
  id: string;
  name: string;
  options: Option[];
  today: string;
}
export interface Table {
  id: string;
  name: string;
  actors: string[];
  issues: string[];
}
export interface Names {
  title: string;
  actors: { id: string; name: string; about: string }[];
  issues: Issue[];
  tables: Table[];
  actor: (id: string) => string;
  issue: (id: string) => string;
  option: (issue: string, option: string) => string;
  table: (id: string) => string;
}

type Map = { [member: string]: Tree };
export const map = (tree: Tree | undefined): Map =>
  tree !== null && typeof tree === 'object' && !Array.isArray(tree) ? tree : {};
export const items = (tree: Tree | undefined): Tree[] => (Array.isArray(tree) ? tree : []);
export const text = (tree: Tree | undefined): string =>
  typeof tree === 'string' || typeof tree === 'number' || typeof tree === 'boolean' ? String(tree) : '';

export function namesOf(file: Pick<CaseFile, 'case'>): Names {
  const tree = file.case;
  const actors = Object.entries(map(tree['actors'])).map(([id, actor]) => ({
    id,
    name: text(map(actor)['name']) || id,
    about: text(map(actor)['about']),
  }));
  const issues = Object.entries(map(tree['issues'])).map(([id, issue]): Issue => {
    const options = Object.entries(map(map(issue)['options'])).map(([option, said]): Option => {
      const place = typeof said === 'number' ? said : map(said)['place'];
      return { id: option, name: text(map(said)['name']) || option, place: typeof place === 'number' ? place : null };
    });
    return {
      id,
      name: text(map(issue)['name']) || id,
      options,
      today: text(map(issue)['status_quo']) || (options[0]?.id ?? ''),
    };
  });
  const tables = Object.entries(map(tree['tables'])).map(([id, table]): Table => ({
    id,
    name: text(map(table)['name']) || id,
    actors: items(map(table)['actors']).map(text),
    issues: items(map(table)['issues']).map(text),
  }));
  const find = (list: { id: string; name: string }[], id: string) => list.find((one) => one.id === id)?.name ?? id;
  return {
    title: text(tree['title']) || text(tree['case']),
    actors,
    issues,
    tables,
    actor: (id) => find(actors, id),
    issue: (id) => find(issues, id),
    option: (issue, option) => find(issues.find((one) => one.id === issue)?.options ?? [], option),
    table: (id) => find(tables, id),
  };
}

/** Today's option on every issue. */
export function today(names: Names): Deal {
  return Object.fromEntries(names.issues.map((issue) => [issue.id, issue.today]));
}

/** A deal in words: what is different from today. */
export function changes(names: Names, deal: Deal): string[] {
  return names.issues
    .filter((issue) => deal[issue.id] !== undefined && deal[issue.id] !== issue.today)
    .map((issue) => `${issue.name}: ${names.option(issue.id, deal[issue.id] ?? '')}`);
}
