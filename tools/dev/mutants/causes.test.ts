/**
 * The proof of causes: what every fault of the emulator has shown goes in, and one cause comes out, the fault's own.
 */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import { type FaultSignature, loadFaultSignatures } from '../../engine/catalogue/fault-signatures.ts';
import { explainer } from '../../engine/results/causes/causes.ts';
import type { CaseResult, Cause } from '../../engine/results/results.ts';
import { caseVerdict } from '../../engine/results/verdict.ts';
import { casesOf } from '../../engine/cases/suite.ts';
import { suites } from '../../../suites/index.ts';
import { sampleCase, sampleResults } from '../testing/sample-results.ts';

const { foundations, requirement: rowOf } = loadCatalogue();
const signatures = loadFaultSignatures();
const passed = casesOf(suites).map(({ id, requirement }) =>
  sampleCase(id, 'passed', { level: rowOf(requirement).level, exchanges: [], notifications: [] }),
);
const explain = explainer({ foundations, faults: signatures });

/** What a case says of the faults: the words of the one whose requirement it puts, the last of them where it is many. */
function wordsOf({ id, requirement }: CaseResult, faults: readonly FaultSignature[]): string {
  const own = faults.filter(({ breaks, violated }) => breaks.includes(requirement) && violated.includes(id));
  return own.flatMap(({ says = [] }) => says).at(-1) ?? '';
}

/** What a target with these faults shows, as far as they leave each other's signs alone. */
function causesOf(faults: readonly FaultSignature[], explained = explain): Cause[] {
  const violated = new Set(faults.flatMap((fault) => fault.violated));
  const unjudged = new Set(faults.flatMap((fault) => fault.unjudged));
  const cases = passed.map((each): CaseResult => {
    if (unjudged.has(each.id)) return { ...each, verdict: 'could-not-run', reason: `why ${each.id} could not run` };
    if (!violated.has(each.id)) return each;
    const actual = wordsOf(each, faults);
    return { ...each, actual, verdict: caseVerdict({ kind: 'violated', expectation: '', actual }, each.level) };
  });
  const causes = explained(sampleResults(cases));
  const open = cases.filter(({ verdict }) => verdict !== 'passed' && verdict !== 'not-applicable');
  // Each in exactly one.
  expect(causes.flatMap(({ explains }) => explains).toSorted()).toEqual(open.map(({ id }) => id).toSorted());
  return causes;
}

const lookOf = ({ violated, unjudged }: FaultSignature) => JSON.stringify([violated, unjudged]);
const looks = new Map(signatures.map((fault) => [fault.id, lookOf(fault)]));
const requirementsOf = ({ violated }: FaultSignature) => new Set(violated.map((id) => id.slice(0, id.indexOf('/'))));

describe('the causes of a run against a fault', () => {
  it.each(signatures.map((fault) => [fault.id, fault] as const))('%s are its own', (_id, fault) => {
    const causes = causesOf([fault]);
    expect(causes).toHaveLength(1);
    expect(fault.breaks).toContain(causes[0]?.requirement);
    expect(looks.get(causes[0]?.likely ?? '')).toBe(lookOf(fault));
  });

  it('name the fault itself, by its words, where others break the same cases', () => {
    const exact = signatures.filter((fault) => causesOf([fault])[0]?.likely === fault.id);
    expect(exact.length / signatures.length).toBeGreaterThan(0.94);
    // Where it is named after another, it is among those that the words do not tell apart.
    const unnamed = signatures.filter((fault) => {
      const [{ likely, alternatives = [] } = {}] = causesOf([fault]);
      return likely !== fault.id && !alternatives.includes(fault.id);
    });
    expect(unnamed.map(({ id }) => id)).toEqual([]);
  });

  it('name no fault that says something else', () => {
    const [fault] = signatures.filter(({ id }) => id === 'location-doubled');
    const said = causesOf([{ ...(fault as FaultSignature), says: ['it is 0'] }]);
    expect(said).toMatchObject([{ requirement: 'location.present' }]);
    expect(said[0]).not.toHaveProperty('likely');
  });

  it('name the fault first that they have in common with what looks alike', () => {
    const own = signatures.filter((fault) => causesOf([fault])[0]?.requirement === fault.breaks[0]);
    expect(own.length).toBeGreaterThanOrEqual(signatures.length - 2);
  });
});

