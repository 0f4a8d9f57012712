import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { suites } from '../../../suites/index.ts';
import { loadFaultSignatures } from '../../engine/catalogue/fault-signatures.ts';
import { specification } from '../../engine/catalogue/package-root.ts';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import { faults } from '../../emulator/faults/index.ts';
import { findFault, findVariant } from '../../emulator/find-deviation.ts';
import { variants } from '../../emulator/variants/index.ts';
import { casesOf } from '../../engine/cases/suite.ts';
import { writeFileAtomically } from '../../engine/results/write-file.ts';
import { exceptions } from './exceptions.ts';
import { faultFailures, type GateFailure, gateFailures, referenceFailures, variantFailures } from './matrix-gates.ts';
import { buildMatrix, type Matrix } from './matrix.ts';
import type { SubjectResult, Subject } from './observed.ts';
import { renderMatrixText } from './render-text.ts';
import { signaturesOf, signaturesText, staleSignatures } from './signatures.ts';
import { runSubjects, type SubjectRunOptions } from './run-subjects.ts';

export interface MutantsOptions {
  readonly fault: readonly string[];
  readonly variant: readonly string[];
  /** The folder for matrix.json. */
  readonly out: string;
  readonly seed: number;
  readonly lanes: number;
  /** Whether what the faults show becomes the text of specs/generated/fault-signatures.json. */
  readonly writeSignatures?: boolean;
}

/** What has come of a matrix. */
export interface EndedMatrix {
  readonly exitCode: number;
  /** For the console: what does not hold, and a closing line. */
  readonly text: string;
}

type Look = Omit<SubjectRunOptions, 'seed' | 'signal' | 'onEnd' | 'lanes'>;

/**
 * Short, so that two hundred faults fit in minutes: an update takes milliseconds here, and some tens of them while all
 * these cases are under way. What contradicts its declaration is looked at again, so that nothing hangs on the figures.
 */
export const firstLook: Look = {
  timeouts: { requestMs: 5_000, notificationMs: 1_000, quietMs: 150, throttleMs: 10_000 },
  batchSize: 25,
  subjectsAtOnce: 3,
  casesAtOnce: 30,
  secondLook: false,
};

/** One after another and in all patience, so that a machine which is busy otherwise does not decide. */
export const secondLook: Look = {
  timeouts: { requestMs: 10_000, notificationMs: 10_000, quietMs: 1_000, throttleMs: 30_000 },
  batchSize: 25,
  subjectsAtOnce: 1,
  casesAtOnce: 20,
  secondLook: true,
};

/** What is to be run: what was asked for, or everything and the emulator as it is. */
function chosenSubjects({ fault, variant }: MutantsOptions): Subject[] {
  const everything = fault.length === 0 && variant.length === 0;
  const chosenFaults = everything ? faults : fault.map(findFault);
  const chosenVariants = everything ? variants : variant.map(findVariant);
  return [
    { kind: 'reference', id: 'reference' },
    ...chosenFaults.map((deviation): Subject => ({ kind: 'fault', id: deviation.id, deviation })),
    ...chosenVariants.map((deviation): Subject => ({ kind: 'variant', id: deviation.id, deviation })),
  ];
}

/** Those with timeouts of their own wait for seconds, which costs nothing while others work. */
function longestFirst(subjects: readonly Subject[]): Subject[] {
  return [...subjects.filter(waitsLong), ...subjects.filter((subject) => !waitsLong(subject))];
}

function waitsLong(subject: Subject): boolean {
  return subject.kind !== 'reference' && subject.deviation.target?.timeouts !== undefined;
}

function matrixOf(observations: readonly SubjectResult[], complete: boolean, seed: number, wallMs: number): Matrix {
  const { user, system } = process.cpuUsage();
  const cpuMs = Math.round((user + system) / 1000);
  return buildMatrix(observations, loadCatalogue(), { seed, complete, wallMs: Math.round(wallMs), cpuMs });
}

/** What of the runs contradicts what is declared of their subjects, or would if the suite were at fault. */
function contradictions(observations: readonly SubjectResult[], seed: number, isCompared: boolean): GateFailure[] {
  const matrix = matrixOf(observations, false, seed, 0);
  return [
    ...matrix.faults.flatMap(faultFailures),
    ...matrix.variants.flatMap(variantFailures),
    ...referenceFailures(matrix),
    // One case more or less, by chance, is much for a fault that shows itself in three.
    ...(isCompared ? signatureFailures(matrix) : []),
  ];
}

/** Holds what the faults of a whole run show against the file that says so. */
function signatureFailures(matrix: Matrix): GateFailure[] {
  const unsteady = new Set(faults.filter((fault) => fault.unsteady === true).map(({ id }) => id));
  return staleSignatures(loadFaultSignatures(), signaturesOf(matrix), unsteady);
}

/**
 * Runs the suite against every fault and every variant and writes the matrix of what was caught and what was left
 * alone.
 * @param output gets progress
 * @returns exit code 0 when all gates hold, 1 when one does not
 * @throws ConfigurationError for an unknown fault or variant
 */
export async function mutants(
  options: MutantsOptions,
  output: { write(text: string): unknown },
  signal: AbortSignal,
): Promise<EndedMatrix> {
  const { seed, out, lanes, writeSignatures = false } = options;
  const started = performance.now();
  const subjects = chosenSubjects(options);
  const complete = options.fault.length === 0 && options.variant.length === 0;
  output.write(`${casesOf(suites).length} cases against ${subjects.length} emulators, seed ${seed}\n`);
  setMaxListeners(0, signal);
  let ended = 0;
  const onEnd = () => {
    ended += 1;
    if (ended % 10 === 0) {
      output.write(`${ended} of ${subjects.length}, ${Math.round((performance.now() - started) / 1000)} s\n`);
    }
  };
  const common = { seed, signal, onEnd };
  const first = await runSubjects(longestFirst(subjects), { ...common, ...firstLook, lanes });
  const contradicted = contradictions(first, seed, complete && !writeSignatures);
  for (const { subject, problem } of contradicted) output.write(`Once more, in all patience: ${subject} ${problem}\n`);
  const again = subjects.filter(({ id }) => contradicted.some(({ subject }) => subject === id));
  const second = await runSubjects(again, { ...common, ...secondLook, lanes: 1, onEnd: () => undefined });
  const observations = subjects.flatMap(
    ({ id }) => [...second, ...first].find(({ subject }) => subject.id === id) ?? [],
  );
  const matrix = matrixOf(observations, complete, seed, performance.now() - started);
  const failures = gateFailures(matrix, exceptions);
  // What a suite shows that does not hold is not kept.
  if (complete && writeSignatures && failures.length === 0) {
    writeFileAtomically(specification('generated/fault-signatures.json'), signaturesText(matrix));
  } else if (complete) failures.push(...signatureFailures(matrix));
  writeFileAtomically(
    path.join(out, 'matrix.json'),
    `${JSON.stringify({ ...matrix, gates: failures }, undefined, 2)}\n`,
  );
  return { exitCode: failures.length === 0 ? 0 : 1, text: renderMatrixText(matrix, failures, out) };
}
