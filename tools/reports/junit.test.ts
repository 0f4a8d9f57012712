import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { CaseResult } from '../engine/results/results.ts';
import { parseXml, type ParsedElement } from '../dev/testing/parsed-xml.ts';
import { hostileResults, variedResults } from '../dev/testing/varied-results.ts';
import { sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import { renderJunit } from './junit.ts';

const count = (elements: ParsedElement[], name: string): number =>
  elements.flatMap((element) => element.children).filter((child) => child.name === name).length;

const all = (element: ParsedElement, name: string): ParsedElement[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);

const properties = (element: ParsedElement): Record<string, string | undefined> =>
  Object.fromEntries(element.children.map(({ attributes }) => [attributes['name'], attributes['value']]));

/** The rules of junit-10.xsd of Jenkins' xUnit plugin, the strictest of its versions: what each element may contain and carry. */
const time = /^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]{0,3})?$/;
const message = { required: [], optional: ['type', 'message'], children: [], text: true };
const xsd: Record<string, { required: string[]; optional: string[]; children: string[]; text: boolean }> = {
  testsuites: {
    required: [],
    optional: ['name', 'time', 'tests', 'failures', 'errors'],
    children: ['testsuite'],
    text: false,
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: [...['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url']],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
    text: false,
  },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: [
      ...['skipped', 'error', 'failure', 'rerunFailure', 'rerunError', 'flakyFailure', 'flakyError'],
      ...['system-out', 'system-err'],
    ],
    text: false,
  },
  flakyFailure: { ...message, required: ['type'], optional: ['message'] },
  rerunFailure: { ...message, required: ['type'], optional: ['message'] },
  properties: { required: [], optional: [], children: ['property'], text: false },
  property: { required: ['name', 'value'], optional: [], children: [], text: false },
  failure: message,
  error: message,
  skipped: message,
  'system-out': { required: [], optional: [], children: [], text: true },
};

function violations(element: ParsedElement): string[] {
  const rule = xsd[element.name];
  if (rule === undefined) return [`unknown element ${element.name}`];
  const names = Object.keys(element.attributes);
  return [
    ...rule.required.filter((name) => !names.includes(name)).map((name) => `${element.name} lacks ${name}`),
    ...names
      .filter((name) => ![...rule.required, ...rule.optional].includes(name))
      .map((name) => `${element.name}@${name}`),
    ...element.children
      .filter((child) => !rule.children.includes(child.name))
      .map((child) => `${element.name}/${child.name}`),
    ...(!rule.text && element.text.trim() !== '' ? [`text in ${element.name}`] : []),
    ...(element.name.startsWith('testsuite') && !time.test(element.attributes['time'] ?? '') ? ['time'] : []),
    ...element.children.flatMap(violations),
  ];
}

const results = variedResults();
const root = parseXml(renderJunit(results));
const suites = root.children;
const testcases = all(root, 'testcase');

test('obeys the schema of Jenkins’ xUnit plugin where that is asked for, and but for the properties of cases anyway', () => {
  const strict = parseXml(renderJunit(results, { schema: 'strict' }));
  expect(violations(strict)).toEqual([]);
  expect(new Set(violations(root))).toEqual(new Set(['testcase/properties']));
  const without = (element: ParsedElement): ParsedElement => ({
    ...element,
    text: element.text.trim(),
    children: element.children.filter(({ name }) => element.name !== 'testcase' || name !== 'properties').map(without),
  });
  expect(without(strict)).toEqual(without(root));
});

test('has one testsuite for each suite, the cases in it and grouped by classname', () => {
  expect(suites.map((suite) => suite.attributes['name'])).toEqual([
    ...new Set(results.cases.map((each) => each.suite)),
  ]);
  for (const suite of suites) {
    const own = results.cases.filter((each) => each.suite === suite.attributes['name']);
    expect(all(suite, 'testcase').map((each) => each.attributes['name'])).toEqual(own.map((each) => each.id));
    expect(new Set(all(suite, 'testcase').map((each) => each.attributes['classname']))).toEqual(
      new Set([suite.attributes['name']]),
    );
  }
});

test('counts what is there, and what is in results.json', () => {
  const { must, should, may } = results.summary;
  const sum = (...verdicts: (keyof typeof must)[]): number =>
    verdicts.reduce((total, verdict) => total + must[verdict] + should[verdict] + may[verdict], 0);
  expect(root.attributes).toMatchObject({
    tests: String(results.cases.length),
    failures: String(sum('failed', 'unexpected-pass')),
    errors: String(sum('could-not-run', 'indeterminate', 'harness-error')),
  });
  for (const suite of suites) {
    expect(suite.attributes).toMatchObject({
      tests: String(all(suite, 'testcase').length),
      failures: String(count(all(suite, 'testcase'), 'failure')),
      errors: String(count(all(suite, 'testcase'), 'error')),
      skipped: String(count(all(suite, 'testcase'), 'skipped')),
    });
  }
  expect(count(testcases, 'skipped')).toBe(sum('not-applicable', 'expected-failure'));
});

