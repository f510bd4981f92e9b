// Chromium, and pages that remember whatever they complained of.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium as playwright, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { chromium, page as built } from './places.mjs';

const types: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

export function launch(): Promise<Browser> {
  return playwright.launch({
    executablePath: chromium,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--font-render-hinting=none',
    ],
  });
}

export interface Tab {
  page: Page;
  /** Errors and warnings of the console, failed requests, requests to elsewhere. */
  complaints: string[];
  close(): Promise<void>;
}

export async function tab(browser: Browser, address: string, more: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({
    viewport: desktop,
    baseURL: address,
    reducedMotion: 'reduce',
    acceptDownloads: true,
    locale: 'en-GB',
    timezoneId: 'UTC',
    ...more,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!/^(blob:|data:)/.test(request.url()) && !request.url().startsWith(`${address}/`))
      complaints.push(`asked elsewhere: ${request.url()}`);
  });
  if (built) await insteadOfTheProgram(page, address);
  return { page, complaints, close: () => context.close() };
}

/** The page of a folder, under the policy that the server sends for its own. */
async function insteadOfTheProgram(page: Page, address: string): Promise<void> {
  const policy = (await fetch(`${address}/`)).headers.get('content-security-policy') ?? '';
  await page.route(
    (url) => url.origin === address && !url.pathname.startsWith('/api/'),
    (route) => {
      const path = new URL(route.request().url()).pathname;
      const file = path === '/' ? 'index.html' : path.slice(1);
      return route.fulfill({
        body: readFileSync(join(built, file)),
        headers: {
          'Content-Type': types[file.split('.').pop() ?? ''] ?? 'text/plain',
          'Content-Security-Policy': policy,
        },
      });
    },
  );
}

/** Nothing is asked any more, and what was asked is on the page. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const main = document.querySelector('main');
      return (
        main !== null &&
        main.textContent.trim() !== '' &&
        !document.querySelector('[aria-busy="true"]') &&
        !/Loading …/.test(main.textContent)
      );
    },
    undefined,
    { timeout: 60_000 },
  );
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

export async function go(page: Page, hash: string): Promise<void> {
  // A change of the fragment alone would not load the page again.
  if (page.url() !== 'about:blank') await page.goto('about:blank');
  await page.goto(`/${hash}`);
  await settled(page);
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

export function expectQuiet(tab: Tab): void {
  expect(tab.complaints).toEqual([]);
}
