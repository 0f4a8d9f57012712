import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import { type FaultEntry, type Matrix, unkilledCases, type VariantEntry } from './matrix.ts';

/** What must hold of the matrix; each is named when it does not. */
export type GateName =
  | 'reference-not-clean'
  | 'surviving-fault'
  | 'unexpected-kill'
  | 'spared-requirement'
  | 'failed-variant'
  | 'unexcused-warning'
  | 'unjudged-variant'
  | 'harness-error'
  | 'case-without-fault'
  | 'must-with-one-fault'
  | 'needless-exception'
  | 'stale-signature';

export interface GateFailure {
  readonly gate: GateName;
  /** The fault, variant, case or requirement. */
  readonly subject: string;
  readonly problem: string;
}

/** Requirements of level must that fewer than two faults can prove, with the reason. */
export type Exceptions = Readonly<Partial<Record<RequirementId, string>>>;

/** The least number of faults that prove a must. */
const faultsForMust = 2;

/** What is wrong with the emulator as it is. */
export function referenceFailures({ referenceProblems }: Matrix): GateFailure[] {
  return referenceProblems.map((problem) => ({ gate: 'reference-not-clean', subject: 'reference', problem }));
}

/** What is wrong with one fault: it survives, kills what it does not name, or spares what it names. */
export function faultFailures(entry: FaultEntry): GateFailure[] {
  const { id, verdict, unexpected, spared } = entry;
  if (verdict === 'survived') {
    return [{ gate: 'surviving-fault', subject: id, problem: `no case failed or warned; ${lostOf(entry)}` }];
  }
  return [
    ...unexpected.map(({ requirement, says }) => ({
      gate: 'unexpected-kill' as const,
      subject: id,
      problem: `kills ${requirement}, which is neither in breaks nor in mayAlsoBreak (${says})`,
    })),
    ...spared.map((requirement) => ({
      gate: 'spared-requirement' as const,
      subject: id,
      problem: `does not kill ${requirement}, which is in breaks; ${lostOf(entry)}`,
    })),
    ...harnessFailures(entry),
  ];
}

/** What is wrong with one variant: it fails a must, warns without naming the should, or leaves something unjudged. */
export function variantFailures(entry: VariantEntry): GateFailure[] {
  const { id, failedCases, unexcused, lost, says = '' } = entry;
  return [
    ...(failedCases.length > 0
      ? [{ gate: 'failed-variant' as const, subject: id, problem: `${failedCases.length} musts failed: ${says}` }]
      : []),
    ...unexcused.map((requirement) => ({
      gate: 'unexcused-warning' as const,
      subject: id,
      problem: `warns of ${requirement}, which is not in bends: ${says}`,
    })),
    ...lost.map((requirement) => ({
      gate: 'unjudged-variant' as const,
      subject: id,
      problem: `leaves ${requirement} unjudged, which is not in hides: ${says}`,
    })),
    ...harnessFailures(entry),
  ];
}

/**
 * Everything that does not hold of a matrix, in the order in which it is to be mended.
 * @param exceptions the musts that may have fewer than two faults
 */
export function gateFailures(matrix: Matrix, exceptions: Exceptions): GateFailure[] {
  return [
    ...referenceFailures(matrix),
    ...matrix.faults.flatMap(faultFailures),
    ...matrix.variants.flatMap(variantFailures),
    // A part of the faults cannot show what none of them does.
    ...(matrix.complete ? [...casesWithoutFault(matrix), ...thinProofs(matrix, exceptions)] : []),
  ];
}

function casesWithoutFault(matrix: Matrix): GateFailure[] {
  return unkilledCases(matrix).map(({ id, level }) => ({
    gate: 'case-without-fault',
    subject: id,
    problem: `no fault makes this case of level ${level} fail or warn`,
  }));
}

function thinProofs({ requirements }: Matrix, exceptions: Exceptions): GateFailure[] {
  return requirements.flatMap(({ id, level, provenBy }): GateFailure[] => {
    const excused = exceptions[id] !== undefined;
    if (level !== 'must' || provenBy.length >= faultsForMust) {
      return excused
        ? [{ gate: 'needless-exception', subject: id, problem: `has ${provenBy.length} faults and needs no exception` }]
        : [];
    }
    if (excused) return [];
    const faults = provenBy.length === 0 ? 'no fault proves it' : `only ${provenBy.join(', ')} proves it`;
    return [
      { gate: 'must-with-one-fault', subject: id, problem: `${faults}; a must needs ${faultsForMust}, or a reason` },
    ];
  });
}

function harnessFailures({ id, harnessErrors }: FaultEntry | VariantEntry): GateFailure[] {
  return harnessErrors.map((name) => ({
    gate: 'harness-error',
    subject: id,
    problem: `${name} ended with a fault of the suite`,
  }));
}

function lostOf({ unjudgedCases }: FaultEntry): string {
  const [first] = unjudgedCases;
  return first === undefined
    ? 'every case was judged'
    : `${unjudgedCases.length} cases were not judged, such as ${first}`;
}
