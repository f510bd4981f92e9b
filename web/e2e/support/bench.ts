// A server and a browser for all the tests of a file, and tabs that are closed after the test that opened them.
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launch, tab, type Tab } from './browser';
import { serve, type Server, type Wanted } from './server';

export interface Bench {
  readonly server: Server;
  readonly browser: Browser;
  open(more?: BrowserContextOptions): Promise<Tab>;
}

export function bench(wanted: Wanted = {}): Bench {
  let server: Server;
  let browser: Browser;
  const tabs: Tab[] = [];
  beforeAll(async () => {
    server = await serve(wanted);
    browser = await launch();
  });
  afterEach(async () => {
    for (const one of tabs.splice(0)) await one.close();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });
  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
    async open(more) {
      const one = await tab(browser, server.address, more);
      tabs.push(one);
      return one;
    },
  };
}
