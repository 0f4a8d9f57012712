import fc from 'fast-check';
import { expect, test } from 'vitest';

import { healthyResults, hostileResults, sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import { renderAnnotations } from './annotations.ts';

test('a failed must is an error with its title', () => {
  expect(renderAnnotations(sampleResults([sampleCase('a.b/c', 'failed', { actual: '100 %\nnow' })]))).toBe(
    '::error title=sample%3A a.b/c::What a.b promises.%0Aexpected status 200%0Aactual   100 %25%0Anow%0Alook at  the status line of the mute reply\n',
  );
});

test('a should is annotated only under --strict, nothing of a healthy run', () => {
  expect(renderAnnotations(healthyResults(10))).toBe('');
  expect(renderAnnotations(sampleResults([sampleCase('a.b/c', 'warned')]))).toBe('');
  expect(renderAnnotations(sampleResults([sampleCase('a.b/c', 'warned')], { run: { strict: true } }))).toMatch(
    /^::error/,
  );
});

test('after nine failures the rest is counted', () => {
  const cases = Array.from({ length: 30 }, (_, index) => sampleCase(`a.b-${String(index)}/c`, 'failed'));
  const lines = renderAnnotations(sampleResults(cases)).trimEnd().split('\n');
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toBe('::error title=sample::21 more failures: see the report');
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
