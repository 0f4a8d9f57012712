/** The suites as a test of a user’s vitest: compiled, in a process of its own. The long tests have all that it can do. */
import { expect, it, onTestFinished } from 'vitest';
import { VitestProject } from '../dev/testing/vitest-project.ts';

it('conformance makes a test of each case, which fails as the case does', async () => {
  const options = "{ seed: 7, fault: 'location-other-call', requirement: ['location.call', 'location.present'] }";
  const text = `import { conformance } from 'call-mute-conformance/vitest';\nconformance(${options});`;
  const project = new VitestProject({ 'a.test.js': text });
  onTestFinished(() => project.remove());
  const ended = await project.run();

  expect(ended.exitCode).toBe(1);
  const tests = ended.tests();
  const failed = tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
  expect(failed).toEqual([
    'emulator location-header location.call names this call in Location',
    'emulator location-header location.call names this call in Location (/app)',
  ]);
  const [first] = tests.filter(({ status }) => status === 'failed');
  expect(first?.meta.conformance).toMatchObject({
    id: 'location.call/names-this-call-in-location',
    verdict: 'failed',
  });
  const { expectation = 'nothing', actual = 'nothing' } = first?.meta.conformance ?? {};
  const shown = ended.output.replaceAll(/\s+/g, ' ');
  expect(shown).toContain('ConformanceFailure: location.call (must, example): Location names');
  expect(shown).toContain(expectation.split(' to be ')[0]);
  expect(shown).toContain(actual.split('"')[0]);
  expect(shown).toMatch(/hint: .* source: call: mute, .* curl: curl -i -X POST http/);
  // The place of the case, then that of the call, and nothing between.
  expect(shown).toMatch(/❯ \S*dist\/suites\/location-header\.js:\d+:\d+ [^❯]*❯ a\.test\.js:2:1/);
}, 60_000);
