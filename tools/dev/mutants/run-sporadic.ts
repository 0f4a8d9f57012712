import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { faults } from '../../emulator/faults/index.ts';
import { findFault } from '../../emulator/find-deviation.ts';
import { writeFileAtomically } from '../../engine/results/write-file.ts';
import { type EndedMatrix, firstLook, type MutantsOptions, secondLook } from './mutants.ts';
import type { SubjectResult } from './observed.ts';
import { runSubjects } from './run-subjects.ts';
import {
  renderSporadicText,
  sampleOf,
  sporadicEntry,
  sporadicFailures,
  type SporadicSubject,
  sporadicSubjects,
} from './sporadic-matrix.ts';

/**
 * Runs the suite against faults that show now and then, and writes sporadic.json.
 * @param fault these faults only; all when there are none
 * @param sample so many of them, drawn by the seed; all when left out
 * @param output gets progress
 * @returns exit code 0 when each that struck is caught, kills nothing that it should spare, and is not said to show in
 *   another situation than its own, else 1
 */
export async function sporadicMatrix(
  {
    seed,
    out,
    lanes,
    fault,
    sample,
  }: Pick<MutantsOptions, 'seed' | 'out' | 'lanes' | 'fault'> & { readonly sample?: number },
  output: { write(text: string): unknown },
  signal: AbortSignal,
): Promise<EndedMatrix> {
  const all = sporadicSubjects(fault.length === 0 ? faults : fault.map(findFault), seed);
  const draw = (id: string) => createHash('sha256').update(`${seed} ${id}`).digest().readUInt32BE();
  const chosen = sampleOf(all, sample ?? all.length, draw);
  output.write(`${chosen.length} of ${all.length} emulators whose fault shows now and then, seed ${seed}\n`);
  setMaxListeners(0, signal);
  let ended = 0;
  const onEnd = () => {
    ended += 1;
    if (ended % 10 === 0) output.write(`${ended} of ${chosen.length}\n`);
  };
  const subjects = chosen.map(({ id, fault }) => ({ kind: 'fault' as const, id, deviation: fault }));
  const first = await runSubjects(subjects, { ...firstLook, seed, lanes, signal, onEnd });
  const entryOf = (subject: SporadicSubject, observations: readonly SubjectResult[]) => {
    const observation = observations.find((one) => one.subject.id === subject.id);
    return observation && sporadicEntry(subject, observation);
  };
  const failuresOf = (subject: SporadicSubject) => {
    const entry = entryOf(subject, first);
    return entry === undefined ? [] : sporadicFailures(entry);
  };
  const failing = chosen.filter((subject) => failuresOf(subject).length > 0);
  for (const failure of failing.flatMap(failuresOf)) output.write(`Once more, in all patience: ${failure}\n`);
  const again = subjects.filter(({ id }) => failing.some((one) => one.id === id));
  const second = await runSubjects(again, { ...secondLook, seed, lanes: 1, signal, onEnd: () => undefined });
  const entries = chosen.flatMap((subject) => entryOf(subject, [...second, ...first]) ?? []);
  writeFileAtomically(path.join(out, 'sporadic.json'), `${JSON.stringify({ seed, entries }, undefined, 2)}\n`);
  const exitCode = entries.some((entry) => sporadicFailures(entry).length > 0) ? 1 : 0;
  return { exitCode, text: renderSporadicText(entries) };
}
