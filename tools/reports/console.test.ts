import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { healthyResults, hostileResults, variedResults } from '../dev/testing/varied-results.ts';
import { sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import type { Results } from '../engine/results/results.ts';
import { renderReports } from './render.ts';
import { closingLine, renderConsole, type ConsoleOptions } from './console.ts';

const options: ConsoleOptions = {
  colour: false,
  width: 100,
  unicode: true,
  verbosity: 'normal',
  reportDir: 'reports/sample',
};
const varied = variedResults();

test('a failure reads so that it leads to the line at fault', () => {
  const results = sampleResults([
    sampleCase('status.success/answers-200', 'failed', { notifications: [] }),
    sampleCase('status.success/answers-200@app', 'failed', { notifications: [] }),
    sampleCase('status.unknown-call/answers-404', 'passed'),
  ]);
  expect(renderConsole(results, options)).toBe(`sample at http://localhost:8080/beta
call-mute-conformance 0.1.0 · seed 42

✗ status  1 passed, 2 failed

✗ status.success (must, documented)
  What status.success promises.

  expected  status 200
  actual    status 201
  hint      the status line of the mute reply
  source    call: mute, section Response; https://learn.microsoft.com/graph/api/call-mute
  again     --case 'status.success/answers-200' --seed 42
  case      status.success/answers-200 (✗ /communications, ✗ /app)

    mute (3.1 ms)
    POST http://localhost:8080/beta/communications/calls/6f1d3a52-9d0e-4c57-8a31-0b7c5f0e9a11/mute
    {"clientContext":"sample-context"}
    HTTP 200
    content-type: application/json
    location: http://localhost:8080/beta/communications/calls/6f1d3a52-9d0e-4c57-8a31-0b7c5f0e9a11/operations/0c9be7a4-2f3d-4a86-9d25-7be1e3c1f5d2
    set-cookie: a=1
    set-cookie: b=2

    {
      "@odata.type": "#microsoft.graph.muteParticipantOperation",
      "id": "0c9be7a4-2f3d-4a86-9d25-7be1e3c1f5d2",
      "status": "completed",
      "clientContext": "sample-context"
    }

    (in the report: 2 requests and 0 notifications, and a script that repeats them)

non-conformant: divergence 66.7 %, coverage 100.0 %; 1 passed, 2 failed; 1.9 s; reports/sample
`);
});

test('every case that did not pass is named', () => {
  const text = renderConsole(varied, options);
  for (const each of varied.cases.filter(({ verdict }) => !['passed', 'not-applicable'].includes(verdict))) {
    expect(text).toContain(each.id.replace('@app', ''));
  }
  for (const sign of ['✗', '!', '?', '~']) expect(text).toContain(`${sign} /communications, ${sign} /app`);
  expect(text).toMatch(/"unexpected-pass\.rule\/one" in line 3 says that it fails;\s+delete that entry\n/);
  expect(text).toContain('note  capability app is declared and served');
  expect(text).toContain('1 post to unknown callback paths');
});

test('says why the exit code is not 0, and nothing twice', () => {
  const broken = 'the ratchet is broken: divergence 2.0 %, was 1.0 %';
  const cases = [sampleCase('a.b/c', 'passed')];
  const text = (exitCode: number) =>
    renderConsole(
      sampleResults(cases, {
        run: { exitCode, exitReasons: [broken, 'and\u001b[2J more'], notes: [broken, 'a note'] },
      }),
      options,
    );
  expect(text(1)).toMatch(
    /note {2}a note\n\nExit code 1: the ratchet is broken: [^\n]*; and\\u001b\[2J more\n\nconformant: /,
  );
  expect(text(1).split(broken)).toHaveLength(2);
  expect(text(0)).not.toContain('Exit code');
});

test('a CI system folds what is long, and obeys nothing that a target says', () => {
  const said = sampleCase('a.b/c', 'failed', { actual: 'first\n::error::forged' });
  const text = renderConsole(sampleResults([said]), { ...options, log: { reader: 'github', now: 7 } });
  const commands = text.split('\n').filter((line) => line.trimStart().startsWith('::'));
  expect(commands).toEqual([
    '::group::The cases by suite',
    '::endgroup::',
    '::group::Sent and answered: a.b/c',
    '::endgroup::',
  ]);
  expect(text).toContain(': :error::forged');
  expect(text.trimEnd().split('\n').at(-1)).toMatch(/^non-conformant: /);
});

test('--quiet prints the closing line only', () => {
  expect(renderConsole(varied, { ...options, verbosity: 'quiet' })).toBe(`${closingLine(varied, 'reports/sample')}\n`);
});

test('--verbose lists every case and the whole transcript of failures', () => {
  const text = renderConsole(varied, { ...options, verbosity: 'verbose' });
  for (const each of varied.cases) expect(text).toContain(`${each.id}  `);
  expect(text).toContain('callback: roster notification at 121.9 ms: POST /c/5d2c?run=7');
});

test('many cases with one reason are one paragraph', () => {
  const reason = 'the target cannot be reached';
  const cases = Array.from({ length: 200 }, (_, index) =>
    sampleCase(`a.b/c-${String(index)}`, 'could-not-run', { reason: `${reason}: call ${randomUUID()}` }),
  );
  const text = renderConsole(sampleResults(cases), options);
  expect(text.split('\n').length).toBeLessThan(20);
  expect(text).toContain('200 cases could-not-run');
  expect(text).toContain('a.b/c-4 and 195 more');
  expect(text).toMatch(/\nincomplete: .*; 200 could-not-run; .*\n$/);
});

test('a flaky case is named with its rate, in every report', async () => {
  const repeats = { runs: 5, verdicts: { passed: 3, failed: 2 }, flaky: true };
  const notes = ['a.b/c is flaky: 3 of 5 passed, 2 of 5 failed'];
  const results = sampleResults([sampleCase('a.b/c', 'failed', { repeats })], { run: { notes } });
  expect(renderConsole(results, options)).toContain('! 1 flaky case\n  a.b/c  3 passed, 2 failed of 5 runs\n');
  expect(renderConsole(results, options)).not.toContain('is flaky');
  for (const text of (await renderReports(results, new Set(['junit', 'html', 'md']))).values()) {
    expect(text).toContain('3 passed, 2 failed of 5 runs');
  }
});

test('very many causes are counted', () => {
  const cases = Array.from({ length: 60 }, (_, index) => sampleCase(`a.b-${String(index)}/c`, 'failed'));
  const text = renderConsole(sampleResults(cases), options);
  expect(text).toContain('60 causes explain 60 cases that did not pass, the most important first\n\n✗ a.b-0 (must');
  expect(text).toContain('… and 45 more causes: a.b-15, a.b-16');
  expect(text).not.toContain('✗ a.b-15');
});

describe('a cause', () => {
  const explains = ['status.success/a', 'context.echo/b', 'context.echo/b@app', 'roster.told/c'];
  const cases = explains.map((id) => sampleCase(id, id.startsWith('roster') ? 'could-not-run' : 'failed'));
  const cause = { requirement: 'status.success', statement: 's', advice: 'a', likely: 'status-201' };
  const results = { ...sampleResults(cases), causes: [{ ...cause, first: 'status.success/a', explains }] };

  test('is told once, and what follows from it is counted', () => {
    const text = renderConsole(results, options);
    expect(text).toContain(`  case      status.success/a
  likely    the target answers a successful mute 201 (status-201)
  follows   3 more cases: 2 failed, 1 could-not-run; of context.echo 2, roster.told 1

    mute (3.1 ms)`);
    expect(text).not.toContain('✗ context.echo (must');
    expect(text.split('\n').length).toBeLessThan(60);
  });

  test('takes at most forty lines, however much was sent and received', () => {
    const long = JSON.stringify(
      Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`m${String(index)}`, 1])),
    );
    const plain = sampleCase('status.success/a', 'failed');
    const exchanges = plain.exchanges.map((each) => ({
      ...each,
      ...(each.response === undefined ? {} : { response: { ...each.response, body: long } }),
    }));
    const notifications = plain.notifications.map((each) => ({ ...each, body: long, problems: ['no id', 'no url'] }));
    expect(notifications).not.toHaveLength(0);
    const text = renderConsole(sampleResults([{ ...plain, exchanges, notifications }]), options);
    const lines = text.slice(text.indexOf('✗ status.success'), text.indexOf('\n\nnon-conformant')).split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.filter((line) => /… \d+ more lines in results.json/.test(line))).toHaveLength(2);
  });

  test('gives way to every case when verbose', () => {
    const text = renderConsole(results, { ...options, verbosity: 'verbose' });
    expect(text).toContain('✗ context.echo (must');
    expect(text).toContain('why it is could-not-run');
  });

  test('is not told twice where the target is not there', () => {
    const unreachable = { request: 'GET /', problem: 'refused', advice: 'Start it.' };
    const away = sampleResults([sampleCase('a.b/c', 'could-not-run')], { run: { unreachable } });
    const text = renderConsole(away, options);
    expect(text).toContain('  problem   refused\n');
    expect(text).not.toContain('1 case could-not-run');
    expect(text).not.toContain('? ');
    expect(text).toMatch(/\nincomplete \(unreachable\): .*; 1 could-not-run; .*\n$/);
  });

  test('without a broken case says why nobody could judge', () => {
    const open = sampleResults([sampleCase('a.b/c', 'could-not-run'), sampleCase('a.d/e', 'could-not-run')]);
    expect(renderConsole(open, options)).toContain('2 cases could-not-run\n  reason    why it is could-not-run\n');
  });
});

