// How fast the page is: `npm run measure`. Not a test, as machines differ; the figures stand in docs/guide/workbench.md.
// From the step of a slider to the answers on the screen, for each view that follows; and from nothing to the first view.
import { expect, it } from 'vitest';
import { bench } from './support/bench';
import { go, median, settled } from './support/browser';

const id = 'belarus-us-2025';
const steps = Number(process.env['STEELYARD_STEPS'] ?? 20);

const at = bench();

const tell = (name: string, took: number[]) =>
  console.log(
    `page: ${name.padEnd(28)} median ${median(took).toFixed(0).padStart(5)} ms   most ${Math.max(...took)
      .toFixed(0)
      .padStart(5)} ms`,
  );

it.each(['matrix', 'space', 'builder', 'dynamics', 'stability', 'brief', 'compare', 'order', 'matters', 'any'])(
  'a step of a slider in %s',
  async (view) => {
    const one = await at.open();
    await go(one.page, `#/${id}/${view}`);
    const took = await one.page.evaluate(
      async ([count]) => {
        const found: number[] = [];
        for (let step = 0; step < (count ?? 0); step += 1) {
          const slider = document.querySelector<HTMLInputElement>('aside.side input[type="range"]');
          if (!slider) throw new Error('no slider');
          const began = performance.now();
          slider.value = String(Number(slider.min) + ((step % 9) + 1) * Number(slider.step || 1) * 3);
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise<void>((done) => {
            const look = () => {
              if (document.querySelector('main [aria-busy="true"]:not(.later)')) requestAnimationFrame(look);
              else requestAnimationFrame(() => setTimeout(done)); // after the picture is painted
            };
            requestAnimationFrame(look);
          });
          found.push(performance.now() - began);
          await new Promise((done) => setTimeout(done, 60));
        }
        return found;
      },
      [steps] as const,
    );
    tell(`a step in ${view}`, took);
    expect(took).toHaveLength(steps);
  },
);

it('the first view', async () => {
  const first: number[] = [];
  const answered: number[] = [];
  const whole: number[] = [];
  for (let n = 0; n < 7; n += 1) {
    const one = await at.open();
    await one.page.goto(`/#/${id}/brief`, { waitUntil: 'commit' });
    const now = () => one.page.evaluate(() => performance.now());
    await one.page.locator('main h2, main article').first().waitFor();
    first.push(await now());
    await one.page.locator('article.answer .says').first().waitFor();
    answered.push(await now());
    await settled(one.page);
    whole.push(await now());
    await one.close();
  }
  tell('to the case on the screen', first);
  tell('to answers', answered);
  tell('to all answers', whole);
});
