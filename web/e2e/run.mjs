// The real-browser tests: `npm run e2e [-- part of a test's name]`. They start the program's own server, so it must be
// built. Where the machine lacks something they say what, and end with status 77, which ctest shows as skipped.
//   STEELYARD_PROGRAM   the program; left out, the dev build's
//   STEELYARD_CHROMIUM  the browser; left out, /usr/bin/chromium
//   STEELYARD_PAGE      a folder with a built page to test in place of the one inside the program
//   STEELYARD_PICTURES  update: take the screenshots and the guide's pictures anew
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { program, chromium } from './support/places.mjs';

function skip(why) {
  console.log(`page.browser: SKIPPED: ${why}`);
  process.exit(77);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) skip(`node ${process.versions.node} is older than 20.19`);
if (!existsSync(chromium)) skip(`there is no ${chromium}; scripts/setup.sh page installs it`);
const root = fileURLToPath(new URL('..', import.meta.url));
if (!existsSync(`${root}/node_modules/playwright-core`)) skip('node_modules is missing; run `npm ci` in web/');
if (!existsSync(program)) {
  console.error(`page.browser: there is no program ${program}; build it or set STEELYARD_PROGRAM`);
  process.exit(1);
}

const { startVitest } = await import('vitest/node');
const vitest = await startVitest('test', process.argv.slice(2), {
  root,
  config: `${root}/e2e/vitest.config.ts`,
  watch: false,
});
const failed = vitest.state.getCountOfFailedTests() > 0 || vitest.state.getUnhandledErrors().length > 0;
const ran = vitest.state.getFiles().length > 0;
await vitest.close();
process.exit(failed || !ran || process.exitCode ? 1 : 0);
