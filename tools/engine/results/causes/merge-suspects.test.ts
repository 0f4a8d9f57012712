import { describe, expect, it } from 'vitest';
import { sampleCase, sampleResults } from '../../../dev/testing/sample-results.ts';
import type { FaultSignature } from '../../catalogue/fault-signatures.ts';
import type { CaseResult } from '../results.ts';
import { explainer } from './causes.ts';

const fault = (id: string, breaks: string[], violated: string[], more: Partial<FaultSignature> = {}) => ({
  id,
  summary: `Does ${id}`,
  breaks,
  violated,
  unjudged: [],
  ...more,
});

const explain = explainer({
  foundations: ['status.success'],
  faults: [
    fault('own-fault', ['roster.cross'], ['roster.cross/a'], {
      unsteady: true,
      besides: ['roster.heard', 'roster.late', 'state.lost', 'state.other'],
      says: ['it came to another call'],
    }),
    fault('scheme', ['auth.scheme'], ['auth.scheme/a'], { says: ['POST x was answered 200'] }),
    fault('unheard', ['roster.heard'], ['roster.heard/a', 'roster.heard/b'], { says: ['none came'] }),
    fault('shapeless', ['roster.shape'], ['roster.shape/e', 'roster.shape/f', 'roster.shape/g']),
    fault('elsewhere', ['state.other'], ['state.other/e', 'state.other/f', 'state.other/g']),
    fault('any-body', ['body.any'], ['body.any/a', 'body.any/b'], { unjudged: ['path.guard/a'] }),
    fault('unguarded', ['path.guard'], ['path.guard/a', 'path.guard/b']),
    fault('crossed', ['roster.cross'], ['roster.cross/a', 'roster.heard/z'], { says: ['another one came'] }),
    fault('same-id', ['response.unique'], ['response.unique/a'], { says: ['both have the id ""'] }),
    fault('forgotten', ['location.read'], ['location.read/a'], { says: ['GET x was answered 404'] }),
    fault('constant', ['context.echo'], ['context.echo/a', 'context.echo/b', 'context.echo/c', 'together.same/a']),
    fault('latest', ['together.same'], ['together.same/a', 'context.echo/a'], { says: ['it is that of the latest'] }),
    fault('cached', ['state.x'], ['state.x/a', 'context.other/a', 'response.unique/a'], { besides: ['together.same'] }),
    fault('nameless', ['roster.shape'], ['roster.shape/a', 'state.other/a'], { says: ['at /id: id is missing'] }),
  ],
});

type Row = readonly [id: string, actual: string, change?: Partial<CaseResult>];

const rule = (violated: number) => ({ observed: { count: 40, violated } });
const withoutBody = sampleCase('x.y/a', 'failed')
  .exchanges.slice(0, 1)
  .map((each) => ({
    ...each,
    response: { status: 204, headers: {}, body: '' },
  }));

function told(rows: readonly Row[]): string[] {
  const cases = rows.map(([id, text, change]) => {
    const found = change?.verdict === 'could-not-run' ? { reason: text } : { actual: text };
    return { ...sampleCase(id, 'failed', { level: 'must', ...change }), ...found };
  });
  return explain(sampleResults(cases)).map(
    ({ requirement, likely, explains }) => `${requirement} ${likely ?? '-'} ${explains.length}`,
  );
}

