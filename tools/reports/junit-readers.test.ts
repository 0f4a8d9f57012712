/** junit.xml as the CI systems read it: each reader here does what theirs does, and looks at nothing else. */
import { expect, test } from 'vitest';
import { parseXml, type ParsedElement } from '../dev/testing/parsed-xml.ts';
import { sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import { variedResults } from '../dev/testing/varied-results.ts';
import { renderJunit } from './junit.ts';

const results = variedResults();
const root = parseXml(renderJunit(results, { attachment: 'conformance/index.html' }));

const inside = (element: ParsedElement, name: string) => element.children.filter((child) => child.name === name);
const has = (element: ParsedElement, ...names: string[]) => element.children.some(({ name }) => names.includes(name));

function statusOf(testcase: ParsedElement): string {
  if (has(testcase, 'failure')) return 'failure';
  if (has(testcase, 'error')) return 'error';
  return has(testcase, 'skipped') ? 'skipped' : 'success';
}

/** What each case should be to a CI system. */
const expected = new Map(
  results.cases.map(({ id, suite, verdict }) => {
    const kinds: Partial<Record<typeof verdict, string>> = {
      failed: 'failure',
      'unexpected-pass': 'failure',
      'could-not-run': 'error',
      indeterminate: 'error',
      'harness-error': 'error',
      'not-applicable': 'skipped',
      'expected-failure': 'skipped',
    };
    return [`${suite} ${id}`, kinds[verdict] ?? 'success'];
  }),
);

test('GitLab tells cases apart by classname and name, and shows the text of a failure', () => {
  const cases = inside(root, 'testsuite').flatMap((suite) => inside(suite, 'testcase'));
  const byKey = new Map(cases.map((each) => [`${each.attributes['classname']} ${each.attributes['name']}`, each]));
  expect(byKey.size).toBe(cases.length);
  expect(new Map([...byKey].map(([key, each]) => [key, statusOf(each)]))).toEqual(expected);
  for (const each of cases) {
    expect(Number(each.attributes['time'])).toBeGreaterThanOrEqual(0);
    for (const failure of inside(each, 'failure')) {
      expect(failure.text.trim()).toMatch(/^requirement: /);
      const output = inside(each, 'system-out').map(({ text }) => text);
      expect(/\[\[ATTACHMENT\|(.+?)\]\]/.exec(output.join())?.[1]).toBe('conformance/index.html');
    }
  }
});

test('Jenkins has a suite for each testsuite with cases, and a class for each classname', () => {
  const suites = inside(root, 'testsuite').filter((suite) => has(suite, 'testcase'));
  const names = suites.map(({ attributes }) => attributes['name']);
  expect(names).toEqual([...new Set(results.cases.map(({ suite }) => suite))]);
  for (const suite of suites) {
    // A dot would be taken for the end of a package.
    expect(suite.attributes['name']).not.toMatch(/[.]/);
    // An error of the suite itself would be a case called <init>.
    expect(has(suite, 'error')).toBe(false);
  }
  // It adds up the times of the suites.
  const sum = suites.reduce((total, { attributes }) => total + Number(attributes['time']), 0);
  expect(sum).toBeCloseTo(results.run.durationMs / 1000, 2);
  expect(Number(root.attributes['time'])).toBeCloseTo(results.run.durationMs / 1000, 2);
});

test('reporters of GitHub take classes that are called like their suite as one group, and the message as the title', () => {
  for (const suite of inside(root, 'testsuite')) {
    for (const each of inside(suite, 'testcase')) {
      expect(each.attributes['classname']).toBe(suite.attributes['name']);
      const [problem] = [...inside(each, 'failure'), ...inside(each, 'error')];
      expect(problem === undefined || /\S/.test(problem.attributes['message'] ?? '')).toBe(true);
      // They show one failure of a case.
      expect(each.children.filter(({ name }) => ['failure', 'error', 'skipped'].includes(name)).length).toBeLessThan(2);
    }
  }
});

test('action-junit-report takes the message for the annotation and the text for its details, and no path that is not there', () => {
  for (const each of inside(root, 'testsuite').flatMap((suite) => inside(suite, 'testcase'))) {
    const [problem] = [...inside(each, 'failure'), ...inside(each, 'error')];
    if (problem === undefined) continue;
    expect(problem.attributes['message']).toMatch(/^(expected|why|gateway)/);
    expect(problem.text.trim()).toMatch(/^requirement: /);
    // A path is a `file` of the case or its suite, else the last part of the classname; nothing here looks like one.
    expect(each.attributes['file']).toBeUndefined();
    expect(each.attributes['classname']).not.toMatch(/[/.]/);
  }
});

test('Azure Pipelines names a result by its name alone, and shows the message and the text of its first problem', () => {
  const outcomes = inside(root, 'testsuite')
    .flatMap((suite) => inside(suite, 'testcase'))
    .map((each) => {
      const [failure] = [...inside(each, 'failure'), ...inside(each, 'error')];
      const [skipped] = inside(each, 'skipped');
      const said = (failure ?? skipped)?.attributes['message'];
      expect(said === undefined ? failure === undefined && skipped === undefined : said.trim() !== '').toBe(true);
      return [each.attributes['name'], failure ? 'Failed' : skipped ? 'NotExecuted' : 'Passed'] as const;
    });
  // Results of one name in one file are one test with many results.
  expect(new Set(outcomes.map(([name]) => name)).size).toBe(outcomes.length);
  const named: Record<string, string> = { failure: 'Failed', error: 'Failed', skipped: 'NotExecuted' };
  expect(outcomes.map(([, outcome]) => outcome)).toEqual([...expected.values()].map((kind) => named[kind] ?? 'Passed'));
});

test('GitLab loses no case of several targets', () => {
  const files = ['acme', 'umbrella'].map((name) => {
    const ofTarget = sampleResults([sampleCase('a.b/c', 'passed')], { target: { name } });
    return parseXml(renderJunit(ofTarget, { amongSeveral: true }));
  });
  const cases = files.flatMap((file) => inside(file, 'testsuite').flatMap((suite) => inside(suite, 'testcase')));
  expect(cases.map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`)).toEqual([
    'acme: a a.b/c',
    'umbrella: a a.b/c',
  ]);
});
