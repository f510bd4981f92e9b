// Deep links: #/CASE/VIEW?table=...&set=ADDRESS:NUMBER&set=... Everything that decides what is on the page, so that a
// link shows another reader the same answers.
import type { Overrides } from './types';

export const views = [
  'brief',
  'matrix',
  'space',
  'builder',
  'dynamics',
  'stability',
  'order',
  'matters',
  'sources',
  'forecasts',
  'compare',
  'any',
  'accounts',
] as const;
export type View = (typeof views)[number];

export interface Place {
  /** Empty: the start page. */
  case: string;
  view: View;
  overrides: Overrides;
  /** What a view keeps of its own: table, actors, deal, ... */
  chosen: Record<string, string>;
}

export function parseLink(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [id = '', view = ''] = path.split('/').map(decode);
  const place: Place = {
    case: id,
    view: (views as readonly string[]).includes(view) ? (view as View) : 'brief',
    overrides: {},
    chosen: {},
  };
  for (const [name, value] of new URLSearchParams(query)) {
    if (name !== 'set') {
      place.chosen[name] = value;
      continue;
    }
    const colon = value.indexOf(':');
    if (colon > 0 && colon + 1 < value.length) place.overrides[value.slice(0, colon)] = value.slice(colon + 1);
  }
  return place;
}

export function formatLink(place: Place): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(place.chosen)) if (value !== '') query.append(name, value);
  for (const [address, text] of Object.entries(place.overrides)) query.append('set', `${address}:${text}`);
  // Dots, commas and colons need no escape in a fragment; without them the link can be read and written by hand.
  const asked = query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2F', '/');
  const path =
    place.case === ''
      ? place.view === 'accounts'
        ? '//accounts'
        : '/'
      : `/${encodeURIComponent(place.case)}/${place.view}`;
  return `#${path}${asked ? `?${asked}` : ''}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