describe('a defect that many promises show is one cause', () => {
  it.each<[string, Row[], string[]]>([
    [
      'where all were answered with the same failure',
      [
        ['state.repeat/a', 'POST x was answered 503 with the error Busy: no, in 6 of 61 answers'],
        ['concurrency.same/a', 'POST y was answered 503 with the error Busy: no'],
      ],
      ['state.repeat - 2'],
    ],
    [
      'and two where these are different failures',
      [
        ['state.repeat/a', 'POST x was answered 503 with the error Busy: no'],
        ['concurrency.same/a', 'POST y was answered 500 with the error TypeError: x'],
      ],
      ['state.repeat - 1', 'concurrency.same - 1'],
    ],
    [
      'where neighbours were answered with the same status',
      [
        ['auth.missing/a', 'POST x was answered 403 with the error A: a'],
        ['auth.scheme/a', 'POST x was answered 403 with the error B: b'],
      ],
      ['auth.scheme - 2'],
    ],
    [
      'and two where others accept what they should not',
      [
        ['auth.scheme/a', 'POST x was answered 200'],
        ['body.broken/a', 'POST x was answered 200'],
      ],
      ['auth.scheme scheme 1', 'body.broken - 1'],
    ],
    [
      'where a mistake is accepted now and then, under one name and under another',
      [
        ['body.any/a', 'POST x was answered 200'],
        ['body.any/b', '', { verdict: 'passed' }],
        ['path.guard/a@app', 'POST y was answered 200'],
        ['path.guard/b@app', '', { verdict: 'passed' }],
      ],
      ['body.any - 2'],
    ],
    [
      'and two where it was answered otherwise under that name',
      [
        ['body.any/a', 'POST x was answered 200'],
        ['body.any/b', '', { verdict: 'passed' }],
        ['path.guard/a@app', 'POST y was answered 204'],
        ['path.guard/b@app', '', { verdict: 'passed' }],
      ],
      ['body.any - 1', 'path.guard - 1'],
    ],
    [
      'where a control was answered with the failure',
      [
        ['concurrency.same/a', 'POST x was answered 500 with the error A: a'],
        [
          'auth.missing/a',
          'the control failed: POST x was answered 500 with the error A: a',
          { verdict: 'could-not-run' },
        ],
        ['roster.other/a', 'none came'],
      ],
      ['concurrency.same - 2', 'roster.other - 1'],
    ],
    [
      'where a control failed, and nothing else is wrong',
      [
        ['roster.heard/b', 'no update was seen'],
        ['auth.missing/a', 'the control failed: no update came', { verdict: 'could-not-run' }],
      ],
      ['roster.heard - 2'],
    ],
    [
      'where two rules find the same member wrong',
      [
        ['roster.envelope/a', 'at /value/0/type: type must be a or b, and is missing, in 6 of 40 updates'],
        ['roster.type/a', 'at /value/0/type: type must be a, and is missing, in 6 of 40 updates'],
      ],
      ['roster.envelope - 2'],
    ],
    [
      'and two where they find other values there',
      [
        ['roster.envelope/a', 'at /value/0/type: type must be a or b, and is 4'],
        ['roster.type/a', 'at /value/0/type: type must be a, and is missing'],
      ],
      ['roster.envelope - 1', 'roster.type - 1'],
    ],
    [
      'where an answer has no body, and lacks what else it should have',
      [
        ['status.success/a', 'POST x was answered 204 with an empty body'],
        ['location.present/a', 'it is 0', { ...rule(40), exchanges: withoutBody }],
      ],
      ['status.success - 2'],
    ],
    [
      'where it strikes now and then, and what is known to come with it is seen elsewhere',
      [
        ['roster.shape/b', 'it is odd', rule(3)],
        ['state.other/b@app', 'none came'],
      ],
      ['roster.shape - 2'],
    ],
    [
      'and two where it strikes always',
      [
        ['roster.shape/b', 'it is odd', rule(40)],
        ['state.other/b@app', 'none came'],
      ],
      ['roster.shape - 1', 'state.other - 1'],
    ],
    [
      'where chance decides whom it strikes, and it is named by its words',
      [
        ['roster.cross/a', 'it came to another call'],
        ['roster.heard/c', 'the wrong one came'],
        ['state.other/a', 'it is true'],
      ],
      ['roster.cross own-fault 3'],
    ],
    [
      'where chance decides, and some of it looks like another',
      [
        ['roster.cross/a', 'another one came'],
        ['roster.heard/z', 'another one came'],
        ['roster.late/a', 'it is late'],
        ['state.lost/a', 'it is lost'],
        ['state.other/a', 'it is true'],
      ],
      ['roster.cross - 5'],
    ],
    [
      'and that other and one more where there is little else',
      [
        ['roster.cross/a', 'another one came'],
        ['roster.heard/z', 'another one came'],
        ['body.late/a', 'it is late'],
      ],
      ['roster.cross crossed 2', 'body.late - 1'],
    ],
    [
      'where more cases show it now and then, and is told by them',
      [
        ['context.echo/a', 'it is wrong', rule(3)],
        ['context.echo/b', 'it is wrong'],
        ['context.echo/c', '', { verdict: 'passed' }],
        ['together.same/a', 'it is wrong'],
      ],
      ['context.echo - 3'],
    ],
    [
      'and told by what looks most like something known where they show it always',
      [
        ['context.echo/a', 'it is wrong', rule(40)],
        ['context.echo/b', 'it is wrong'],
        ['context.echo/c', '', { verdict: 'passed' }],
        ['together.same/a', 'it is wrong'],
      ],
      ['together.same - 3'],
    ],
    [
      'where one defect is known for all that is seen now and then, though a part looks like another',
      [
        ['response.unique/a', 'both have the id ""', rule(3)],
        ['together.same/a', 'it is wrong', rule(3)],
        ['context.other/a', 'it is wrong'],
      ],
      ['response.unique - 3'],
    ],
    [
      'and more where that part is seen always',
      [
        ['response.unique/a', 'both have the id ""', rule(40)],
        ['together.same/a', 'it is wrong', rule(3)],
        ['context.other/a', 'it is wrong'],
      ],
      ['together.same - 2', 'response.unique same-id 1'],
    ],
    [
      'where nothing is found under an id that is wrong, and it is named by that',
      [
        ['response.unique/a', 'both have the id "77-7"'],
        ['location.read/a', 'GET /operations/77-7 was answered 404 with the error'],
      ],
      ['response.unique same-id 2'],
    ],
    [
      'and two where nothing is found under another id',
      [
        ['response.unique/a', 'both have the id "77-7"'],
        ['location.read/a', 'GET /operations/88-8 was answered 404'],
      ],
      ['response.unique same-id 1', 'location.read - 1'],
    ],
    [
      'and not its own where what it is made to break holds',
      [
        ['roster.heard/c', 'the wrong one came'],
        ['state.other/a', 'it is true'],
      ],
      ['roster.heard - 1', 'state.other - 1'],
    ],
  ])('%s', (_name, rows, causes) => {
    expect(told(rows)).toEqual(causes);
  });
});
