/** The entry call-mute-conformance/vitest in vitest 4 and 5, installed from the packed package, used as users do. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EmulatorServer, startEmulatorServer } from '../../emulator/start.ts';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import type { Results } from '../../engine/results/results.ts';
import { vitestForDevelopment } from '../delivery/installation.ts';
import { compileVitestAgainst } from '../delivery/types.ts';
import { type EndedVitest, VitestProject } from '../testing/vitest-project.ts';
import {
  type InstalledVitest,
  type Installations,
  installVitest,
  oldestVitest,
  vitestVersions,
} from './vitest-versions.ts';

let installations: Installations;
beforeAll(async () => {
  installations = await installVitest();
}, 300_000);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const call = (options: string) =>
  `import { conformance } from 'call-mute-conformance/vitest';\nconformance(${options});\n`;

const failing = "{ fault: 'location-other-call', requirement: ['location.call', 'location.absolute'] }";

/** Reporters that show failures on the console in the same words. */
const onConsole = ['default', 'verbose', 'tree', 'dot'];

/** Two files that may share a worker. */
const twoFiles = (folder: string) =>
  Object.fromEntries(
    ['roster.unsolicited', 'transport.answered'].map((requirement, index) => {
      const name = `${folder}/${'ab'.charAt(index)}`;
      const options = `{ requirement: ['location.call', '${requirement}'], reportDir: 'reports/${name}' }`;
      return [`${name}.test.js`, call(options)];
    }),
  );
const oneFile = (folder: string) => ({
  [`${folder}/a.test.js`]: call("{ requirement: ['location.call', 'roster.unsolicited'] }"),
});

/** All that passes, in every way to run it: with a start of vitest for each, most of the time would go by starting. */
const severalProjects: Readonly<Record<string, string>> = {
  'vitest.config.js': `
    const project = (name, options) => ({ test: { name, include: [name + '/*.test.js'], ...options } });
    export default { test: { projects: [
      project('unit'),
      project('forks', { pool: 'forks' }),
      project('threads', { pool: 'threads' }),
      project('vmThreads', { pool: 'vmThreads' }),
      project('one-worker', { isolate: false, maxWorkers: 1, sequence: { groupOrder: 1 } }),
      project('concurrent', { sequence: { concurrent: true } }),
      project('shuffled', { sequence: { shuffle: true } }),
    ] } };
  `,
  'unit/a.test.js': "import { test } from 'vitest';\ntest('own', () => undefined);\n",
  'forks/reference.test.js': call('{ seed: 7 }'),
  'forks/only.test.js': `
    import { describe, test } from 'vitest';
    import { conformance } from 'call-mute-conformance/vitest';
    describe.only('chosen', () => conformance({ requirement: 'location.call', reportDir: 'chosen' }));
    describe('left', () => conformance({ requirement: 'location.present' }));
    test('own', () => undefined);
  `,
  'forks/skip.test.js': `
    import { describe, test } from 'vitest';
    import { conformance } from 'call-mute-conformance/vitest';
    describe.skip('left', () => conformance({ requirement: 'location.present' }));
    test('own', () => undefined);
  `,
  ...twoFiles('threads'),
  ...twoFiles('vmThreads'),
  ...twoFiles('one-worker'),
  ...oneFile('concurrent'),
  ...oneFile('shuffled'),
};

it('makes tests of vitest 3.2, too', async () => {
  const { installation, folder } = installations.of(oldestVitest);
  const project = new VitestProject({ 'a.test.js': call(failing) }, installation, folder);
  closing.push(() => project.remove());
  const ended = await project.run();
  expect(ended.tests().map(({ status }) => status)).toEqual(['failed', 'failed', 'passed', 'passed']);
  expect(ended.output).toContain('ConformanceFailure: location.call');
});