test('the properties of a case stand in it', () => {
  for (const testcase of testcases) {
    const [facts] = testcase.children.filter(({ name }) => name === 'properties');
    const each = results.cases.find(({ id }) => id === testcase.attributes['name']);
    expect(facts && properties(facts)).toEqual({
      title: each?.title,
      requirement: each?.requirement,
      level: each?.level,
      evidence: 'documented',
      path: each?.path,
      verdict: each?.verdict,
    });
  }
});

test('the time of a case is that of its requests', () => {
  // One of 2.2 ms and one of 3.1 ms, 10 ms later.
  expect(find('passed.rule/one')?.attributes['time']).toBe('0.005');
});

test('no file is named that no tool of a user can open', () => {
  expect([root, ...suites, ...testcases].filter(({ attributes }) => 'file' in attributes)).toEqual([]);
});

test('among several targets suites say whose they are', () => {
  const [suite] = parseXml(renderJunit(results, { amongSeveral: true })).children;
  expect(suite?.attributes['name']).toBe('sample: passed');
  expect(suite && all(suite, 'testcase').map(({ attributes }) => attributes['classname'])).toEqual([
    'sample: passed',
    'sample: passed',
  ]);
});

function find(id: string): ParsedElement | undefined {
  return testcases.find((each) => each.attributes['name'] === id);
}

function account(id: string): ParsedElement[] {
  return find(id)?.children.filter(({ name }) => name !== 'properties') ?? [];
}

test('a failure says all that a vendor needs', () => {
  const [failure] = account('failed.rule/one');
  expect(failure?.name).toBe('failure');
  expect(failure?.attributes).toEqual({ type: 'failed', message: 'expected status 200, got status 201' });
  const quoting = renderJunit(sampleResults([sampleCase('a.b/c', 'failed', { actual: `it is "a" for 'b', not "` })]));
  expect(quoting).toContain('message="expected status 200, got it is “a” for ’b’, not ”"');
  expect(quoting).toContain(`\nactual: it is "a" for 'b', not "\n`);
  for (const part of [
    'requirement: failed.rule (must, documented)',
    'statement: What failed.rule promises.',
    'expected: status 200',
    'actual: status 201',
    'hint: the status line of the mute reply',
    'source: call: mute, section Response https://learn.microsoft.com/graph/api/call-mute',
    "$ curl -i -X POST 'http://localhost:8080/beta/communications/calls/",
    'HTTP 200\ncontent-type: application/json\nlocation: http',
    'set-cookie: a=1\nset-cookie: b=2',
    '  "clientContext": "sample-context"\n}',
    'callback: roster notification at 121.9 ms: POST /c/5d2c?run=7',
  ]) {
    expect(failure?.text).toContain(part);
  }
});

test('what is not applicable or known is skipped, with its reason', () => {
  expect(account('not-applicable.rule/one')[0]).toMatchObject({
    name: 'skipped',
    attributes: { message: 'why it is not-applicable' },
    text: 'why it is not-applicable',
  });
  expect(account('expected-failure.rule/one')[0]).toMatchObject({
    name: 'skipped',
    attributes: { message: 'gateway (https://example.com/bugs/12); expected status 200, got status 201' },
  });
});

test.each(['could-not-run', 'indeterminate', 'harness-error'])('%s is an error', (verdict) => {
  expect(account(`${verdict}.rule/one`)[0]).toMatchObject({
    name: 'error',
    attributes: { type: verdict, message: `why it is ${verdict}` },
  });
});

test('a pass that is listed as failing is a failure that names the line to delete', () => {
  const [failure] = account('unexpected-pass.rule/one');
  expect(failure?.name).toBe('failure');
  expect(failure?.text).toContain('known issue: unexpected-pass.rule/one (line 3): gateway');
});

test('a warning passes and says why, and under --strict it fails', () => {
  expect(account('warned.rule/one').map(({ name }) => name)).toEqual(['system-out']);
  const strict = parseXml(renderJunit(sampleResults([sampleCase('a.b/c', 'warned')], { run: { strict: true } })));
  expect(strict.attributes['failures']).toBe('1');
  expect(all(strict, 'testcase')[0]?.children.map(({ name }) => name)).toEqual(['properties', 'failure']);
});

