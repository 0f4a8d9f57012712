import { describe, expect, it } from 'vitest';
import { sampleCase, sampleRequirement, sampleResults } from '../../../dev/testing/sample-results.ts';
import type { FaultSignature } from '../../catalogue/fault-signatures.ts';
import type { CaseResult, Verdict } from '../results.ts';
import { explainer } from './causes.ts';

const signature = (id: string, breaks: string[], violated: string[], unjudged: string[] = []): FaultSignature => ({
  id,
  summary: `Does ${id}`,
  breaks,
  violated,
  unjudged,
});

const ids = {
  route: ['route.here/a', 'route.there/a@app'],
  success: ['status.success/a', 'status.success/a@app'],
  echo: ['context.echo/a', 'context.echo/a@app', 'context.echo/b', 'context.echo/b@app'],
  length: ['context.length/a', 'context.length/a@app'],
  roster: ['roster.told/a', 'roster.told/a@app'],
  method: ['roster.method/a', 'roster.method/a@app'],
  crash: ['status.crash/a', 'status.crash/b'],
  body: ['body.read/a', 'body.read/b'],
};
const all = Object.values(ids).flat();

const explain = explainer({
  foundations: ['route.here', 'route.there', 'status.success'],
  faults: [
    signature('no-route', ['route.here'], ['route.here/a', 'status.success/a', 'context.length/a'], ['roster.told/a']),
    signature('echo-dropped', ['context.echo', 'context.length'], [...ids.echo, ...ids.length]),
    signature('refused-on-app', ['status.success'], ['status.success/a@app', 'context.echo/b@app']),
    signature('echo-cut', ['context.length'], ids.length),
    signature('roster-missing', ['roster.told'], ids.roster, ids.method),
    signature('roster-put', ['roster.method'], ids.method),
    signature('roster-patch', ['roster.method'], ids.method),
    signature('crash-on-a', ['status.crash', 'body.read'], ['status.crash/a', 'body.read/a']),
    signature('read-anything', ['body.read'], ids.body),
  ],
});

type Verdicts = Readonly<Record<string, Verdict>>;

function every(some: readonly string[], verdict: Verdict): Verdicts {
  return Object.fromEntries(some.map((id) => [id, verdict]));
}

/** All cases, passed where nothing else is said. */
function run(verdicts: Verdicts, change: (each: CaseResult) => Partial<CaseResult> = () => ({})) {
  const cases = all.map((id) => sampleCase(id, verdicts[id] ?? 'passed', { level: 'must' }));
  return sampleResults(cases.map((each) => ({ ...each, ...change(each) })));
}

/** Each cause as its requirement, the defect that is named, and how many cases it explains. */
function told(results: ReturnType<typeof run>): string[] {
  return explain(results).map(
    ({ requirement, likely, explains }) => `${requirement} ${likely ?? '-'} ${explains.length}`,
  );
}

