import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tools/**/*.test.ts', 'suites/**/*.test.ts'],
    setupFiles: ['tools/testing/no-network.setup.ts', 'tools/testing/random.setup.ts'],
    testTimeout: 20_000,
    maxWorkers: 2,
    // Tests of deadlines share a machine in CI; what needed a second try is still told by the reporter.
    retry: process.env['CI'] === undefined ? 0 : 2,
  },
});
