/** The suites as tests of a user’s vitest: compiled, in a process of its own. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Results } from '../engine/results/results.ts';
import { VitestProject } from '../dev/testing/vitest-project.ts';

const projects: VitestProject[] = [];
afterAll(() => {
  for (const project of projects) project.remove();
});

function projectWith(files: Readonly<Record<string, string>>): VitestProject {
  const project = new VitestProject(files);
  projects.push(project);
  return project;
}

/** A test file that calls `conformance`. */
function calling(...options: string[]): string {
  return [
    "import { conformance } from 'call-mute-conformance/vitest';",
    ...options.map((each) => `conformance(${each});`),
  ].join('\n');
}

describe('conformance', { timeout: 60_000 }, () => {
  it('asks the target only what the chosen tests need', async () => {
    const project = projectWith({
      'a.test.js': calling("{ reportDir: 'reports' }"),
    });
    const ended = await project.run(['-t', 'status.success answers a valid mute of a group call with 200$']);

    expect(ended.exitCode, ended.output).toBe(0);
    const ran = ended.tests().filter(({ status }) => status === 'passed');
    expect(ran.map(({ title }) => title)).toEqual(['status.success answers a valid mute of a group call with 200']);
    const { run, cases } = JSON.parse(project.read('reports/results.json')) as Results;
    expect(cases.map(({ id }) => id)).toEqual(['status.success/answers-a-valid-mute-of-a-group-call-with-200']);
    expect(run.partial).toBe(true);
    // A call is made to see whether the target is there, and one for the case.
    expect(run.traffic?.callsCreated).toBeLessThanOrEqual(4);
    expect(run.traffic?.callsLeaked).toBe(0);
  });

  it('runs several targets of one call, and several calls, each in a describe of its own', async () => {
    const project = projectWith({
      'a.test.js': `
        import { startEmulator } from 'call-mute-conformance';
        import { conformance } from 'call-mute-conformance/vitest';
        const emulators = [await startEmulator(), await startEmulator({ fault: 'status-201' })];
        const [one, other] = emulators.map(({ baseUrl, token }, index) => ({ name: 'target-' + index, baseUrl, token }));
        const requirement = 'status.success';
        conformance({ target: [one, other], requirement, reportDir: 'reports' });
        conformance({ requirement: 'location.call' });
      `,
    });
    const ended = await project.run();

    const outcomes = ended.tests().map(({ ancestorTitles, status }) => `${ancestorTitles[0]} ${status}`);
    expect([...new Set(outcomes)]).toEqual(['target-0 passed', 'target-1 failed', 'emulator passed']);
    for (const name of ['target-0', 'target-1']) {
      expect(JSON.parse(project.read(`reports/${name}/results.json`))).toMatchObject({ target: { name } });
    }
  });

  it('serves an app of the test file for as long as the run goes on', async () => {
    const project = projectWith({
      'a.test.js': `
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
    });
    const ended = await project.run();
    expect(ended.exitCode, ended.output).toBe(0);
    expect([...new Set(ended.tests().map(({ ancestorTitles }) => ancestorTitles[0]))]).toEqual(['app']);
  });

  it('skips what does not apply, annotates what only warns, and fails that when strict', async () => {
    const options = "fault: 'location-relative', requirement: ['location.absolute', 'path.app-undeclared']";
    const project = projectWith({
      'a.test.js': calling(`{ ${options} }`),
      'b.test.js': calling(`{ ${options}, strict: true }`),
    });
    const [lenient, strict] = [await project.run(['a.test.js']), await project.run(['b.test.js'])];

    const statuses = (ended: typeof lenient) => ended.tests().map(({ status }) => status);
    expect(statuses(lenient)).toEqual(['skipped', 'passed', 'passed']);
    expect(statuses(strict)).toEqual(['skipped', 'failed', 'failed']);
    expect(lenient.output).toContain('the target file says whether /app is served');
    expect(lenient.output).toContain('warned: Location is an absolute URL');
    expect(lenient.exitCode).toBe(0);
    expect(strict.exitCode).toBe(1);
  });

  it('fails every test of a target that is not there, and says what to do', async () => {
    const project = projectWith({
      'a.test.js': calling("{ baseUrl: 'http://127.0.0.1:9/beta', suite: ['location-header', 'transport'] }"),
    });
    const ended = await project.run();

    expect(ended.exitCode).toBe(1);
    for (const { status, meta } of ended.tests()) {
      expect(status).toBe('failed');
      expect(meta.conformance?.verdict).toBe('could-not-run');
    }
    expect(ended.output).toMatch(/CouldNotRun: .*\n.*nothing listens/);
  });

  it('fails where the command line does although no case fails', async () => {
    const project = projectWith({
      'known-issues.yaml': "issues:\n  - { match: 'location.call', kind: flaky, reason: all of it }\n",
      'a.test.js': calling("{ requirement: 'location.call', knownIssues: 'known-issues.yaml' }"),
    });
    const ended = await project.run();

    expect(ended.tests().map(({ status }) => status)).toEqual(['passed', 'passed']);
    expect(ended.exitCode).toBe(1);
    expect(ended.output).toMatch(/the run ended with exit code 2: the known issues excuse every must/);
  });

  it('refuses wrong options when the tests are collected, as the command line does, at the place of the call', async () => {
    const project = projectWith({
      'a.test.js': calling("{ suite: 'location-haeder' }"),
      'b.test.js': calling("{ token: 'any' }"),
      'c.test.js': calling("{ target: 'missing.yaml' }"),
      'd.test.js': calling("{ fault: 'status-20' }"),
    });
    const { exitCode, output } = await project.run();

    expect(exitCode).toBe(1);
    expect(output).toContain(
      'ConfigurationError: --suite "location-haeder" matches nothing; did you mean location-header?',
    );
    expect(output).toContain('ConfigurationError: conformance() was given a token and neither baseUrl nor app');
    expect(output).toContain('ConfigurationError: The target file missing.yaml does not exist');
    expect(output).toContain('Did you mean "status-201"?');
    expect(output.match(/❯ [abcd]\.test\.js:2:1/g)).toHaveLength(4);
    expect(output).not.toContain('dist/tools');
  });

  it('says in each test why there is no run', async () => {
    const project = projectWith({
      'a.test.js': calling("{ requirement: 'location.call', reportDir: 'a.test.js/reports' }"),
      'b.test.js': `process.env.NODE_OPTIONS = '--no-such-flag';\n${calling("{ requirement: 'location.call' }")}`,
    });
    const { exitCode, output, tests } = await project.run();

    expect(exitCode).toBe(1);
    expect(tests().map(({ status }) => status)).toEqual(['failed', 'failed', 'failed', 'failed']);
    expect(output).toMatch(/ConfigurationError: .*a\.test\.js\/reports/);
    expect(output).toMatch(/HarnessError: the process of the run ended by itself, with 9: .*--no-such-flag/);
    expect(output).not.toContain('dist/tools');
  });

  it('registers nothing when it is imported', async () => {
    const project = projectWith({
      'a.test.js': `
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
    const ended = await project.run();
    expect(ended.exitCode, ended.output).toBe(0);
    expect(ended.tests()).toHaveLength(1);
  });
});
