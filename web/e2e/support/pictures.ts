// Screenshots compared with stored ones. Stored at half size: that keeps the repository small and evens out how letters are
// smoothed. Another browser or other fonts draw another page, so pictures are only compared where both are the same.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { screens, update } from './places.mjs';

const marks = join(screens, 'made-with.json');
/** The share of pixels that may differ. */
const tolerance = 0.02;

function halved(picture: PNG): PNG {
  const small = new PNG({ width: picture.width >> 1, height: picture.height >> 1 });
  for (let y = 0; y < small.height; y += 1)
    for (let x = 0; x < small.width; x += 1)
      for (let channel = 0; channel < 4; channel += 1) {
        const at = (dx: number, dy: number) =>
          picture.data[((2 * y + dy) * picture.width + 2 * x + dx) * 4 + channel] ?? 0;
        // Fewer shades pack better; nobody sees the difference.
        const mean = (at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) >> 2;
        small.data[(y * small.width + x) * 4 + channel] = channel === 3 ? 255 : mean & 0xf8;
      }
  return small;
}

/** What a picture depends on besides the page. */
async function madeWith(browser: Browser): Promise<string> {
  const page = await browser.newPage();
  const widths = await page.evaluate(() => {
    const drawn = document.createElement('canvas').getContext('2d');
    return ['16px system-ui', '600 32px Charter, "Bitstream Charter", Georgia, serif', '14px monospace'].map((font) => {
      if (!drawn) return 0;
      drawn.font = font;
      return Math.round(drawn.measureText('Every number of the case, 0123456789').width * 10);
    });
  });
  await page.close();
  return JSON.stringify({ chromium: browser.version().split('.')[0], widths });
}

/** Why pictures cannot be compared here; empty when they can. */
export async function incomparable(browser: Browser): Promise<string> {
  const here = await madeWith(browser);
  mkdirSync(screens, { recursive: true });
  if (update) writeFileSync(marks, `${here}\n`);
  const there = existsSync(marks) ? readFileSync(marks, 'utf8').trim() : 'nothing';
  return here === there ? '' : `the stored pictures were made with ${there}, this is ${here}`;
}

/** What is wrong with a picture; empty when it is as stored. */
export async function compare(page: Page, name: string): Promise<string> {
  const shot = halved(PNG.sync.read(await page.screenshot({ animations: 'disabled', caret: 'hide' })));
  const file = join(screens, `${name}.png`);
  const bytes = () => PNG.sync.write(shot, { colorType: 2, deflateLevel: 9 });
  if (update) {
    writeFileSync(file, bytes());
    return '';
  }
  if (!existsSync(file)) return `${name}: no stored picture; STEELYARD_PICTURES=update makes it`;
  const stored = PNG.sync.read(readFileSync(file));
  if (stored.width !== shot.width || stored.height !== shot.height) return `${name}: another size`;
  const difference = new PNG({ width: shot.width, height: shot.height });
  const pixels = pixelmatch(stored.data, shot.data, difference.data, shot.width, shot.height, { threshold: 0.2 });
  const share = pixels / (shot.width * shot.height);
  if (share <= tolerance) return '';
  writeFileSync(`${file}.new`, bytes());
  return `${name}: ${(100 * share).toFixed(1)}% of the pixels differ; see ${name}.png.new beside the stored picture`;
}
