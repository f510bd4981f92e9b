// How fast the page is: `npm run measure`. Not a test, as machines differ; the figures stand in docs/guide/workbench.md.
// From the step of a slider to the answers on the screen, for each view that follows; and from nothing to the first view.
import { expect, it } from 'vitest';
import { bench } from './support/bench';
import { go, median } from './support/browser';

const id = 'belarus-us-2025';
const steps = Number(process.env['STEELYARD_STEPS'] ?? 20);

const at = bench();

const ms = (took: number) => `${took.toFixed(0).padStart(5)} ms`;
const tell = (name: string, took: number[], more = '') =>
  console.log(`page: ${name.padEnd(28)} median ${ms(median(took))}   most ${ms(Math.max(...took))}${more}`);

it.each(['matrix', 'space', 'builder', 'dynamics', 'stability', 'brief', 'compare', 'order', 'matters', 'any'])(
  'a step of a slider in %s',
  async (view) => {
    const one = await at.open();
    await go(one.page, `#/${id}/${view}`);
    const took = await one.page.evaluate(
      async ([count]) => {
        const found: { shown: number; told: number }[] = [];
        for (let step = 0; step < (count ?? 0); step += 1) {
          const slider = document.querySelector<HTMLInputElement>('aside.side input[type="range"]');
          if (!slider) throw new Error('no slider');
          performance.clearMeasures();
          const began = performance.now();
          slider.value = String(Number(slider.min) + ((step % 9) + 1) * Number(slider.step || 1) * 3);
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise<void>((done) => {
            const look = () => {
              if (document.querySelector('main [aria-busy="true"]:not(.later)')) requestAnimationFrame(look);
              else setTimeout(done); // the next task: the frame that this callback opens has been drawn by then
            };
            requestAnimationFrame(look);
          });
          const answers = performance.getEntriesByName('steelyard:answer');
          found.push({
            shown: performance.now() - began,
            told: Math.max(0, ...answers.map((one) => one.startTime + one.duration - began)),
          });
          await new Promise((done) => setTimeout(done, 60));
        }
        return found;
      },
      [steps] as const,
    );
    const told = median(took.map((one) => one.told));
    tell(
      `a step in ${view}`,
      took.map((one) => one.shown),
      told ? `   the last answer had come after ${ms(told)}` : '',
    );
    expect(took).toHaveLength(steps);
  },
);

it('the first view', async () => {
  const seen: { case: number; answers: number; whole: number }[] = [];
  for (let n = 0; n < 7; n += 1) {
    const one = await at.open();
    await one.page.addInitScript(() => {
      const found: Record<string, number> = {};
      const there: [string, () => boolean][] = [
        ['case', () => document.querySelector('nav.views') !== null],
        ['answers', () => document.querySelector('article.answer .says') !== null],
        ['whole', () => 'answers' in found && document.querySelector('main [aria-busy="true"]') === null],
      ];
      Object.assign(window, { found });
      const look = () => {
        const painted = there.filter(([name, is]) => !(name in found) && is()).map(([name]) => name);
        requestAnimationFrame(() => {
          for (const name of painted) found[name] = performance.now();
          look();
        });
      };
      look();
    });
    await one.page.goto(`/#/${id}/brief`);
    await one.page.waitForFunction(() => 'whole' in (window as unknown as { found: object }).found);
    seen.push(await one.page.evaluate(() => (window as unknown as { found: (typeof seen)[0] }).found));
    await one.close();
  }
  const all = (name: 'case' | 'answers' | 'whole') => seen.map((one) => one[name]);
  tell('to the case on the screen', all('case'));
  tell('to answers', all('answers'));
  tell('to all answers', all('whole'));
  expect(seen).toHaveLength(7);
}, 120_000);
