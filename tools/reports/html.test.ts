import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { healthyResults, hostileResults, variedResults } from '../dev/testing/varied-results.ts';
import { sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import type { CaseResult } from '../engine/results/results.ts';
import { renderHtml } from './html.ts';

const varied = renderHtml(variedResults());

test('a full run against a healthy target stays under 1 MB, with transcripts of what passed', () => {
  const page = renderHtml(healthyResults(300));
  expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  expect(page.match(/class="block curl"/g)).toHaveLength(300);
});

// A page of two thousand cases: on a busy machine longer than the usual limit.
test('a far larger run has lines only, or counts only, and never less of what failed', () => {
  const long = JSON.stringify({ answer: 'x'.repeat(5000) });
  const failed = sampleCase('a.failed/case', 'failed');
  for (const exchange of failed.exchanges) if (exchange.response !== undefined) exchange.response.body = long;
  const page = renderHtml(sampleResults([failed, ...healthyResults(2000).cases]));
  expect(page).toContain('4 requests, 3 notifications');
  expect(page).toContain('x'.repeat(5000));
  expect(Buffer.byteLength(page)).toBeLessThan(2_500_000);
}, 60_000);

test('failures take nothing from what passed', () => {
  const { cases } = healthyResults(100);
  const failed = Array.from({ length: 120 }, (_, index) => sampleCase(`a.b-${String(index)}/c`, 'failed'));
  const count = (page: string): number => page.split('class="block curl"').length - 1;
  expect(count(renderHtml(sampleResults([...failed, ...cases])))).toBe(2 * 120 + 100);
});

test('a hostile target cannot make a page without end', () => {
  const body = '"'.repeat(200_000);
  const cases = Array.from({ length: 50 }, (_, index) => {
    const each = sampleCase(`a.b-${String(index)}/c`, 'failed');
    for (const exchange of each.exchanges) if (exchange.response !== undefined) exchange.response.body = body;
    return each;
  });
  expect(Buffer.byteLength(renderHtml(sampleResults(cases)))).toBeLessThan(12_000_000);
});

test('the policy allows the style sheet and the script of the page and nothing else', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(varied)?.[1] ?? '';
  const hash = (text = ''): string => `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`;
  const [, style] = /<style>([\s\S]*?)<\/style>/.exec(varied) ?? [];
  const [, script] = /<script>([\s\S]*?)<\/script>/.exec(varied) ?? [];
  expect(policy.split('; ')).toEqual([
    'default-src &#39;none&#39;',
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    'img-src data:',
    'base-uri &#39;none&#39;',
    'form-action &#39;none&#39;',
  ]);
});

