import { defineConfig } from 'vitest/config';

/** What only a real browser can tell of the HTML reports. Kept out of `npm test`, which needs no browser. */
export default defineConfig({
  test: {
    include: ['tools/dev/testing/browser/**/*.browser.ts'],
    globalSetup: 'tools/dev/testing/temporary-folder.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
