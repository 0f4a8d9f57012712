import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import type { Fault, Variant } from '../../emulator/deviation.ts';
import type { CaseRecord, PlannedCase } from '../../engine/results/outcome.ts';
import type { Verdict } from '../../engine/results/results.ts';
import { type Exceptions, gateFailures } from './matrix-gates.ts';
import { buildMatrix, type Matrix } from './matrix.ts';
import { caseVerdicts, type CaseVerdict, type SubjectResult, type Subject } from './observed.ts';
import { renderMatrixText } from './render-text.ts';

const catalogue = loadCatalogue();
const facts = { seed: 7, complete: true, wallMs: 2_000, cpuMs: 1_500 };

function judged(id: string, verdict: Verdict, why?: string): CaseVerdict {
  const requirement = catalogue.requirements.find((row) => id.startsWith(`${row.id}/`));
  if (requirement === undefined) throw new Error(`no requirement of ${id}`);
  return { id, requirement: requirement.id, level: requirement.level, verdict, ...(why !== undefined && { why }) };
}

function observed(subject: Subject, cases: CaseVerdict[]): SubjectResult {
  return { subject, cases, durationMs: 100, secondLook: false };
}

function fault(
  id: string,
  breaks: Fault['breaks'],
  cases: CaseVerdict[],
  mayAlsoBreak?: Fault['breaks'],
): SubjectResult {
  const deviation: Fault = { id, summary: `Does ${id}`, breaks, ...(mayAlsoBreak && { mayAlsoBreak }) };
  return observed({ kind: 'fault', id, deviation }, cases);
}

function variant(id: string, cases: CaseVerdict[], more: Partial<Variant> = {}): SubjectResult {
  return observed({ kind: 'variant', id, deviation: { id, summary: `Does ${id}`, ...more } }, cases);
}

const success = 'status.success/one';
const method = 'method.405/one';
const reference = observed({ kind: 'reference', id: 'reference' }, [
  judged(success, 'passed'),
  judged(method, 'passed'),
]);
const provingSuccess = [
  fault('first', ['status.success'], [judged(success, 'failed', 'it was 201'), judged(method, 'passed')]),
  fault('second', ['status.success'], [judged(success, 'failed'), judged(method, 'warned')], ['method.405']),
];

function gates(observations: SubjectResult[], exceptions: Exceptions = allButSuccess()): string[] {
  return gateFailures(buildMatrix(observations, catalogue, facts), exceptions).map(
    ({ gate, subject }) => `${gate} ${subject}`,
  );
}

/** The other musts have no cases here. */
function allButSuccess(): Exceptions {
  const others = catalogue.requirements.filter(({ id, level }) => level === 'must' && id !== 'status.success');
  return Object.fromEntries(others.map(({ id }) => [id, 'not of this test']));
}

describe('the verdicts of a run', () => {
  const planned: PlannedCase[] = [
    { id: success, requirement: 'status.success', suite: 's', title: 't', path: '/communications' },
    { id: method, requirement: 'method.405', suite: 's', title: 't', path: '/communications' },
  ];
  const record = (id: string, outcome: CaseRecord['outcome']): CaseRecord => ({
    target: 'x',
    id,
    repetition: 0,
    outcome,
    checked: [],
    durationMs: 1,
    exchanges: [],
    notifications: [],
  });

  it('follow the level, and say why', () => {
    const violated = { kind: 'violated', expectation: 'e', actual: 'a' } as const;
    expect(caseVerdicts(planned, [record(success, violated), record(method, violated)], catalogue)).toMatchObject([
      { level: 'must', verdict: 'failed', why: 'a' },
      { level: 'should', verdict: 'warned', why: 'a' },
    ]);
  });

  it('are a fault of the suite where no record came', () => {
    expect(caseVerdicts(planned, [record(success, { kind: 'satisfied' })], catalogue)).toMatchObject([
      { verdict: 'passed' },
      { verdict: 'harness-error' },
    ]);
  });
});

