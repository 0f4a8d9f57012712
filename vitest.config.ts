import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

type ProjectTests = NonNullable<TestProjectInlineConfiguration['test']>;

/** @param groupOrder projects of one `vitest run` go one after another */
function project(name: string, groupOrder: number, test: ProjectTests): TestProjectInlineConfiguration {
  return { test: { name, globalSetup: 'tools/dev/testing/temporary-folder.ts', sequence: { groupOrder }, ...test } };
}

const loopbackOnly = 'tools/dev/testing/loopback-only.setup.ts';
const sameRandomness = 'tools/dev/testing/random.setup.ts';

/** Measures seconds, so nothing else may run beside. */
const floods = ['tools/dev/testing/hostile/load.hostile.ts'];
const hostile: ProjectTests = {
  setupFiles: [loopbackOnly],
  testTimeout: 150_000,
  hookTimeout: 30_000,
  // Seconds and megabytes of a whole process, where others use the machine too: a limit that is passed once is looked
  // at again, and told.
  retry: 1,
};

/** A script of package.json for each: `test`, `test:long`, `hostile` and `test:browser`. */
export default defineConfig({
  test: {
    reporters: ['default', './tools/dev/testing/hostile/table-reporter.ts'],
    projects: [
      project('unit', 0, {
        include: ['tools/**/*.test.ts', 'suites/**/*.test.ts'],
        exclude: [...configDefaults.exclude, '**/*.long.test.ts'],
        setupFiles: ['tools/dev/testing/no-network.setup.ts', sameRandomness],
        testTimeout: 20_000,
        // Half of the time is waited for servers, timeouts and commands, which leaves room for a third file on two cores.
        maxWorkers: 3,
        // A worker takes one file after another and keeps the modules that it has loaded: a third less of the processor.
        isolate: false,
        pool: 'threads',
      }),
      // Whole runs, processes, and what seldom breaks: too long for `npm test`, which is to take no minute.
      project('long', 1, {
        include: ['tools/**/*.long.test.ts', 'suites/**/*.long.test.ts'],
        setupFiles: [loopbackOnly, sameRandomness],
        testTimeout: 60_000,
        maxWorkers: 3,
        // What is compiled is tested as it is.
        server: { deps: { external: [/\/dist\//] } },
      }),
      // Runs against targets that do their worst. A third of their time is waited for timeouts, which leaves room for a third on two cores.
      project('hostile', 2, {
        include: ['tools/dev/testing/hostile/*.hostile.ts'],
        exclude: [...configDefaults.exclude, ...floods],
        maxWorkers: 3,
        ...hostile,
      }),
      project('hostile-floods', 3, { include: floods, maxWorkers: 1, ...hostile }),
      // What only a real browser can tell of the HTML reports.
      project('browser', 4, {
        include: ['tools/dev/testing/browser/**/*.browser.ts'],
        testTimeout: 60_000,
        hookTimeout: 60_000,
        fileParallelism: false,
      }),
    ],
  },
});
