// What the server says. The names are those of its JSON; nothing here is computed.

export interface Problem {
  file?: string;
  line?: number;
  column?: number;
  pointer?: string;
  message: string;
  found?: string;
  allowed?: string;
  nearest?: string;
}

export interface ApiError {
  kind: string;
  message: string;
  problems: Problem[];
  status: number;
}

export type Permission = 'read' | 'vote' | 'estimate' | 'forecast' | 'run_panel' | 'settle' | 'administer' | 'save';
export type Role = 'reader' | 'expert' | 'owner';

export interface Session {
  version: string;
  open: boolean;
  user: { name: string; role: Role } | null;
  csrf: string;
  permissions: Record<Permission, boolean>;
  sources: boolean;
  editable: boolean;
}

export interface Schema {
  type?: string | string[];
  description?: string;
  default?: unknown;
  enum?: (string | number | null)[];
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  required?: string[];
  $comment?: string;
}

export interface Analysis {
  name: string;
  module: string;
  question: string;
  about: string;
  status: string;
  references: string[];
  needs: string[];
  options: Schema;
  result: Schema;
}

export interface CaseEntry {
  id: string;
  title: string;
  as_of: string;
  path: string;
  hash: string;
  actors: number;
  issues: number;
  sample: boolean;
  valid: boolean;
  problems: number;
}

/** A place in the case's own tree; the page reads names from it and nothing else. */
export type Tree = null | boolean | number | string | Tree[] | { [member: string]: Tree };

export interface CaseFile {
  id: string;
  hash: string;
  text: string;
  case: { [member: string]: Tree };
  sections: string[];
  editable: boolean;
  problems: Problem[];
}

export interface CaseNumber {
  address: string;
  pointer: string;
  text: string;
  value: number;
  low: number;
  high: number;
  bounds: [number | null, number | null];
  kind: string;
  actor?: string | null;
  issue?: string | null;
  option?: string | null;
  because: string[];
  assumption: boolean;
  line: number;
  column: number;
  unit?: string | null;
}

export interface Run<T> {
  analysis: string;
  version: string;
  case_hash: string;
  options: Record<string, unknown>;
  seed: number;
  result: T;
}

export type Points = Record<string, number>;
export type Deal = Record<string, string>;
export type Overrides = Record<string, string>;

export interface Vote {
  reader?: string;
  number?: string;
  there?: boolean | null;
  supports?: boolean | null;
  impact?: number | null;
  comment?: string | null;
}

/** A claim as the store sees it; what it says is in `claim`. */
export interface Claim {
  id: string;
  claim: { text: string; kind?: string; by?: string; source?: string };
  numbers: string[];
  votes: Vote[];
  mine: Vote | null;
  pool: Record<string, unknown> | null;
}

export interface Difference {
  numbers: { address: string; pointer: string; a: string | null; b: string | null }[];
  rest: { pointer: string; a: unknown; b: unknown }[];
}

export interface Account {
  name: string;
  role: Role;
  active: boolean;
}
