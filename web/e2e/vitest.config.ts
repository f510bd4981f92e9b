import { defineConfig } from 'vitest/config';

// Two files at a time, as the run has two processors to itself; but what is measured is measured alone.
const measured = Boolean(process.env['STEELYARD_MEASURE']);
export default defineConfig({
  test: {
    environment: 'node',
    include: [measured ? 'e2e/**/*.measure.ts' : 'e2e/**/*.test.ts'],
    maxWorkers: measured ? 1 : 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // A frame that comes late on a loaded machine is no fault of the page; what fails twice is.
    retry: 1,
  },
});
