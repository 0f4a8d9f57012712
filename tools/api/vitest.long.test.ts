/** The suites as tests of a user’s vitest: compiled, in a process of its own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Results } from '../engine/results/results.ts';
import { type EndedVitest, VitestProject } from '../dev/testing/vitest-project.ts';

/** A test file that calls `conformance`. */
function calling(...options: string[]): string {
  return [
    "import { conformance } from 'call-mute-conformance/vitest';",
    ...options.map((each) => `conformance(${each});`),
  ].join('\n');
}

/** A vitest that runs files of tests, each of which has a test of its own here. */
function ranBy(files: Readonly<Record<string, string>>, ...words: string[]) {
  let project: VitestProject;
  let ended: EndedVitest;
  beforeAll(async () => {
    project = new VitestProject(files);
    ended = await project.run(words);
  }, 120_000);
  afterAll(() => project.remove());
  return {
    output: () => ended.output,
    exitCode: () => ended.exitCode,
    read: (name: string) => project.read(name),
    files: () => ended.files(),
    testsOf: (file: string) => ended.tests().filter((test) => test.file === file),
  };
}

const warns = "fault: 'location-relative', requirement: ['location.absolute', 'path.app-undeclared']";

describe('conformance, where no test fails', () => {
  const vitest = ranBy({
    'lenient.test.js': calling(`{ ${warns} }`),
    'app.test.js': `
      import { createServer } from 'node:http';
      import { afterAll, expect } from 'vitest';
      import { conformance } from 'call-mute-conformance/vitest';
      let calls = 0;
      const app = createServer((request, response) => {
        const creates = request.url === '/beta/communications/calls';
        response.writeHead(creates ? 201 : 200, { 'content-type': 'application/json' });
        const id = creates ? String((calls += 1)) : '1';
        const mute = { '@odata.type': '#microsoft.graph.muteParticipantOperation', id, status: 'completed' };
        response.end(JSON.stringify(mute));
      });
      conformance({ app, token: 'any', target: { callbacks: 'none' }, requirement: 'response.status' });
      afterAll(() => expect([calls > 0, app.listening]).toEqual([true, false]));
    `,
    'import.test.js': `
      import { expect, test } from 'vitest';
      const events = ['SIGINT', 'SIGTERM', 'exit', 'unhandledRejection', 'uncaughtException'];
      const listeners = () => events.map((event) => process.listenerCount(event));
      test('the only one', async () => {
        const before = listeners();
        await import('call-mute-conformance/vitest');
        expect(listeners()).toEqual(before);
      }, 60_000);
    `,
  });

  it('ends well', () => {
    expect(vitest.exitCode(), vitest.output()).toBe(0);
    expect(vitest.files().size).toBe(3);
  });

  it('serves an app of the test file for as long as the run goes on', () => {
    const targets = vitest.testsOf('app.test.js').map(({ ancestorTitles }) => ancestorTitles[0]);
    expect([...new Set(targets)]).toEqual(['app']);
  });

  it('skips what does not apply, and annotates what only warns', () => {
    const statuses = vitest.testsOf('lenient.test.js').map(({ status }) => status);
    expect(statuses).toEqual(['skipped', 'passed', 'passed']);
    expect(vitest.output()).toContain('the target file says whether /app is served');
    expect(vitest.output()).toContain('warned: Location is an absolute URL');
  });

  it('registers nothing when it is imported', () => {
    expect(vitest.testsOf('import.test.js').map(({ status }) => status)).toEqual(['passed']);
  });
});

describe('conformance, of some of its tests', () => {
  const title = 'status.success answers a valid mute of a group call with 200';
  const vitest = ranBy({ 'a.test.js': calling("{ reportDir: 'reports' }") }, '-t', `${title}$`);

  it('asks the target only what they need', () => {
    expect(vitest.exitCode(), vitest.output()).toBe(0);
    const ran = vitest.testsOf('a.test.js').filter(({ status }) => status === 'passed');
    expect(ran.map((test) => test.title)).toEqual([title]);
    const { run, cases } = JSON.parse(vitest.read('reports/results.json')) as Results;
    expect(cases.map(({ id }) => id)).toEqual(['status.success/answers-a-valid-mute-of-a-group-call-with-200']);
    expect(run.partial).toBe(true);
    // A call is made to see whether the target is there, and one for the case.
    expect(run.traffic?.callsCreated).toBeLessThanOrEqual(4);
    expect(run.traffic?.callsLeaked).toBe(0);
  });
});

