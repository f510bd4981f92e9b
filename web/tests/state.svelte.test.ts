import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseLink } from '../src/lib/link';
import { app, pasted } from '../src/lib/state.svelte';
import { lease, number } from './lease';

const session = {
  version: '0',
  open: true,
  user: { name: 'ann', role: 'owner' },
  csrf: 't',
  permissions: {
    read: true,
    vote: true,
    estimate: true,
    forecast: true,
    run_panel: true,
    settle: true,
    administer: true,
    save: true,
  },
  sources: false,
  editable: true,
};

function serve(more: Record<string, unknown> = {}) {
  const answers: Record<string, unknown> = {
    'GET /api/session': session,
    'GET /api/cases': [],
    'GET /api/analyses': [],
    'GET /api/cases/lease': lease,
    'POST /api/numbers': [
      number(),
      number({
        address: 'no_deal.owner',
        pointer: '/preferences/owner/no_deal',
        kind: 'no_deal',
        text: '40',
        value: 40,
      }),
    ],
    ...more,
  };
  const fetch = vi.fn((path: string, asked: RequestInit) => {
    const found = answers[`${asked.method ?? 'GET'} ${path}`];
    if (found === undefined)
      return Promise.resolve(
        new Response(JSON.stringify({ error: { kind: 'unknown_name', message: `no ${path}`, problems: [] } }), {
          status: 404,
        }),
      );
    return Promise.resolve(new Response(JSON.stringify(found)));
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

beforeEach(async () => {
  history.replaceState(null, '', '#/');
  sessionStorage.clear();
  serve();
  await app.goto(parseLink('#/'), false);
});
afterEach(() => vi.unstubAllGlobals());

const open = (link: string) => {
  history.replaceState(null, '', link);
  return app.start();
};

describe('what is on the page', () => {
  it('is what the link says: case, view and replaced numbers', async () => {
    await open('#/lease/matrix?set=rent.high.owner:46');
    expect([app.names.title, app.place.view, app.overrides]).toEqual([
      'The lease',
      'matrix',
      { 'rent.high.owner': '46' },
    ]);
    expect(app.canUndo).toBe(false);
    expect(document.title).toBe('The lease – Steelyard');
  });

  it('has the long list of analyses once a view wants it', async () => {
    const fetch = serve({ 'GET /api/analyses': [{ name: 'frontier' }] });
    const asked = () => fetch.mock.calls.filter(([path]) => path === '/api/analyses').length;
    await open('#/lease/any');
    expect(asked()).toBe(0);
    await app.readAnalyses();
    await app.readAnalyses();
    expect([asked(), app.analyses.map((one) => one.name)]).toEqual([1, ['frontier']]);
  });

  it('writes each replaced number into the link, and takes it out again', async () => {
    await open('#/lease/space');
    app.replace('rent.high.owner', '46');
    app.replace('no_deal.owner', '41');
    expect(parseLink(location.hash).overrides).toEqual({ 'rent.high.owner': '46', 'no_deal.owner': '41' });
    app.undo();
    expect(parseLink(location.hash).overrides).toEqual({ 'rent.high.owner': '46' });
    app.redo();
    app.reset('rent.high.owner');
    expect(parseLink(location.hash).overrides).toEqual({ 'no_deal.owner': '41' });
    app.reset();
    expect([location.hash, app.changed]).toEqual(['#/lease/space', 0]);
  });

  it('writes a drag into the link when it ends, and undoes it at once', async () => {
    await open('#/lease/space');
    for (const text of ['61', '62', '63']) app.replace('rent.high.owner', text, 'rent.high.owner');
    expect(location.hash).toBe('#/lease/space');
    app.endGesture();
    expect(parseLink(location.hash).overrides).toEqual({ 'rent.high.owner': '63' });
    app.undo();
    expect(app.overrides).toEqual({});
  });

  it('takes a number put back to the text of the file for no change', async () => {
    await open('#/lease/space?set=rent.high.owner:46');
    app.replace('rent.high.owner', '60');
    expect(app.overrides).toEqual({});
  });

  it('keeps the numbers when the view changes, and the table but nothing else of the view', async () => {
    await open('#/lease/builder?table=main&deal=rent.high&set=no_deal.owner:41');
    app.go('space');
    await vi.waitFor(() => expect(app.place.view).toBe('space'));
    expect(parseLink(location.hash)).toEqual({
      case: 'lease',
      view: 'space',
      overrides: { 'no_deal.owner': '41' },
      chosen: { table: 'main' },
    });
  });

  it('forgets undo of another case', async () => {
    await open('#/lease/matrix');
    app.replace('no_deal.owner', '41');
    await app.goto(parseLink('#/'));
    expect([app.file, app.canUndo, app.overrides]).toEqual([null, false, {}]);
  });

  it('says what went wrong with a case that is not there', async () => {
    await open('#/gone/matrix');
    expect(app.error?.kind).toBe('unknown_name');
    expect(app.loading).toBe(false);
  });
});

describe('a pasted case', () => {
  const text = 'steelyard: 1\ncase: mine\n';

  it('is sent whole with every question, and stays when the page is loaded again', async () => {
    await open('#/');
    const fetch = serve({ 'POST /api/check': { problems: [], case: { case: 'mine' }, sections: [] } });
    expect(await app.openText(text)).toEqual([]);
    expect([app.file?.id, app.ref, app.names.title]).toEqual([pasted, text, 'mine']);
    const asked = fetch.mock.calls.find(([path]) => path === '/api/numbers')?.[1].body;
    expect(JSON.parse(String(asked))).toMatchObject({ case: text });
    await app.reload();
    expect(app.ref).toBe(text);
  });

  it('with problems is not opened, and says them', async () => {
    await open('#/');
    serve({ 'POST /api/check': { problems: [{ line: 2, message: 'unknown key' }], case: null, sections: [] } });
    expect(await app.openText(text)).toEqual([{ line: 2, message: 'unknown key' }]);
    expect(app.file).toBeNull();
  });
});
