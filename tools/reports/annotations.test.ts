import fc from 'fast-check';
import { expect, test } from 'vitest';

import { healthyResults, hostileResults } from '../dev/testing/varied-results.ts';
import { sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import { renderAnnotations, renderProblem } from './annotations.ts';

test('a failed must is an error with its title', () => {
  expect(renderAnnotations(sampleResults([sampleCase('a.b/c', 'failed', { actual: '100 %\nnow' })]))).toBe(
    '::error title=sample%3A a.b/c::What a.b promises.%0Aexpected status 200%0Aactual   100 %25%0Anow%0Ahint     the status line of the mute reply\n',
  );
});

test('a cause is one command, with what follows from it', () => {
  const cases = ['a.b/c', 'd.e/f', 'd.e/g'].map((id) => sampleCase(id, 'failed'));
  const causes = [
    { requirement: 'a.b', statement: 's', advice: 'a', first: 'a.b/c', explains: cases.map(({ id }) => id) },
  ];
  expect(renderAnnotations({ ...sampleResults(cases), causes })).toBe(
    '::error title=sample%3A a.b/c::What a.b promises.%0Aexpected status 200%0Aactual   status 201%0Ahint     the status line of the mute reply%0Afollows  2 more cases: 2 failed; of d.e 2\n',
  );
});

test('a should is annotated only under --strict, nothing of a healthy run', () => {
  expect(renderAnnotations(healthyResults(10))).toBe('');
  expect(renderAnnotations(sampleResults([sampleCase('a.b/c', 'warned')]))).toBe('');
  expect(renderAnnotations(sampleResults([sampleCase('a.b/c', 'warned')], { run: { strict: true } }))).toMatch(
    /^::error/,
  );
});

test('after nine causes the rest is counted', () => {
  const cases = Array.from({ length: 30 }, (_, index) => sampleCase(`a.b-${String(index)}/c`, 'failed'));
  const lines = renderAnnotations(sampleResults(cases)).trimEnd().split('\n');
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toBe('::error title=sample::21 more causes: see the report');
});

test.each<[string, Parameters<typeof sampleResults>, string]>([
  [
    'a target that is not there',
    [
      [sampleCase('a.b/c', 'could-not-run')],
      { run: { exitCode: 4, unreachable: { request: 'GET /', problem: 'refused', advice: 'start it' } } },
    ],
    '::error title=sample%3A not reached or provisioned::GET /: refused%0Atry      start it\n',
  ],
  [
    'what could not be judged',
    [
      [sampleCase('a.b/c', 'could-not-run'), sampleCase('a.b/d', 'could-not-run')],
      { run: { exitCode: 3, exitReasons: ['2 cases of level must or should ended could-not-run'] } },
    ],
    '::error title=sample%3A incomplete::2 cases of level must or should ended could-not-run%0A2 cases could-not-run: why it is could-not-run\n',
  ],
  [
    'a file that was refused',
    [[sampleCase('a.b/c', 'passed')], { run: { exitCode: 2, exitReasons: ['known.yaml excuses every must'] } }],
    '::error title=sample%3A refused::known.yaml excuses every must\n',
  ],
  [
    'a broken ratchet, where nothing else says why',
    [[sampleCase('a.b/c', 'passed')], { run: { exitCode: 1, exitReasons: ['divergence rose'] } }],
    '::error title=sample%3A exit code 1::divergence rose\n',
  ],
  ['an interruption', [[sampleCase('a.b/c', 'passed')], { run: { exitCode: 130 } }], ''],
])('the exit code is told: %s', (_name, given, expected) => {
  expect(renderAnnotations(sampleResults(...given))).toBe(expected);
});

test('what went wrong before a run is one command', () => {
  expect(renderProblem('exit code 2', 'a: b\n::warning::c')).toBe('::error title=exit code 2::a: b%0A::warning::c\n');
});

test('no text of a target starts a command', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '\n', '\r', '\r\n'), (text, feed) => {
      const lines = renderAnnotations(hostileResults(`${text}${feed}::set-output name=x::${text}`))
        .trimEnd()
        .split(/[\r\n]/);
      for (const line of lines) expect(line).toMatch(/^::error title=[^:,]*::/);
    }),
  );
});
