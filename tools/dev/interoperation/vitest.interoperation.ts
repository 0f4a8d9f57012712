/** The entry call-mute-conformance/vitest in vitest 4 and 5, installed from the packed package, used as users do. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { XMLValidator } from 'fast-xml-parser';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EmulatorServer, startEmulatorServer } from '../../emulator/start.ts';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import type { Results } from '../../engine/results/results.ts';
import { compileVitestAgainst } from '../delivery/types.ts';
import { VitestProject } from '../testing/vitest-project.ts';
import {
  type InstalledVitest,
  type Installations,
  installVitest,
  oldestVitest,
  vitestVersions,
} from './vitest-versions.ts';

let installations: Installations;
beforeAll(async () => {
  installations = await installVitest([oldestVitest, ...vitestVersions]);
}, 300_000);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const call = (options: string) =>
  `import { conformance } from 'call-mute-conformance/vitest';\nconformance(${options});\n`;

const failing = "{ fault: 'location-other-call', requirement: ['location.call', 'location.absolute'] }";

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

  it('passes for the reference', async () => {
    const ended = await projectWith({ 'a.test.js': call('{ seed: 7 }') }).run();
    expect(ended.exitCode, ended.output).toBe(0);
    const tests = ended.tests();
    expect(tests.length).toBeGreaterThan(500);
    expect(tests.filter(({ status }) => status === 'passed').length).toBeGreaterThan(450);
    for (const { meta } of tests) expect(meta.conformance?.verdict).toMatch(/^(passed|not-applicable)$/);
  });

  it('has types that go with those of vitest', async () => {
    await compileVitestAgainst(installed.folder, packageRoot);
    expect(existsSync(path.join(installed.folder, 'vitest-program.mts'))).toBe(true);
  });

  it('-t runs, and asks for, what it names', async () => {
    const project = projectWith({ 'a.test.js': call("{ reportDir: 'reports' }") });
    const ended = await project.run(['-t', 'location.call']);
    expect(ended.exitCode, ended.output).toBe(0);
    const { cases } = JSON.parse(project.read('reports/results.json')) as Results;
    expect(new Set(cases.map(({ requirement }) => requirement))).toEqual(new Set(['location.call']));
    const ran = ended.tests().filter(({ status }) => status === 'passed');
    expect(ran.map(({ meta }) => meta.conformance?.id)).toEqual(cases.map(({ id }) => id));
  });

  it('describe.only and describe.skip around it choose, beside tests of the user', async () => {
    const project = projectWith({
      'only.test.js': `
        import { describe, test } from 'vitest';
        import { conformance } from 'call-mute-conformance/vitest';
        describe.only('chosen', () => conformance({ requirement: 'location.call', reportDir: 'chosen' }));
        describe('left', () => conformance({ requirement: 'location.present' }));
        test('own', () => undefined);
      `,
      'skip.test.js': `
        import { describe, test } from 'vitest';
        import { conformance } from 'call-mute-conformance/vitest';
        describe.skip('left', () => conformance({ requirement: 'location.present' }));
        test('own', () => undefined);
      `,
    });
    const [only, skip] = [await project.run(['only.test.js']), await project.run(['skip.test.js'])];
    const names = (ended: typeof only, wanted: boolean) =>
      ended
        .tests()
        .filter(({ status }) => (status === 'passed') === wanted)
        .map(({ fullName }) => fullName.split(' ')[0]);
    expect([...new Set(names(only, true))]).toEqual(['chosen']);
    expect(new Set(names(only, false))).toEqual(new Set(['left', 'own']));
    expect(names(skip, true)).toEqual(['own']);
    expect(new Set(names(skip, false))).toEqual(new Set(['left']));
  });

  it.each(['default', 'verbose', 'tree', 'dot', 'tap'])('the reporter %s shows a failure', async (reporter) => {
    const { output, exitCode } = await projectWith({ 'a.test.js': call(failing) }).run([`--reporter=${reporter}`]);
    expect(exitCode).toBe(1);
    expect(output).toContain('ConformanceFailure');
    expect(output).toContain('location.call');
  });

  it('the reporters junit, html, json and github-actions have what they need', async () => {
    const project = projectWith({ 'a.test.js': call(failing) });
    const { output } = await project.run(
      ['junit', 'html', 'json', 'github-actions'].flatMap((name) => [
        `--reporter=${name}`,
        ...(name === 'github-actions' ? [] : [`--outputFile.${name}=${name}/index.${name}`]),
      ]),
      { GITHUB_ACTIONS: 'true' },
    );
    expect(output).toMatch(/^::error file=\S*a\.test\.js,.*location\.call names this call in Location,line=2,/m);
    // Vitest 5 has a folder of its own for it.
    const [, folder = 'html'] = /--outDir (\S+)/.exec(output) ?? [];
    expect(project.read(`${folder}/index.html`)).toContain('<html');
    const junit = project.read('junit/index.junit');
    expect(XMLValidator.validate(junit)).toBe(true);
    expect(junit).toMatch(/<failure message="location\.call \(must, example\)[^"]*" type="ConformanceFailure">/);
    const { testResults } = JSON.parse(project.read('json/index.json')) as {
      testResults: { assertionResults: { meta: object }[] }[];
    };
    expect(testResults[0]?.assertionResults[0]?.meta).toMatchObject({ conformance: { verdict: 'failed' } });
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

  it('--retry never repeats a verdict', async () => {
    const project = projectWith({
      'a.test.js': call("{ fault: 'status-201', requirement: 'status.success', reportDir: 'reports', seed: 7 }"),
    });
    const { output, exitCode } = await project.run(['--retry=3']);
    expect(exitCode).toBe(1);
    expect(output).not.toMatch(/retry/i);
    const { cases } = JSON.parse(project.read('reports/results.json')) as Results;
    for (const { exchanges } of cases) expect(exchanges.filter(({ step }) => step === 'mute')).toHaveLength(1);
  });

  it('--shard gives each part its files', async () => {
    const project = projectWith({
      'a.test.js': call("{ requirement: 'location.call' }"),
      'b.test.js': call("{ requirement: 'location.present' }"),
    });
    const [one, other] = [await project.run(['--shard=1/2']), await project.run(['--shard=2/2'])];
    const ran = [one, other].map((ended) => new Set(ended.tests().map(({ title }) => title.split(' ')[0])));
    expect(ran.map(({ size }) => size)).toEqual([1, 1]);
    expect(new Set(ran.flatMap((each) => [...each]))).toEqual(new Set(['location.call', 'location.present']));
  });

  it.each([
    '--pool=forks',
    '--pool=threads',
    '--pool=vmThreads',
    '--no-file-parallelism',
    '--no-isolate',
    '--sequence.concurrent',
    '--sequence.shuffle',
  ])('%s runs several files', async (word) => {
    const project = projectWith({
      'a.test.js': call("{ requirement: ['location.call', 'roster.unsolicited'] }"),
      'b.test.js': call("{ requirement: ['location.call', 'transport.answered'] }"),
    });
    const ended = await project.run([word]);
    expect(ended.exitCode, ended.output).toBe(0);
    expect(ended.tests().map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'passed'));
  });

  it('is a project beside that of other tests', async () => {
    const project = projectWith({
      'vitest.config.js': `
        export default { test: { projects: [
          { test: { name: 'unit', include: ['unit/*.test.js'] } },
          { test: { name: 'conformance', include: ['conformance/*.test.js'] } },
        ] } };
      `,
      'unit/a.test.js': "import { test } from 'vitest';\ntest('own', () => undefined);\n",
      'conformance/a.test.js': call("{ requirement: 'location.call' }"),
    });
    const [all, one] = [await project.run(), await project.run(['--project=conformance'])];
    expect(all.tests().map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
    expect(one.tests().map(({ ancestorTitles }) => ancestorTitles[0])).toEqual(['emulator', 'emulator']);
  });

  it.each([
    ['forks', 'SIGINT'],
    ['threads', 'SIGINT'],
    ['forks', 'SIGKILL'],
  ] as const)('the end of vitest in the middle leaves no call behind: %s, %s', async (pool, signal) => {
    const { emulator, options } = await emulatorUnderTest();
    const project = projectWith({ 'a.test.js': call(`{ ${options} }`) });
    const started = project.start(['run', `--pool=${pool}`], {}, true);
    await until(() => emulator.liveCalls() > 10);
    // A terminal sends it to the whole group.
    if (signal === 'SIGINT') process.kill(-(started.process.pid ?? 0), signal);
    else started.process.kill(signal);
    await started.ended;
    await until(() => emulator.liveCalls() === 0);
    expect(emulator.liveCalls()).toBe(0);
  });

  it('watch mode runs again what has changed', async () => {
    const project = projectWith({ 'a.test.js': call("{ requirement: 'location.call' }") });
    const started = project.start(['watch', '--reporter=verbose']);
    closing.push(() => started.process.kill());
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