test('nothing is loaded from elsewhere', () => {
  expect(varied).not.toMatch(/\bsrc=|@import|url\((?!"data:|%23)|<link(?! rel="icon" href="data:)/);
});

test('says what a run has to say', () => {
  for (const part of [
    'does not conform',
    '5 must cases failed, in 3 requirements. 2 of them are known issues. 6 cases could not be judged.',
    'capability app is declared and served',
    '1 post to unknown callback paths',
    'indeterminate: the connection was reset',
    'the status line of the mute reply',
    'a must failed',
  ]) {
    expect(varied).toContain(part);
  }
});

test.each([
  [{ partial: true, filters: { suite: ['state'] } }, 'The run was filtered'],
  [{ partial: true, complete: false, exitCode: 130 }, 'The run was interrupted'],
  [{ partial: true, complete: false }, 'The run is not complete'],
  [{ unreachable: { request: 'GET /', problem: 'refused', advice: 'start it' } }, 'could not be reached'],
  [{ partial: true, shard: '1/4' }, 'The run is shard 1/4 of a whole'],
  [{ partial: true, shard: '1/4', filters: { suite: ['state'] } }, '<dd>partial: filtered, shard 1/4</dd>'],
])('tells of a run that is %j', (run, words) => {
  expect(renderHtml(sampleResults([sampleCase('a.b/c', 'passed')], { run }))).toContain(words);
});

test('empty results are a page too', () => {
  expect(renderHtml(sampleResults([]))).toContain('<h1>');
});

// Whole reports again and again: on a busy machine longer than the usual limit.
test('arbitrary text neither breaks nor enters the markup', () => {
  const tags = (page: string): number => page.split('<').length;
  const quotes = (page: string): number => page.split('"').length;
  const unit = fc.constantFrom('<', '>', '"', "'", '&', '=', '`', '\u0000', '\ud800', 'a', '/', '$', '{', '}');
  const arbitrary = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(unit, { minLength: 1 }).map((units) => units.join('')),
  );
  const expected = renderHtml(hostileResults('a'));
  fc.assert(
    fc.property(arbitrary, (text) => {
      const page = renderHtml(hostileResults(`a${text}`));
      expect([tags(page), quotes(page)]).toEqual([tags(expected), quotes(expected)]);
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('says what is new and what is fixed since a baseline', () => {
  const before = sampleResults([sampleCase('a.mended/x', 'failed'), sampleCase('a.broken/x', 'passed')]);
  const now = sampleResults([sampleCase('a.mended/x', 'passed'), sampleCase('a.broken/x', 'failed')]);
  const [, section = ''] = /id="since-baseline">([^]*?)<\/section>/.exec(renderHtml(now, before)) ?? [];
  expect([...section.matchAll(/<h3>(.*?)<\/h3>|href="#(.*?)"/g)].map(([, title, link]) => title ?? link)).toEqual([
    '1 case new',
    'a.broken',
    '1 case fixed',
    'a.mended',
  ]);
  expect(renderHtml(now)).not.toContain('since-baseline');
});

test('what did not pass can be repeated: by the command line, and by a script', () => {
  const page = renderHtml(sampleResults([sampleCase('a.b/c', 'failed'), sampleCase('a.b/d', 'passed')]));
  expect(page.split('class="block curl script"')).toHaveLength(2);
  expect(page).toContain('<code>--case &#39;a.b/c&#39; --seed 42</code>');
  expect(page).not.toContain('--case &#39;a.b/d');
});

test('a target that is not there is told once', () => {
  const unreachable = { request: 'GET /', problem: 'refused', advice: 'start it' };
  const results = sampleResults([sampleCase('a.b/c', 'could-not-run')], { run: { unreachable } });
  const cause = {
    requirement: 'a.b',
    statement: 'away: refused',
    advice: 'start it',
    first: 'a.b/c',
    explains: ['a.b/c'],
  };
  const page = renderHtml({ ...results, causes: [cause] });
  expect(page.split('The target cannot be reached or provisioned')).toHaveLength(2);
  expect(page.split('<dt>What to try</dt>')).toHaveLength(2);
  expect(page).toContain('could not be tested');
});

test('what is not declared is a list of what to do, the most worth first', () => {
  const waiting = (id: string, needs: string): CaseResult =>
    sampleCase(id, 'not-applicable', { reason: `no unmute of ${id}`, notApplicable: 'capability', needs });
  const cases = [
    waiting('a.b/1', 'operations'),
    waiting('a.b/2', 'participants'),
    waiting('a.b/3', 'participants'),
    waiting('a.b/4@app', 'app'),
    waiting('a.b/5', 'unprivilegedToken'),
    sampleCase('a.b/6', 'not-applicable', {
      reason: 'the target file says callbacks: none',
      notApplicable: 'capability',
    }),
    sampleCase('a.b/7', 'not-applicable', { needs: 'operations', notApplicable: 'condition' }),
  ];
  const capabilities = { operations: false, participants: false, unmute: true };
  const text = renderHtml(sampleResults(cases, { target: { capabilities } }));
  const [, list = ''] = /To have more judged<\/h3>([^]*?)<\/ul>/.exec(text) ?? [];
  const items = [...list.matchAll(/<li>(.*?)<\/li>/g)].map(([, item = '']) => item.replaceAll(/<.*?>/g, ''));
  expect(items).toEqual([
    'Declare participants: 2 more cases',
    'Declare operations: 1 more case',
    'Declare app: 1 more case',
    'Give unprivilegedToken in the target file: 1 more case',
    'The target file says callbacks: none: 1 more case',
  ]);
  expect(renderHtml(sampleResults([sampleCase('a.b/c', 'passed')]))).not.toContain('To have more judged');
});

test('flaky cases are named at the top', () => {
  const repeats = { runs: 5, verdicts: { passed: 3, failed: 2 }, flaky: true };
  const [, banner = ''] =
    /<header([^]*?)<\/header>/.exec(renderHtml(sampleResults([sampleCase('a.b/c', 'failed', { repeats })]))) ?? [];
  expect(banner).toMatch(/1 case is flaky:\s*<a href="#a.b\/c">a.b\/c<\/a> \(3 passed, 2 failed of 5 runs\)/);
});

test('the causes come first, each with one example and what follows from it', () => {
  const cases = ['a.root/x', 'a.root/x@app', 'a.follows/y', 'b.other/z'].map((id) => sampleCase(id, 'failed'));
  const causes = [
    {
      requirement: 'a.root',
      statement: 'The root holds.',
      advice: 'the route',
      likely: 'root-missing',
      first: 'a.root/x',
      explains: ['a.root/x', 'a.root/x@app', 'a.follows/y'],
    },
    {
      requirement: 'b.other',
      statement: 'The other holds.',
      advice: 'else',
      first: 'b.other/z',
      explains: ['b.other/z'],
    },
  ];
  const page = renderHtml({ ...sampleResults(cases), causes });
  const [, section = ''] = /<section class="card first-look causes failed"([^]*?)<\/section>/.exec(page) ?? [];
  expect(section.match(/<li class="cause">/g)).toHaveLength(2);
  expect(section.indexOf('The root holds.')).toBeLessThan(section.indexOf('The other holds.'));
  expect(section).toContain('2 causes explain 4 cases');
  expect(section).toContain('3 failed');
  expect(section).toContain('<code>root-missing</code>');
  expect(section).toContain('and 1 case that follows');
  expect(section.split('href="#a.follows/y"')).toHaveLength(2);
  expect(section.split('href="#a.root/x@app"')).toHaveLength(1);
  expect(page.indexOf('id="causes"')).toBeLessThan(page.indexOf('id="summary"'));
  expect(page).not.toContain('What to look at first');
  expect(renderHtml(sampleResults(cases))).toContain('What to look at first');
  expect(renderHtml({ ...sampleResults([sampleCase('a.b/c', 'passed')]), causes: [] })).not.toContain('id="causes"');
  const warning = { ...sampleResults([sampleCase('a.root/x', 'warned')]), causes: causes.slice(0, 1) };
  expect(renderHtml(warning)).toContain('first-look causes warned"');
});