describe('the causes of a run', () => {
  it.each<[string, Verdicts, string[]]>([
    ['nothing that is wrong', {}, []],
    ['what does not apply', every(ids.echo, 'not-applicable'), []],
    ['known issues', { ...every(ids.echo, 'expected-failure'), ...every(ids.body, 'unexpected-pass') }, []],
    ['a known defect', every([...ids.echo, ...ids.length], 'failed'), ['context.echo echo-dropped 6']],
    ['a smaller one', every(ids.length, 'failed'), ['context.length echo-cut 2']],
    [
      'one that keeps others from judging',
      { ...every(ids.roster, 'failed'), ...every(ids.method, 'could-not-run') },
      ['roster.told roster-missing 4'],
    ],
    ['a known defect on one path only', every(['roster.method/a@app'], 'failed'), ['roster.method roster-put 1']],
    [
      'a defect on a path on which none was seen, which is not named',
      every(['status.success/a', 'context.echo/b'], 'failed'),
      ['status.success - 2'],
    ],
    [
      'two',
      { ...every(ids.length, 'failed'), ...every(ids.method, 'failed') },
      ['context.length echo-cut 2', 'roster.method roster-put 2'],
    ],
    [
      'two of which one is larger',
      { ...every(ids.method, 'failed'), ...every([...ids.echo, ...ids.length], 'failed') },
      ['context.echo echo-dropped 6', 'roster.method roster-put 2'],
    ],
    [
      'nearly a known defect, which is not named',
      every([...ids.echo.slice(0, 3), ...ids.length], 'failed'),
      ['context.echo - 5'],
    ],
    ['a part of what a known defect breaks', every(ids.echo.slice(0, 1), 'failed'), ['context.echo - 1']],
    [
      'a requirement that never breaks alone, with what broke with it',
      every([...ids.roster, 'status.crash/b'], 'failed'),
      ['roster.told - 3'],
    ],
    [
      'a broken foundation and what follows from it on its path',
      {
        ...every(['status.success/a', 'context.length/a'], 'failed'),
        'route.here/a': 'failed',
        'roster.told/a': 'could-not-run',
        'body.read/a': 'could-not-run',
      },
      ['route.here - 5'],
    ],
    ['both routes, as the first', every([...ids.route, ...ids.success, ...ids.length], 'failed'), ['route.here - 6']],
    [
      'a known defect although some of it is listed as known',
      { ...every(ids.echo, 'expected-failure'), ...every(ids.length, 'failed') },
      ['context.length echo-dropped 2'],
    ],
  ])('%s', (_name, verdicts, causes) => {
    expect(told(run(verdicts))).toEqual(causes);
  });

  it('are one where a walk stumbles over a promise that is broken without it', () => {
    const verdicts = every(['roster.method/a', 'roster.method/a@app', 'body.read/b'], 'failed');
    const results = run(verdicts, ({ id }) => (id === 'body.read/b' ? { promise: 'roster.method' } : {}));
    expect(told(results)).toEqual(['roster.method roster-put 3']);
    expect(told(run(verdicts))).toEqual(['roster.method roster-put 2', 'body.read - 1']);
  });

  it('are the walk’s where the promise that it stumbles over holds without it', () => {
    const results = run(every(['body.read/b'], 'failed'), ({ id }) =>
      id === 'body.read/b' ? { promise: 'roster.method' } : {},
    );
    expect(told(results)).toEqual(['body.read - 1']);
  });

  it('come with musts that failed first, then what nobody could judge, then shoulds', () => {
    const verdicts = {
      ...every(ids.method, 'warned'),
      ...every(ids.body.slice(0, 1), 'indeterminate'),
      ...every(ids.length, 'failed'),
    };
    expect(told(run(verdicts))).toEqual(['context.length echo-cut 2', 'body.read - 1', 'roster.method roster-put 2']);
  });

  it('say what the requirement says, and which case to look at first', () => {
    const results = run(every([...ids.length, ...ids.echo], 'failed'));
    const requirements = [sampleRequirement('context.echo', { statement: 'It echoes.', advice: 'The echo.' })];
    expect(explain({ ...results, requirements })).toEqual([
      {
        requirement: 'context.echo',
        statement: 'It echoes.',
        advice: 'The echo.',
        likely: 'echo-dropped',
        first: 'context.echo/a',
        explains: [...ids.echo, ...ids.length],
      },
    ]);
  });

  it.each([
    ['names what is broken', 'body.read/a', 'it was refused anyway (see context.echo)', ['context.echo - 2']],
    ['a defect that breaks the same is known to hide', 'roster.told/a', 'why', ['context.echo - 2']],
    ['nothing connects with it', 'body.read/a', 'why', ['context.echo - 1', 'body.read - 1']],
  ])('include what could not be judged where %s, on whichever path', (_name, id, reason, causes) => {
    const verdicts = { 'context.echo/a@app': 'failed', [id]: 'could-not-run' } as const;
    const known = signature('no-context', ['context.length'], [...ids.length, ids.echo[0] ?? ''], ids.roster);
    const explained = explainer({ foundations: [], faults: [known] });
    const results = run(verdicts, (each) => (each.id === id ? { reason } : {}));
    expect(
      explained(results).map(
        ({ requirement, likely, explains }) => `${requirement} ${likely ?? '-'} ${explains.length}`,
      ),
    ).toEqual(causes);
  });

  it('judge a part of a run by that part', () => {
    const results = run(every([...ids.echo, ...ids.length], 'failed'));
    const cases = results.cases.filter(({ id }) => ids.echo.slice(0, 2).includes(id) || ids.length.includes(id));
    expect(told({ ...results, cases })).toEqual(['context.echo echo-dropped 4']);
  });

  it('are one where the target is not there', () => {
    const results = run(every(all, 'could-not-run'));
    const unreachable = { request: 'GET /', problem: 'refused', advice: 'Start it.' };
    const found = explain({ ...results, run: { ...results.run, unreachable } });
    expect(found).toMatchObject([
      {
        requirement: 'route.here',
        statement: 'The target cannot be reached or provisioned: GET /: refused',
        advice: 'Start it.',
        explains: all,
      },
    ]);
  });

  it('keep apart what could not begin, by its reason', () => {
    const verdicts = { ...every(ids.roster, 'failed'), ...every([...ids.method, ...ids.body], 'could-not-run') };
    const results = run(verdicts, ({ id }) =>
      ids.roster.includes(id) ? {} : { durationMs: 0, exchanges: [], reason: 'the run was interrupted' },
    );
    expect(told(results)).toEqual(['roster.told roster-missing 2', 'roster.method - 4']);
    expect(explain(results)[1]?.statement).toBe('the run was interrupted');
  });

  it('have what was not sent to a target that was given up with what it did not answer', () => {
    const results = run(
      { ...every(ids.length, 'failed'), ...every(ids.method, 'failed'), ...every(ids.body, 'could-not-run') },
      ({ id }) =>
        ids.body.includes(id)
          ? { durationMs: 0, exchanges: [], reason: 'the target was given up: 40 requests were left without an answer' }
          : { actual: ids.method.includes(id) ? 'there was no answer within 10 ms' : 'it is odd' },
    );
    expect(told(results)).toEqual(['roster.method roster-put 4', 'context.length echo-cut 2']);
  });

  it('are those that the reasons tell, where no requirement is broken', () => {
    const verdicts = every([...ids.method, ...ids.body], 'could-not-run');
    const results = run(verdicts, ({ requirement }) => ({
      reason: `no ${requirement === 'body.read' ? 'body' : 'roster'} after 12 ms`,
    }));
    expect(told(results)).toEqual(['roster.method - 2', 'body.read - 2']);
  });

  it('are what the reasons refer to, which holds where it was put itself', () => {
    const verdicts = every([...ids.method, ...ids.body], 'could-not-run');
    const results = run(verdicts, ({ id }) => ({ reason: `${id} was answered 200 (see context.echo)` }));
    expect(told(results)).toEqual(['context.echo - 4']);
    expect(explain(results)[0]?.statement).toBe(
      results.requirements.find(({ id }) => id === 'context.echo')?.statement,
    );
  });
});

it('is told by a must that failed, where no known defect fits and its root is a should that does not hold', () => {
  const violated = [...ids.length, 'context.echo/a', 'context.echo/b', ...ids.roster, ...ids.method];
  const explained = explainer({ foundations: [], faults: [signature('cut-short', ['context.length'], violated)] });
  const seen = run({ ...every(ids.length, 'warned'), 'context.echo/a': 'failed' }, ({ requirement }) =>
    requirement === 'context.length' ? { level: 'should' } : {},
  );
  expect(explained(seen).map(({ requirement, explains }) => [requirement, explains.length])).toEqual([
    ['context.echo', 3],
  ]);
});
