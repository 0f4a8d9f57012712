import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { faults } from '../../emulator/faults/index.ts';
import { writeFileAtomically } from '../../engine/results/write-file.ts';
import { firstLook, type MutantsOptions } from './mutants.ts';
import { runSubjects } from './run-subjects.ts';
import { renderSporadicText, sampleOf, sporadicEntry, sporadicFailures, sporadicSubjects } from './sporadic-matrix.ts';

/**
 * Runs the suite against faults that show now and then, and writes sporadic.json.
 * @param sample so many of them, drawn by the seed; all when left out
 * @returns the exit code: 0 when each that struck is caught and kills nothing that it should spare, else 1
 */
export async function sporadicMatrix(
  { seed, out, lanes, sample }: Pick<MutantsOptions, 'seed' | 'out' | 'lanes'> & { readonly sample?: number },
  output: { write(text: string): unknown },
  signal: AbortSignal,
): Promise<number> {
  const all = sporadicSubjects(faults, seed);
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
  const observations = await runSubjects(subjects, { ...firstLook, seed, lanes, signal, onEnd });
  const entries = chosen.flatMap((subject) => {
    const observation = observations.find((one) => one.subject.id === subject.id);
    return observation === undefined ? [] : [sporadicEntry(subject, observation)];
  });
  writeFileAtomically(path.join(out, 'sporadic.json'), `${JSON.stringify({ seed, entries }, undefined, 2)}\n`);
  output.write(renderSporadicText(entries));
  return entries.some((entry) => sporadicFailures(entry).length > 0) ? 1 : 0;
}