describe('the causes of a run against a fault that shows only now and then', () => {
  /** Three of ten cases, the same ones each time. */
  const isSeen = (text: string) => (createHash('sha256').update(text).digest()[0] ?? 0) < 0.3 * 256;
  const seen = signatures.map((fault) => {
    const [violated, unjudged] = [fault.violated, fault.unjudged].map((ids) =>
      ids.filter((id) => isSeen(`${fault.id} ${id}`)),
    );
    return { ...fault, violated: violated?.length ? violated : fault.violated.slice(0, 1), unjudged: unjudged ?? [] };
  });

  it('are one, nearly always', { timeout: 60_000 }, () => {
    const several = seen.filter((fault) => causesOf([fault]).length > 1);
    expect(several.length / seen.length).toBeLessThan(0.08);
  });
});

/** Whether two faults break nothing that the other one breaks, and leave each other's defect to be seen. */
function areOfDifferentKinds(one: FaultSignature, other: FaultSignature): boolean {
  const [ofOne, ofOther] = [requirementsOf(one), requirementsOf(other)];
  const isSeen = (fault: FaultSignature, hiding: FaultSignature) =>
    fault.violated.some((id) => fault.breaks.includes(id.slice(0, id.indexOf('/'))) && !hiding.unjudged.includes(id));
  return (
    !one.breaks.some((id) => ofOther.has(id)) &&
    !other.breaks.some((id) => ofOne.has(id)) &&
    isSeen(one, other) &&
    isSeen(other, one)
  );
}

describe('the causes of a run against two faults of different kinds', () => {
  const step = 89;
  const pairs = signatures.flatMap((one, index) => signatures.slice(index + 1).map((other) => [one, other] as const));
  const sample = pairs.filter(([one, other], index) => index % step === 0 && areOfDifferentKinds(one, other));

  it('are two, nearly always', { timeout: 60_000 }, () => {
    expect(sample.length).toBeGreaterThan(200);
    const wrong = sample.filter((pair) => {
      const causes = causesOf(pair).map(({ requirement }) => requirement);
      return causes.length !== 2 || !pair.every(({ breaks }) => breaks.some((id) => causes.includes(id)));
    });
    // At most one in fifty, of which those beyond are named.
    const names = wrong.map((pair) => pair.map(({ id }) => id));
    expect(names.slice(Math.floor(sample.length / 50))).toEqual([]);
  });
});

describe('the causes of a run against a fault that is not known', () => {
  it('are few, with its own requirement first and hardly ever a wrong name', { timeout: 120_000 }, () => {
    const found = signatures
      .filter((_, index) => index % 4 === 0)
      .map((fault) => {
        const others = signatures.filter(({ id }) => id !== fault.id);
        return { fault, causes: causesOf([fault], explainer({ foundations, faults: others })) };
      });
    const one = found.filter(({ causes }) => causes.length === 1);
    const right = found.filter(({ fault, causes }) => fault.breaks.includes(causes[0]?.requirement ?? ''));
    const misnamed = found.filter(({ fault, causes }) =>
      causes.some(({ likely }) => {
        const named = signatures.find(({ id }) => id === likely);
        return named !== undefined && !named.breaks.some((id) => fault.breaks.includes(id));
      }),
    );
    expect(one.length / found.length).toBeGreaterThan(0.85);
    expect(right.length / found.length).toBeGreaterThan(0.9);
    expect(misnamed.length / found.length).toBeLessThan(0.03);
  });
});