test.each<[string, Partial<CaseResult>, string[], string[]]>([
  [
    'unanswered first, it passed then',
    {
      verdict: 'passed',
      firstAttempt: { verdict: 'indeterminate', reason: 'the connection was reset', exchanges: [] },
    },
    ['flakyFailure'],
    ['indeterminate: the connection was reset'],
  ],
  [
    'unanswered first, it failed then',
    {
      verdict: 'failed',
      firstAttempt: { verdict: 'indeterminate', reason: 'the connection was reset', exchanges: [] },
    },
    ['failure', 'rerunFailure'],
    ['indeterminate: the connection was reset'],
  ],
  [
    'it failed in two of three runs',
    { verdict: 'failed', repeats: { runs: 3, verdicts: { failed: 2, passed: 1 }, flaky: true } },
    ['failure', 'rerunFailure'],
    ['failed: failed: 2 failed, 1 passed of 3 runs'],
  ],
  [
    'it could not run in one of the runs in which it did not fail',
    { verdict: 'failed', repeats: { runs: 3, verdicts: { failed: 1, 'could-not-run': 1, passed: 1 }, flaky: true } },
    ['failure', 'rerunFailure'],
    ['could-not-run: could-not-run: 1 failed, 1 could-not-run, 1 passed of 3 runs'],
  ],
  ['it passed each time', { verdict: 'passed', repeats: { runs: 3, verdicts: { passed: 3 } } }, [], []],
])('attempts beside the one that counts: %s', (_name, changes, elements, told) => {
  const [testcase] = all(parseXml(renderJunit(sampleResults([sampleCase('a.b/c', 'passed', changes)]))), 'testcase');
  const account = testcase?.children.filter(({ name }) => name !== 'properties') ?? [];
  expect(account.map(({ name }) => name)).toEqual(elements);
  expect(
    account
      .filter(({ name }) => name.startsWith('flaky') || name.startsWith('rerun'))
      .map(({ attributes }) => `${attributes['type']}: ${attributes['message']}`),
  ).toEqual(told);
});

test('what is as in the baseline is skipped: the run is green', () => {
  const baseline = { run: 'r', startedAt: '2026-05-01T09:30:00.000Z', asBefore: ['a.b/c'] };
  const held = parseXml(
    renderJunit(sampleResults([sampleCase('a.b/c', 'failed'), sampleCase('a.b/d', 'failed')], { run: { baseline } })),
  );
  expect(held.attributes).toMatchObject({ tests: '2', failures: '1' });
  expect(all(held, 'skipped').map(({ attributes }) => attributes['message'])).toEqual([
    'as in the baseline: expected status 200, got status 201',
  ]);
});

test('an attachment is named only if asked for, and with what did not pass', () => {
  expect(renderJunit(results)).not.toContain('ATTACHMENT');
  const asked = parseXml(renderJunit(results, { attachment: 'reports/a&b/index.html', schema: 'strict' }));
  expect(violations(asked)).toEqual([]);
  for (const each of all(asked, 'testcase')) {
    const isBad = each.children.some(({ name }) => name === 'failure' || name === 'error');
    const named = all(each, 'system-out').filter(({ text }) => text === '[[ATTACHMENT|reports/a&b/index.html]]');
    expect(named).toHaveLength(isBad ? 1 : 0);
  }
});

describe('whatever a target says', () => {
  const check = (text: string): void => {
    const parsed = parseXml(renderJunit(hostileResults(text), { schema: 'strict' }));
    expect(violations(parsed)).toEqual([]);
    expect(all(parsed, 'testcase')).toHaveLength(27);
  };

  test.each([
    ']]>',
    '<!--',
    '\u0000\u0008\u000b\u001f\u007f',
    '\ud800',
    '\udc00a',
    '\uffff\ufffe',
    '&#0;&',
    '"\'',
    '\r\n',
  ])('%j leaves the file well-formed', check);

  test('looks like markup, it is read back as it was said', () => {
    const said = '&amp; &nbsp; &#65; <b> "quoted" ]]>';
    const parsed = parseXml(renderJunit(sampleResults([sampleCase('a.b/c', 'failed', { actual: said, suite: said })])));
    expect(parsed.children[0]?.attributes['name']).toBe(said);
    expect(all(parsed, 'failure')[0]?.attributes['message']).toBe(
      'expected status 200, got &amp; &nbsp; &#65; <b> “quoted” ]]>',
    );
    expect(all(parsed, 'failure')[0]?.text).toContain(`actual: ${said}\n`);
  });

  test('bodies are not full of entities, and end no section early', () => {
    const said = '{"a": "<b>", "c": "]]>"}';
    const xml = renderJunit(sampleResults([sampleCase('a.b/c', 'failed', { actual: said })]));
    expect(xml).toContain('actual: {"a": "<b>", "c": "]]]]><![CDATA[>"}');
    expect(all(parseXml(xml), 'failure')[0]?.text).toContain(`actual: ${said}\n`);
  });

  test('arbitrary text leaves it well-formed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 30 }), check), { numRuns: 60 });
    const units = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));
    fc.assert(
      fc.property(fc.array(units, { maxLength: 30 }), (found) => check(found.join(''))),
      { numRuns: 60 },
    );
  });
});

test('the cases of a cause name it, and the one to look at, beside what they found themselves', () => {
  const cases = ['a.b/c', 'd.e/f'].map((id) => sampleCase(id, 'failed'));
  const causes = [
    { requirement: 'a.b', statement: 'It is so.', advice: 'a', first: 'a.b/c', explains: ['a.b/c', 'd.e/f'] },
  ];
  const failures = all(parseXml(renderJunit({ ...sampleResults(cases), causes })), 'failure');
  expect(failures.map(({ attributes }) => attributes['message'])).toEqual([
    'expected status 200, got status 201',
    '(cause: a.b, see a.b/c) expected status 200, got status 201',
  ]);
  expect(failures.map(({ text }) => /^cause: .*$/m.exec(text)?.[0])).toEqual([
    undefined,
    'cause: a.b: It is so. See a.b/c.',
  ]);
});
