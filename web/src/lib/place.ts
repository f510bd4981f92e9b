// The words around a place of a source. Places count Unicode characters, as the case format does.
export function around(
  text: string,
  start: number | null,
  end: number | null,
  room = 240,
): { before: string; words: string; after: string } {
  const characters = [...text];
  if (start === null || end === null || start < 0 || end > characters.length || start >= end)
    return { before: characters.slice(0, 2 * room).join(''), words: '', after: '' };
  const from = Math.max(0, start - room);
  const upto = Math.min(characters.length, end + room);
  return {
    before: (from > 0 ? '… ' : '') + characters.slice(from, start).join(''),
    words: characters.slice(start, end).join(''),
    after: characters.slice(end, upto).join('') + (upto < characters.length ? ' …' : ''),
  };
}
