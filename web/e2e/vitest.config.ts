import { defineConfig } from 'vitest/config';

// One browser after the other: the tests measure how the page follows a slider, and share two cores with other tests.
export default defineConfig({
  test: {
    environment: 'node',
    include: [process.env['STEELYARD_MEASURE'] ? 'e2e/**/*.measure.ts' : 'e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // A frame that comes late on a loaded machine is no fault of the page; what fails twice is.
    retry: 1,
  },
});
