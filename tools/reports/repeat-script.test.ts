import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExchange, muteExchange } from '../dev/testing/sample-exchanges.ts';
import { hostileResults } from '../dev/testing/varied-results.ts';
import { sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import type { CaseResult } from '../engine/results/results.ts';
import { repeatOptions, repeatScript, withVariables } from './repeat-script.ts';

const call = '6f1d3a52-9d0e-4c57-8a31-0b7c5f0e9a11';

describe('withVariables', () => {
  it.each([
    ['unquoted', 'a/ID/b', 'a/"$call"/b'],
    ['in single quotes', "'a/ID/b'", `'a/'"$call"'/b'`],
    ['in double quotes', '"a/ID/b"', '"a/${call}/b"'],
    ['behind an escaped quote', `'it'\\''s ID'`, `'it'\\''s '"$call"''`],
    ['several times', `ID 'ID'`, `"$call" ''"$call"''`],
    ['nowhere', `'a'`, `'a'`],
  ])('%s', (_name, line, expected) => {
    expect(withVariables(line, [['ID', 'call']])).toBe(expected);
  });

  it('means to the shell what the line meant', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'ID', ' ', "'", '"', '$', '\\', '`', '/'), maxLength: 12 });
    const single = word.map((text) => [`'${text.replaceAll("'", String.raw`'\''`)}'`, text] as const);
    const bare = fc
      .string({ unit: fc.constantFrom('a', 'ID', '/'), minLength: 1 })
      .map((text) => [text, text] as const);
    fc.assert(
      fc.property(fc.array(fc.oneof(single, bare), { minLength: 1, maxLength: 3 }), (parts) => {
        const line = withVariables(parts.map(([written]) => written).join(' '), [['ID', 'call']]);
        const said = execFileSync('sh', ['-c', `call=made; printf '%s|' ${line}`], { encoding: 'utf8' });
        expect(said).toBe(parts.map(([, meant]) => `${meant.replaceAll('ID', 'made')}|`).join(''));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the script', () => {
  it('makes a call, takes its id, waits for it, sends the request and deletes the call', () => {
    const script = repeatScript(sampleCase('a.b/c', 'failed')) ?? '';
    expect(script.split('\n')).toEqual([
      '# a.b/c: needs curl, node and a bearer token in $TOKEN',
      '(',
      'set -eu',
      ': "${TOKEN:?set TOKEN to a bearer token of the target}"',
      'CALLBACK=${CALLBACK:-http://127.0.0.1:9/}',
      `id_of() { node -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).id'; }`,
      `call=$(curl -sS -X POST 'http://localhost:8080/beta/communications/calls' -H "Authorization: Bearer $TOKEN" -d '{"callbackUri":"'"$CALLBACK"'","targets":[{},{}]}' | id_of)`,
      expect.stringMatching(
        /^for _ in 1 2 3 4 5; do curl -s "http:\/\/localhost:8080\/beta\/communications\/calls\/\$call"/,
      ),
      `curl -i -X POST 'http://localhost:8080/beta/communications/calls/'"$call"'/mute' -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"clientContext":"sample-context"}'`,
      'curl -s -o /dev/null -X DELETE "http://localhost:8080/beta/communications/calls/$call" -H "authorization: Bearer $TOKEN"',
      ')',
    ]);
    expect(script).not.toContain(call);
  });

  const deletion = muteExchange({
    step: 'delete call',
    sentAtMs: 105,
    request: {
      method: 'DELETE',
      url: `http://localhost:8080/beta/communications/calls/${call}`,
      headers: {},
      body: null,
    },
    response: { status: 204, headers: {}, body: '' },
    curl: `curl -i -X DELETE http://localhost:8080/beta/communications/calls/${call}`,
  });
  const control = muteExchange({ step: 'control: mute', sentAtMs: 106 });
  const long = muteExchange({ curl: 'curl -i -X POST http://a --data-binary @request-body.txt' });

  it.each<[string, CaseResult['exchanges'], (script: string | undefined) => unknown, unknown]>([
    [
      'what was done with the call before is done again, and not twice',
      [createExchange(), deletion, muteExchange()],
      (script) => script?.match(/-X DELETE/g)?.length,
      1,
    ],
    [
      'a control is none of it',
      [createExchange(), control, muteExchange()],
      (script) => script?.match(/\/mute/g)?.length,
      1,
    ],
    [
      'a call that the case has not made is named as it was',
      [muteExchange()],
      (script) => [script?.includes(call), script?.includes('use the id of another'), script?.includes('node')],
      [true, true, false],
    ],
    ['a body that was not recorded whole', [createExchange(), long], (script) => script, undefined],
    ['nothing was sent', [], (script) => script, undefined],
  ])('%s', (_name, exchanges, look, expected) => {
    expect(look(repeatScript(sampleCase('a.b/c', 'failed', { exchanges })))).toEqual(expected);
  });

  it('has the options of the command line beside it', () => {
    expect(repeatOptions(sampleCase('a.b/c@app', 'failed'), sampleResults([]))).toBe(`--case 'a.b/c@app' --seed 42`);
  });

  it('of recorded traffic has the command that judges it', () => {
    const { run, ...results } = sampleResults([]);
    const each = sampleCase('location.present/in-recorded-traffic', 'failed', { requirement: 'location.present' });
    expect(repeatOptions(each, { ...results, run: { ...run, filters: { traffic: ["bot's.har"] } } })).toBe(
      String.raw`check 'bot'\''s.har' --as traffic --requirement location.present`,
    );
  });

  it('runs nothing that a target says', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\n', '`', '$', '(', ')', "'", '"', 'x', '\\') }), (text) => {
        for (const each of hostileResults(text).cases) {
          const script = repeatScript({ ...each, exchanges: [{ ...muteExchange(), step: text }] });
          expect(script?.split('\n').length ?? 0).toBeLessThan(9);
        }
      }),
      { numRuns: 30 },
    );
  });
});
