import { defineConfig } from 'vitest/config';

/** Runs against targets that do their worst. Kept out of `npm test`, which has a handful of them, for their length. */
export default defineConfig({
  test: {
    include: ['tools/dev/testing/hostile/*.hostile.ts'],
    globalSetup: 'tools/dev/testing/temporary-folder.ts',
    setupFiles: ['tools/dev/testing/loopback-only.setup.ts'],
    testTimeout: 150_000,
    hookTimeout: 30_000,
    // Time and memory are measured, so nothing else may run beside.
    fileParallelism: false,
    // Seconds and megabytes of a whole process, where others use the machine too: a limit that is passed once is looked
    // at again, and told.
    retry: 1,
    reporters: ['default', './tools/dev/testing/hostile/table-reporter.ts'],
  },
});
