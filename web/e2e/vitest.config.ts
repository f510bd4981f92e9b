import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Two files at a time, as the run has two processors to itself; but what is measured is measured alone.
const measured = Boolean(process.env['STEELYARD_MEASURE']);

/** The file with most tests first, so that it does not run on alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const last = (file: TestSpecification) => Number(!file.moduleId.endsWith('/views.test.ts'));
    return (await super.sort(files)).sort((a, b) => last(a) - last(b));
  }
}

export default defineConfig({
  test: {
    environment: 'node',
    include: [measured ? 'e2e/**/*.measure.ts' : 'e2e/**/*.test.ts'],
    maxWorkers: measured ? 1 : 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // A frame that comes late on a loaded machine is no fault of the page; what fails twice is.
    retry: 1,
  },
});