describe.each(vitestVersions)('vitest $vitest', (version) => {
  let installed: InstalledVitest;
  beforeAll(() => {
    installed = installations.of(version);
  });

  function projectWith(files: Readonly<Record<string, string>>): VitestProject {
    const project = new VitestProject(files, installed.installation, installed.folder);
    closing.push(() => project.remove());
    return project;
  }

  async function emulatorUnderTest(): Promise<{ emulator: EmulatorServer; options: string }> {
    const emulator = await startEmulatorServer({});
    closing.push(() => emulator.close());
    return { emulator, options: `baseUrl: '${emulator.baseUrl('beta')}', token: '${emulator.token}'` };
  }

  describe('a run of several projects', () => {
    let project: VitestProject;
    let ended: EndedVitest;
    beforeAll(async () => {
      project = new VitestProject(severalProjects, installed.installation, installed.folder);
      ended = await project.run();
    });
    afterAll(() => project.remove());

    const testsOf = (folder: string) => ended.tests().filter(({ file }) => file.startsWith(`${folder}/`));

    it('passes for the reference', () => {
      expect(ended.exitCode, ended.output).toBe(0);
      const tests = testsOf('forks').filter(({ file }) => file === 'forks/reference.test.js');
      expect(tests.length).toBeGreaterThan(500);
      expect(tests.filter(({ status }) => status === 'passed').length).toBeGreaterThan(450);
      for (const { meta } of tests) expect(meta.conformance?.verdict).toMatch(/^(passed|not-applicable)$/);
    });

    it('describe.only and describe.skip around it choose, beside tests of the user', () => {
      const names = (file: string, wanted: boolean) => {
        const tests = testsOf('forks').filter((test) => test.file === `forks/${file}.test.js`);
        return tests
          .filter(({ status }) => (status === 'passed') === wanted)
          .map(({ fullName }) => fullName.split(' ')[0]);
      };
      expect([...new Set(names('only', true))]).toEqual(['chosen']);
      expect(new Set(names('only', false))).toEqual(new Set(['left', 'own']));
      expect(names('skip', true)).toEqual(['own']);
      expect(new Set(names('skip', false))).toEqual(new Set(['left']));
    });

    it.each([
      ['threads', 6],
      ['vmThreads', 6],
      ['one-worker', 6],
      ['concurrent', 3],
      ['shuffled', 3],
    ])('all tests pass in the project %s', (folder, count) => {
      expect(testsOf(folder).map(({ status }) => status)).toEqual(Array.from({ length: count }, () => 'passed'));
    });

    it('has the tests of the user in a project beside', () => {
      expect(testsOf('unit').map(({ title, status }) => [title, status])).toEqual([['own', 'passed']]);
    });

    it('--project, --shard and -t run, and ask for, what they name', async () => {
      const shards = [];
      for (const shard of ['1/2', '2/2']) {
        const ran = await project.run(['--project=threads', `--shard=${shard}`, '-t', 'location.call']);
        expect(ran.exitCode, ran.output).toBe(0);
        const passed = ran.tests().filter(({ status }) => status === 'passed');
        shards.push({ files: [...new Set(ran.tests().map(({ file }) => file))], passed });
      }
      expect(shards.map(({ files }) => files.length)).toEqual([1, 1]);
      expect(shards.flatMap(({ files }) => files).toSorted()).toEqual(['threads/a.test.js', 'threads/b.test.js']);
      for (const { files, passed } of shards) {
        const name = files[0]?.replace('.test.js', '') ?? '';
        const { cases } = JSON.parse(project.read(`reports/${name}/results.json`)) as Results;
        expect(new Set(cases.map(({ requirement }) => requirement))).toEqual(new Set(['location.call']));
        expect(passed.map(({ meta }) => meta.conformance?.id)).toEqual(cases.map(({ id }) => id));
      }
    });
  });

  // The package check does so with the vitest that is for development.
  it.skipIf(version.vitest === vitestForDevelopment(packageRoot))(
    'has types that go with those of vitest',
    async () => {
      await compileVitestAgainst(installed.folder, packageRoot);
      expect(existsSync(path.join(installed.folder, 'vitest-program.mts'))).toBe(true);
    },
  );

  describe('a run with failures', () => {
    let project: VitestProject;
    let ended: EndedVitest;
    beforeAll(async () => {
      const files = {
        'a.test.js': call(failing),
        'retried.test.js': call(
          "{ fault: 'status-201', requirement: 'status.success', reportDir: 'reports', seed: 7 }",
        ),
      };
      project = new VitestProject(files, installed.installation, installed.folder);
      const toFiles = ['junit', 'html', 'json'];
      ended = await project.run(
        [
          '--retry=3',
          ...[...onConsole, 'tap', 'github-actions', ...toFiles].map((name) => `--reporter=${name}`),
          ...toFiles.map((name) => `--outputFile.${name}=${name}/index.${name}`),
        ],
        { GITHUB_ACTIONS: 'true' },
      );
    });
    afterAll(() => project.remove());

    it('ends with exit code 1', () => {
      expect(ended.exitCode, ended.output).toBe(1);
    });

    it(`the reporters ${onConsole.join(', ')} show each failure`, () => {
      // Each has the same words for them.
      const headings = ended.output.match(
        /^ FAIL +a\.test\.js > .*location\.call names this call.*\nConformanceFailure: /gm,
      );
      expect(headings).toHaveLength(2 * onConsole.length);
    });

    it('the reporter tap shows a failure', () => {
      const [, tap = ''] = ended.output.split(/^TAP version 13$/m);
      expect(tap).toMatch(
        /^ *not ok \d+ - location\.call names this call in Location #[^]*?name: "ConformanceFailure"/m,
      );
    });

    it('the reporters junit, html, json and github-actions have what they need', () => {
      const { output } = ended;
      expect(output).toMatch(/^::error file=\S*a\.test\.js,.*location\.call names this call in Location,line=2,/m);
      // Vitest 5 has a folder of its own for it.
      const [, folder = 'html'] = /--outDir (\S+)/.exec(output) ?? [];
      expect(project.read(`${folder}/index.html`)).toContain('<html');
      const junit = project.read('junit/index.junit');
      expect(XMLValidator.validate(junit)).toBe(true);
      expect(junit).toMatch(/<failure message="location\.call \(must, example\)[^"]*" type="ConformanceFailure">/);
      const { testResults } = JSON.parse(project.read('json/index.json')) as {
        testResults: { name: string; assertionResults: { meta: object }[] }[];
      };
      const ofFile = testResults.find(({ name }) => path.basename(name) === 'a.test.js');
      expect(ofFile?.assertionResults[0]?.meta).toMatchObject({ conformance: { verdict: 'failed' } });
    });

    it('--retry never repeats a verdict', () => {
      expect(ended.output).not.toMatch(/retry/i);
      const { cases } = JSON.parse(project.read('reports/results.json')) as Results;
      expect(cases.map(({ verdict }) => verdict)).toEqual(['failed', 'failed']);
      for (const { exchanges } of cases) expect(exchanges.filter(({ step }) => step === 'mute')).toHaveLength(1);
    });
  });

  it('--bail ends the run, and no call stays behind', async () => {
    const { emulator, options } = await emulatorUnderTest();
    const project = projectWith({
      'a.test.js': call(`{ ${options}, knownIssues: 'known-issues.yaml' }`),
      // So the first test fails, while the others are under way.
      'known-issues.yaml': "issues:\n  - { match: 'status.success', kind: failing, reason: it passes }\n",
    });
    const ended = await project.run(['--bail=1']);
    expect(ended.exitCode).toBe(1);
    expect(ended.tests().filter(({ status }) => status === 'failed').length).toBe(1);
    expect(emulator.liveCalls()).toBe(0);
  });

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'the end of vitest in the middle leaves no call behind, in no pool: %s',
    async (signal) => {
      const [one, other] = [await emulatorUnderTest(), await emulatorUnderTest()];
      const project = projectWith({
        'vitest.config.js': `
          export default { test: { maxWorkers: 2, projects: [
            { test: { name: 'forks', include: ['forks.test.js'], pool: 'forks' } },
            { test: { name: 'threads', include: ['threads.test.js'], pool: 'threads' } },
          ] } };
        `,
        'forks.test.js': call(`{ ${one.options} }`),
        'threads.test.js': call(`{ ${other.options} }`),
      });
      const liveCalls = () => [one, other].map(({ emulator }) => emulator.liveCalls());
      const started = project.start(['run'], {}, true);
      await until(() => liveCalls().every((count) => count > 10));
      expect(Math.min(...liveCalls())).toBeGreaterThan(0);
      // A terminal sends it to the whole group.
      if (signal === 'SIGINT') process.kill(-(started.process.pid ?? 0), signal);
      else started.process.kill(signal);
      await started.ended;
      await until(() => liveCalls().every((count) => count === 0));
      expect(liveCalls()).toEqual([0, 0]);
    },
  );

  it('watch mode runs again what has changed', async () => {
    const project = projectWith({ 'a.test.js': call("{ requirement: 'location.call' }") });
    const started = project.start(['watch', '--reporter=verbose'], {}, true);
    closing.push(() => started.stop());
    const passed = (name: string) => started.output().match(new RegExp(`✓ .*${name}`, 'g'))?.length ?? 0;
    await until(() => /Waiting for file changes/.test(started.output()));
    expect(passed('location\\.call')).toBe(2);
    project.write('a.test.js', call("{ requirement: 'location.present' }"));
    await until(() => passed('location\\.present') === 2);
    expect(passed('location\\.present')).toBe(2);
  });
});

/** Waits until something is so, but not for ever: the test looks itself. */
async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!isSo() && Date.now() < end) await sleep(20);
}