test('a healthy run fits on a screen', () => {
  const text = renderConsole(healthyResults(300), options);
  expect(text.split('\n').length).toBeLessThan(20);
  expect(text).toContain('✓ status    30 passed\n');
});

describe('the closing line', () => {
  const partial = (run: Partial<Results['run']>) => sampleResults([], { run: { partial: true, ...run } });

  test.each([
    [
      'without a divergence where nothing was judged',
      sampleResults([sampleCase('a.b/c', 'could-not-run')]),
      /: divergence –, coverage 0\.0 %;/,
    ],
    [
      'conformant',
      sampleResults([sampleCase('a.b/c', 'passed')]),
      /^conformant: divergence 0\.0 %, coverage 100\.0 %; 1 passed; 1\.9 s; x$/,
    ],
    ['a filtered run', partial({ filters: { suite: ['state'] } }), /^conformant \(filtered\): /],
    ['a shard', partial({ shard: '2/3' }), /^conformant \(shard 2\/3\): /],
    ['a filtered shard', partial({ shard: '2/3', filters: { case: ['a'] } }), /^conformant \(filtered, shard 2\/3\): /],
    [
      'an interrupted run',
      partial({ complete: false, exitCode: 130 }),
      /^conformant \(interrupted\): .*; nothing ran; /,
    ],
    ['a run that was cut short', partial({ complete: false, exitCode: 3 }), /^conformant \(not complete\): /],
    ['a part of which no more is known', partial({}), /^conformant \(partial\): /],
    ['an insecure run', sampleResults([], { target: { insecure: true } }), /^conformant \(insecure\): /],
  ])('of %s', (_name, results, expected) => {
    expect(closingLine(results, 'x')).toMatch(expected);
  });

  test('has no colours when the rest has', () => {
    const lines = renderConsole(varied, { ...options, colour: true })
      .trimEnd()
      .split('\n');
    expect(lines.join('\n')).toContain('\u001b[31m');
    expect(lines.at(-1)).toBe(closingLine(varied, 'reports/sample'));
  });
});

test('without UTF-8 everything is ASCII', () => {
  expect(renderConsole(variedResults(), { ...options, unicode: false })).toMatch(/^[\u0000-\u007f]*$/);
  expect(renderConsole(hostileResults('Zoë'), { ...options, unicode: false })).toContain('Zo\\u{eb}');
});

test('lines are wrapped to the width, but for what is to be copied', () => {
  const results = sampleResults([
    sampleCase('a.b/c', 'failed', { exchanges: [], notifications: [], actual: 'many words '.repeat(40) }),
  ]);
  const lines = renderConsole(results, { ...options, width: 60 })
    .trimEnd()
    .split('\n');
  for (const line of lines.slice(0, -1)) expect(line.length).toBeLessThanOrEqual(75);
});

// Whole reports again and again: on a busy machine longer than the usual limit.
test('no escape of a target reaches the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
      for (const verbosity of ['quiet', 'normal', 'verbose'] as const) {
        const shown = renderConsole(hostileResults(text), { ...options, verbosity });
        expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
