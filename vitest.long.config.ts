import { defineConfig } from 'vitest/config';

/** Runs and runs again, a dozen and more in each file. Kept out of `npm test`, which is to take no minute. */
export default defineConfig({
  test: {
    include: ['tools/**/*.long.test.ts'],
    globalSetup: 'tools/dev/testing/temporary-folder.ts',
    setupFiles: ['tools/dev/testing/loopback-only.setup.ts', 'tools/dev/testing/random.setup.ts'],
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