describe('conformance, where something fails', () => {
  const wrong = {
    suite: "{ suite: 'location-haeder' }",
    token: "{ token: 'any' }",
    target: "{ target: 'missing.yaml' }",
    fault: "{ fault: 'status-20' }",
  };
  const files = {
    'several.test.js': `
      import { startEmulator } from 'call-mute-conformance';
      import { conformance } from 'call-mute-conformance/vitest';
      const emulators = [await startEmulator(), await startEmulator({ fault: 'status-201' })];
      const [one, other] = emulators.map(({ baseUrl, token }, index) => ({ name: 'target-' + index, baseUrl, token }));
      const requirement = 'status.success';
      conformance({ target: [one, other], requirement, reportDir: 'reports' });
      conformance({ requirement: 'location.call' });
    `,
    'strict.test.js': calling(`{ ${warns}, strict: true }`),
    'nobody.test.js': calling("{ baseUrl: 'http://127.0.0.1:9/beta', suite: ['location-header', 'transport'] }"),
    'excused.test.js': calling("{ requirement: 'location.call', knownIssues: 'known-issues.yaml' }"),
    ...Object.fromEntries(Object.entries(wrong).map(([name, options]) => [`wrong-${name}.test.js`, calling(options)])),
    'folder.test.js': calling("{ requirement: 'location.call', reportDir: 'folder.test.js/reports' }"),
    'node.test.js': `process.env.NODE_OPTIONS = '--no-such-flag';\n${calling("{ requirement: 'location.call' }")}`,
  };
  const excusing = "issues:\n  - { match: 'location.call', kind: flaky, reason: all of it }\n";
  const vitest = ranBy({ ...files, 'known-issues.yaml': excusing });

  it('fails every file', () => {
    expect(vitest.exitCode()).toBe(1);
    expect(Object.fromEntries(vitest.files())).toEqual(
      Object.fromEntries(Object.keys(files).map((name) => [name, 'failed'])),
    );
    expect(vitest.output()).not.toContain('dist/tools');
  });

  it('runs several targets of one call, and several calls, each in a describe of its own', () => {
    const outcomes = vitest
      .testsOf('several.test.js')
      .map(({ ancestorTitles, status }) => `${ancestorTitles[0]} ${status}`);
    expect([...new Set(outcomes)]).toEqual(['target-0 passed', 'target-1 failed', 'emulator passed']);
    for (const name of ['target-0', 'target-1']) {
      expect(JSON.parse(vitest.read(`reports/${name}/results.json`))).toMatchObject({ target: { name } });
    }
  });

  it('fails what only warns when strict', () => {
    const statuses = vitest.testsOf('strict.test.js').map(({ status }) => status);
    expect(statuses).toEqual(['skipped', 'failed', 'failed']);
  });

  it('fails every test of a target that is not there, and says what to do', () => {
    const tests = vitest.testsOf('nobody.test.js');
    expect(tests.length).toBeGreaterThan(20);
    for (const { status, meta } of tests) {
      expect(status).toBe('failed');
      expect(meta.conformance?.verdict).toBe('could-not-run');
    }
    expect(vitest.output()).toMatch(/CouldNotRun: .*\n.*nothing listens/);
  });

  it('fails where the command line does although no case fails', () => {
    expect(vitest.testsOf('excused.test.js').map(({ status }) => status)).toEqual(['passed', 'passed']);
    expect(vitest.output()).toMatch(/the run ended with exit code 2: the known issues excuse every must/);
  });

  it('refuses wrong options when the tests are collected, as the command line does, at the place of the call', () => {
    const output = vitest.output();
    expect(output).toContain(
      'ConfigurationError: --suite "location-haeder" matches nothing; did you mean location-header?',
    );
    expect(output).toContain('ConfigurationError: conformance() was given a token and neither baseUrl nor app');
    expect(output).toContain('ConfigurationError: The target file missing.yaml does not exist');
    expect(output).toContain('Did you mean "status-201"?');
    expect(output.match(/❯ wrong-\w+\.test\.js:2:1/g)).toHaveLength(4);
  });

  it('says in each test why there is no run', () => {
    const tests = [...vitest.testsOf('folder.test.js'), ...vitest.testsOf('node.test.js')];
    expect(tests.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed', 'failed']);
    expect(vitest.output()).toMatch(/ConfigurationError: .*folder\.test\.js\/reports/);
    expect(vitest.output()).toMatch(/HarnessError: the process of the run ended by itself, with 9: .*--no-such-flag/);
  });
});
