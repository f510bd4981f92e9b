// A panel: readers vote without seeing each other, the owner keeps accounts and opens rounds, and nobody does more than
// their role allows.
import { describe, expect, it } from 'vitest';
import { violations } from './support/axe';
import { bench } from './support/bench';
import { expectQuiet, go, settled, type Tab } from './support/browser';
import { password } from './support/server';

const id = 'belarus-us-2025';
const at = bench({ accounts: { olga: 'owner', ann: 'reader', ben: 'reader', eva: 'expert' } });

async function signedIn(name: string, hash = `#/${id}/sources`, word = password): Promise<Tab> {
  const one = await at.open();
  await go(one.page, hash);
  await one.page.getByLabel('Name', { exact: true }).fill(name);
  await one.page.getByLabel('Password').fill(word);
  await one.page.getByRole('button', { name: 'Sign in' }).click();
  await one.page.getByText(`${name}, `).first().waitFor();
  await settled(one.page);
  return one;
}
const claim = (one: Tab) => one.page.getByRole('article').filter({ hasText: 'Trump keeps asking for a deal' });

async function vote(one: Tab, supports: string, why: string) {
  const card = claim(one);
  await card.locator('summary', { hasText: 'ote' }).click();
  await card.getByLabel('Does it support the numbers?').selectOption(supports);
  await card.getByLabel('How much does it matter?').selectOption('3');
  await card.getByLabel('Why').fill(why);
  await card.getByRole('button', { name: 'Vote' }).click();
  await card.getByText('you voted').waitFor();
}

describe('a panel', () => {
  it('lets nobody in without a password, and says so', async () => {
    const one = await at.open();
    await go(one.page, `#/${id}/brief`);
    expect(await one.page.getByRole('heading', { name: 'Sign in' }).isVisible()).toBe(true);
    expect(await violations(one.page)).toEqual([]);
    await one.page.getByLabel('Name', { exact: true }).fill('ann');
    await one.page.getByLabel('Password').fill('not the password');
    await one.page.getByRole('button', { name: 'Sign in' }).click();
    await one.page.getByText('name and password do not belong together').waitFor();
    expect(one.complaints.filter((text) => !text.includes('401'))).toEqual([]);
  });

  it("shows others' votes only after one's own", async () => {
    const ann = await signedIn('ann');
    await vote(ann, 'yes', 'seen with my own eyes');
    const ben = await signedIn('ben');
    expect(await claim(ben).innerText()).not.toMatch(/What others say/);
    expect(await ben.page.content()).not.toContain('seen with my own eyes');
    await vote(ben, 'no', 'out of context');
    await claim(ben).getByText('What others say').click();
    expect(await claim(ben).innerText()).toContain('seen with my own eyes');
    // Nor does the server say more than the page shows.
    const eva = await signedIn('eva');
    const told = await eva.page.evaluate(async (of) => (await fetch(`/api/cases/${of}/claims`)).text(), id);
    expect(told).not.toContain('seen with my own eyes');
    for (const one of [ann, ben, eva]) expectQuiet(one);
  });

  it('offers a reader nothing that the server would refuse', async () => {
    const ann = await signedIn('ann');
    expect(await ann.page.getByRole('button', { name: 'Open the next round' }).count()).toBe(0);
    await go(ann.page, `#/${id}/space`);
    expect(await ann.page.getByRole('button', { name: 'Save to the file' }).count()).toBe(0);
    expect(await ann.page.getByRole('link', { name: 'Accounts' }).count()).toBe(0);
    await go(ann.page, '#//accounts');
    expect(await ann.page.getByRole('heading', { name: 'Accounts of this server' }).count()).toBe(0);
    const refused = await ann.page.evaluate(async (of) => {
      const { csrf } = (await (await fetch('/api/session')).json()) as { csrf: string };
      const headers = { 'Content-Type': 'application/json', 'X-Steelyard-Token': csrf };
      const post = async (path: string, body: unknown) =>
        (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).status;
      return [
        await post(`/api/cases/${of}/round`, {}),
        await post('/api/accounts', { name: 'mallory', role: 'owner', password: 'a long enough password' }),
        await post(`/api/cases/${of}/estimates`, { about: 'no_deal.belarus', probability: 0.5 }),
        (await fetch('/api/accounts')).status,
      ];
    }, id);
    expect(refused).toEqual([403, 403, 403, 403]);
  });

  it('has an owner who opens rounds and accounts', async () => {
    const olga = await signedIn('olga');
    await olga.page.getByRole('heading', { name: 'Round 1' }).waitFor();
    await olga.page.getByRole('button', { name: 'Open the next round' }).click();
    await olga.page.getByRole('heading', { name: 'Round 2' }).waitFor();
    await go(olga.page, '#//accounts');
    expect(await violations(olga.page)).toEqual([]);
    await olga.page.getByLabel('Name', { exact: true }).fill('kim');
    await olga.page.getByLabel('Role', { exact: true }).selectOption('expert');
    await olga.page.getByLabel('Password').fill('short');
    await olga.page.getByRole('button', { name: 'Open it' }).click();
    await olga.page.getByRole('alert').waitFor();
    expect(await olga.page.getByRole('alert').innerText()).toMatch(/12/);
    await olga.page.getByLabel('Password').fill(password);
    await olga.page.getByRole('button', { name: 'Open it' }).click();
    await olga.page.getByRole('row', { name: /kim/ }).waitFor();
    const kim = await signedIn('kim', `#/${id}/forecasts`);
    await kim.page.getByLabel('Event').first().fill('agreement-2026');
    await kim.page.getByRole('button', { name: 'Save for ever' }).click();
    await kim.page.getByRole('row', { name: /agreement-2026/ }).waitFor();
    expectQuiet(kim);
    await olga.page.getByRole('button', { name: 'Close kim' }).click();
    await olga.page.getByRole('row', { name: /kim.*closed/ }).waitFor();
    // A closed account is out at once, not at the next sign-in.
    expect(await kim.page.evaluate(async () => (await fetch('/api/cases')).status)).toBe(401);
    await olga.page.getByRole('button', { name: 'Sign out' }).click();
    await olga.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('keeps the second round apart from the first', async () => {
    const ann = await signedIn('ann');
    await ann.page.getByRole('heading', { name: 'Round 2' }).waitFor();
    expect(await ann.page.getByText(/You have voted on 0 claims/).count()).toBe(1);
  });
});
