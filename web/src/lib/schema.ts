// Forms from JSON Schema: every field is a text that is read when the form is sent. An empty one is left out, so that the
// server's own default holds.
import type { Schema } from './types';

export type Form = Record<string, string>;

/** The kind a nullable or plain schema has. */
export function kindOf(schema: Schema): 'choice' | 'number' | 'integer' | 'boolean' | 'list' | 'map' | 'text' {
  if (schema.enum) return 'choice';
  const type = schema.anyOf ? schema.anyOf.map((one) => one.type).find((one) => one !== 'null') : schema.type;
  if (schema.anyOf?.some((one) => one.enum)) return 'choice';
  if (type === 'number' || type === 'integer' || type === 'boolean') return type;
  if (type === 'array') return 'list';
  if (type === 'object') return 'map';
  return 'text';
}

export function choicesOf(schema: Schema): string[] {
  const all = schema.enum ?? schema.anyOf?.find((one) => one.enum)?.enum ?? schema.items?.enum ?? [];
  return all.filter((one) => one !== null).map(String);
}

export function initial(schema: Schema): Form {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, option]) => [name, textOf(option.default)]),
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(String).join('\n');
  if (typeof value === 'object')
    return Object.entries(value as Record<string, unknown>)
      .map(([name, one]) => `${name}=${String(one)}`)
      .join('\n');
  return String(value);
}

export function problemOf(schema: Schema, text: string): string {
  const kind = kindOf(schema);
  if (text.trim() === '') return '';
  if (kind === 'number' || kind === 'integer') {
    const typed = Number(text);
    if (!Number.isFinite(typed)) return 'Type a number.';
    if (kind === 'integer' && !Number.isInteger(typed)) return 'Type a whole number.';
    const { minimum, maximum } = schema;
    if ((minimum !== undefined && typed < minimum) || (maximum !== undefined && typed > maximum))
      return `Allowed: ${minimum ?? 'anything'} to ${maximum ?? 'anything'}.`;
  }
  if (kind === 'map' && lines(text).some((line) => !line.includes('='))) return 'One NAME=VALUE in each line.';
  return '';
}

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** What the text says, in the schema's type; undefined when it says nothing. */
export function value(schema: Schema, text: string): unknown {
  const kind = kindOf(schema);
  const said = text.trim();
  if (said === '') return kind === 'list' ? [] : undefined;
  if (kind === 'number' || kind === 'integer') return Number(said);
  if (kind === 'boolean') return said === 'true';
  const scalar = (of: Schema | boolean | undefined, one: string) =>
    typeof of === 'object' && (of.type === 'number' || of.type === 'integer') ? Number(one) : one;
  if (kind === 'list') return lines(text).map((line) => scalar(schema.items, line));
  if (kind === 'map')
    return Object.fromEntries(
      lines(text).map((line) => {
        const at = line.indexOf('=');
        return [line.slice(0, at).trim(), scalar(schema.additionalProperties, line.slice(at + 1).trim())];
      }),
    );
  return said;
}