describe('the matrix', () => {
  const matrix = buildMatrix([reference, ...provingSuccess], catalogue, facts);

  it('tells what proves a requirement from what takes it down besides', () => {
    const rows = new Map(matrix.requirements.map((row) => [row.id, row]));
    expect(rows.get('status.success')).toMatchObject({ provenBy: ['first', 'second'], killedBy: ['first', 'second'] });
    expect(rows.get('method.405')).toMatchObject({ provenBy: [], killedBy: ['second'] });
  });

  it('names the faults that kill a case', () => {
    expect(matrix.cases.map(({ id, killedBy }) => [id, killedBy])).toEqual([
      [success, ['first', 'second']],
      [method, ['second']],
    ]);
  });

  it('counts cases and time', () => {
    expect(matrix.time).toEqual({ wallMs: 2_000, cpuMs: 1_500, cases: 6, casesPerSecond: 3 });
  });

  it('shows survivors first', () => {
    const survivor = fault('zebra', ['status.success'], [judged(success, 'passed')]);
    const { faults } = buildMatrix([...provingSuccess, survivor], catalogue, facts);
    expect(faults.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'zebra survived',
      'first killed',
      'second killed',
    ]);
  });
});

describe('the gates', () => {
  it('hold when everything is as declared', () => {
    expect(gates([reference, ...provingSuccess])).toEqual([]);
  });

  it.each<[string, SubjectResult[], string[]]>([
    ['a surviving fault', [fault('f', ['method.405'], [judged(method, 'passed')])], ['surviving-fault f']],
    [
      'a fault whose cases only could not run',
      [fault('f', ['method.405'], [judged(method, 'could-not-run')])],
      ['surviving-fault f'],
    ],
    [
      'a fault that kills what it does not name',
      [fault('f', ['status.success'], [judged(success, 'failed'), judged(method, 'warned')])],
      ['unexpected-kill f'],
    ],
    [
      'a fault that spares what it names',
      [fault('f', ['status.success', 'method.405'], [judged(success, 'failed'), judged(method, 'passed')])],
      ['spared-requirement f'],
    ],
    [
      'a fault of the suite',
      [fault('f', ['status.success'], [judged(success, 'failed'), judged(method, 'harness-error')])],
      ['harness-error f'],
    ],
    ['a variant that fails a must', [variant('v', [judged(success, 'failed')])], ['failed-variant v']],
    ['a variant that warns', [variant('v', [judged(method, 'warned')])], ['unexcused-warning v']],
    ['a variant that hides something', [variant('v', [judged(success, 'could-not-run')])], ['unjudged-variant v']],
    [
      'a reference that is none',
      [observed({ kind: 'reference', id: 'reference' }, [judged(success, 'indeterminate')])],
      ['reference-not-clean reference'],
    ],
  ])('name %s', (_title, observations, expected) => {
    expect(gates([...provingSuccess, ...observations])).toEqual(expected);
  });

  it('let a variant bend and hide what it names', () => {
    const bending = variant('v', [judged(method, 'warned'), judged(success, 'could-not-run')], {
      bends: ['method.405'],
      hides: ['status.success'],
    });
    expect(gates([...provingSuccess, bending])).toEqual([]);
  });

  it('name cases that no fault kills, unless they are of level may', () => {
    const cases = [judged('auth.missing/one', 'passed'), judged('path.qualified-action/one', 'passed')];
    expect(gates([...provingSuccess, observed({ kind: 'reference', id: 'reference' }, cases)])).toEqual([
      'case-without-fault auth.missing/one',
    ]);
  });

  it('name musts with fewer than two faults, and exceptions that none needs', () => {
    const [first] = provingSuccess;
    expect(gates(first === undefined ? [] : [first])).toEqual([
      'case-without-fault method.405/one',
      'must-with-one-fault status.success',
    ]);
    expect(gates(provingSuccess, { ...allButSuccess(), 'status.success': 'no reason' })).toEqual([
      'needless-exception status.success',
    ]);
  });

  it('ask of a part only what a part can show', () => {
    const observations = [fault('f', ['status.success'], [judged(success, 'failed')])];
    expect(gateFailures(buildMatrix(observations, catalogue, { ...facts, complete: false }), {})).toEqual([]);
  });
});

describe('the text of the matrix', () => {
  const killed = fault('first', ['status.success'], [judged(success, 'failed')]);
  const matrix: Matrix = buildMatrix(
    [reference, killed, variant('calm', [judged(success, 'passed')])],
    catalogue,
    facts,
  );
  const failures = gateFailures(matrix, allButSuccess());

  it('says what does not hold, and closes with the figures', () => {
    expect(failures.map(({ gate }) => gate)).toEqual(['case-without-fault', 'must-with-one-fault']);
    expect(renderMatrixText(matrix, failures, 'out')).toContain(
      '2 gate failures: 1 of 1 faults killed, 1 of 1 variants green',
    );
    expect(renderMatrixText(matrix, [], 'out')).toContain('all gates hold');
  });
});
