import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** What a press of a button brings to the reader's disk. */
export async function taken(
  page: Page,
  press: () => Promise<void>,
): Promise<{ name: string; bytes: Buffer; text: string }> {
  const waiting = page.waitForEvent('download');
  await press();
  const download = await waiting;
  const bytes = readFileSync(await download.path());
  return { name: download.suggestedFilename(), bytes, text: bytes.toString('utf8') };
}
