import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tools/**/*.test.ts', 'suites/**/*.test.ts'],
    setupFiles: ['tools/testing/no-network.setup.ts', 'tools/testing/random.setup.ts'],
    testTimeout: 20_000,
    maxWorkers: 2,
  },
});
