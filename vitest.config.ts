import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tools/**/*.test.ts', 'suites/**/*.test.ts'],
    // `npm run test:long` has those that take a minute of their own.
    exclude: [...configDefaults.exclude, '**/*.long.test.ts'],
    globalSetup: 'tools/dev/testing/temporary-folder.ts',
    setupFiles: ['tools/dev/testing/no-network.setup.ts', 'tools/dev/testing/random.setup.ts'],
    testTimeout: 20_000,
    // Half of the time is waited for servers, timeouts and commands, which leaves room for a third file on two cores.
    maxWorkers: 3,
    // A worker takes one file after another and keeps the modules that it has loaded: a third less of the processor.
    isolate: false,
    pool: 'threads',
  },
});
