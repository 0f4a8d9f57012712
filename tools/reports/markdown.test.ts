import fc from 'fast-check';
import { expect, test } from 'vitest';

import { healthyResults, hostileResults, variedResults } from '../dev/testing/varied-results.ts';
import { sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import { prose } from './code-span.ts';
import { renderMarkdown } from './markdown.ts';

test('says headline, figures, counts and each failure', () => {
  const results = sampleResults([
    sampleCase('status.success/answers-200', 'failed'),
    sampleCase('status.success/answers-200@app', 'failed'),
    sampleCase('status.unknown-call/answers-404', 'passed'),
    sampleCase('roster.callback/kept', 'could-not-run', { reason: 'no call' }),
  ]);
  expect(renderMarkdown(results)).toBe(`## ❌ \`sample\`: non-conformant

**Divergence 50.0 %** of all must cases failed · **coverage 75.0 %** of them could be judged

- **must**: 1 passed, 2 failed, 1 could-not-run

What does not hold, or did not:

- ❌ \`status.success/answers-200\` (must; ❌ \`/communications\` ❌ \`/app\`): What status.success promises.
  - expected \`status 200\`, got \`status 201\`
  - [call: mute, section Response](<https://learn.microsoft.com/graph/api/call-mute>) · hint: the status line of the mute reply · again: \`--case 'status.success/answers-200' --seed 42\`
  - follows: 1 more case: 1 could-not-run; of \`roster.callback 1\`

<sub>\`http://localhost:8080/beta\` · \`call-mute-conformance\` \`0.1.0\` · \`call-mute/2024-04\` · seed 42 · 1.9 s</sub>
`);
});

test('tells new, as before, known and fixed apart', () => {
  const now = sampleResults([
    sampleCase('a.new/x', 'failed'),
    sampleCase('a.old/x', 'failed'),
    sampleCase('a.listed/x', 'expected-failure'),
    sampleCase('a.mended/x', 'passed'),
    sampleCase('a.added/x', 'failed'),
  ]);
  const before = sampleResults([
    sampleCase('a.new/x', 'passed'),
    sampleCase('a.old/x', 'failed'),
    sampleCase('a.listed/x', 'failed'),
    sampleCase('a.mended/x', 'failed'),
  ]);
  const entries = renderMarkdown(now, before)
    .split('\n')
    .filter((line) => /^- .* `a\./.test(line));
  expect(entries.map((entry) => [/`([^`]+)`/.exec(entry)?.[1], /\*\*(.+?)\*\*/.exec(entry)?.[1]])).toEqual([
    ['a.new/x', 'new'],
    ['a.old/x', 'as before'],
    ['a.added/x', 'new'],
    ['a.listed/x', 'known'],
    ['a.mended/x', 'fixed'],
  ]);
});

test('never has more than 60 lines, and counts what it leaves out', () => {
  const cases = Array.from({ length: 200 }, (_, index) => [
    sampleCase(`a.b-${String(index)}/c`, 'failed'),
    sampleCase(`z.b-${String(index)}/d`, 'could-not-run', { reason: `the reason ${'x'.repeat(index)}` }),
  ]).flat();
  const lines = renderMarkdown(sampleResults(cases)).trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(60);
  expect(lines.length).toBeGreaterThan(55);
  expect(lines.join('\n')).toMatch(/- … and \d+ more: `a\.b-1\d\/c`, /);
  expect(lines.join('\n')).toContain('… and 194 more reasons');
});

test('tells a cause once, and what follows from it as counts', () => {
  const cases = ['a.b/c', 'd.e/f', 'd.e/g'].map((id) => sampleCase(id, 'failed'));
  cases.push(sampleCase('h.i/j', 'could-not-run'));
  const cause = { requirement: 'a.b', statement: 's', advice: 'a', first: 'a.b/c', likely: 'a-dropped' };
  const text = renderMarkdown({ ...sampleResults(cases), causes: [{ ...cause, explains: cases.map(({ id }) => id) }] });
  expect(text).toContain('- ❌ `a.b/c` (must): What a.b promises.\n');
  expect(text).toContain(
    '  - likely the target has a known defect (`a-dropped`) · follows: 3 more cases: 2 failed, 1 could-not-run; of `d.e 2, h.i 1`\n',
  );
  expect(text).not.toMatch(/^- .*`d\.e|Without a verdict/m);
});

test('a healthy run tells nothing that does not hold', () => {
  expect(renderMarkdown(healthyResults(30))).not.toContain('hold');
});

test('nothing makes the page scroll sideways', () => {
  expect(renderMarkdown(variedResults())).not.toMatch(/^\|/m);
});

test('links a known issue only by http', () => {
  expect(renderMarkdown(variedResults())).toContain('([issue](<https://example.com/bugs/12>))');
  expect(renderMarkdown(hostileResults('javascript:alert(1)'))).not.toContain('](');
});

test.each([
  'a|b',
  '<img src=x onerror=alert(1)>',
  '``` @everyone',
  '[x](http://example.com)',
  '\n\n# head',
  '`',
  '\\|',
])('%j stays inside its code span, or is escaped', (text) => {
  const markdown = renderMarkdown(hostileResults(text));
  const entries = markdown.split('\n').filter((line) => /^- \S+ `[a-z-]+\.(must|should|may)/.test(line));
  expect(entries.length).toBeGreaterThan(0);
  // What is left when all code spans and escapes are taken out is our own.
  const spans = /(?<![`\\])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g;
  const outside = markdown.replaceAll(spans, '').replaceAll(/\\[^\w\s]/g, '');
  expect(outside).not.toMatch(/[<[@#]x|<img|@everyone|^# head|[`|]|\]\(http/m);
});

test.each([
  ['@odata.type is there, with or without a leading #.', '`@odata.type` is there, with or without a leading \\#.'],
  ['a *b* _c_ [d](e) <f>', 'a \\*b\\* \\_c\\_ \\[d\\]\\(e\\) \\<f\\>'],
  ['see http://a.example/`x` or www.b.example', 'see `` http://a.example/`x` `` or `www.b.example`'],
  ['…/calls/{id}/participants', '…/calls/\\{id\\}/participants'],
])('prose: %s', (text, expected) => {
  expect(prose(text)).toBe(expected);
});

// Whole reports again and again: on a busy machine longer than the usual limit.
test('arbitrary text keeps it within 60 lines', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
      expect(renderMarkdown(hostileResults(text)).trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    }),
    { numRuns: 50 },
  );
}, 60_000);
