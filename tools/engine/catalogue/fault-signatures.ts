import { readFileSync } from 'node:fs';
import { specification } from './package-root.ts';

/** A known defect and what the suite shows of it: a defect of the emulator, as `npm run mutants` saw it. */
export interface FaultSignature {
  readonly id: string;
  /** What it does, in one sentence without a full stop. */
  readonly summary: string;
  /** The requirements that it is made to break; its own first. */
  readonly breaks: readonly string[];
  /** The cases that fail or warn because of it. */
  readonly violated: readonly string[];
  /** The cases that cannot judge because of it. */
  readonly unjudged: readonly string[];
  /** The requirements that it may break with them, now and then. */
  readonly besides?: readonly string[];
  /** Which cases it strikes is chance: it is never seen twice in the same ones. */
  readonly unsteady?: true;
  /** What the cases of its own requirements say, without what differs from run to run. */
  readonly says?: readonly string[];
}

/** How specs/generated/fault-signatures.json holds them: case ids once, and their places in the list. */
export interface PackedSignatures {
  readonly cases: readonly string[];
  readonly faults: readonly (Omit<FaultSignature, 'violated' | 'unjudged'> & {
    readonly violated: readonly number[];
    readonly unjudged: readonly number[];
  })[];
}

/** The text of the file: a line for each case and each fault, so that a change is seen as such. */
export function packSignatures(signatures: readonly FaultSignature[], cases: readonly string[]): string {
  const used = new Set(signatures.flatMap(({ violated, unjudged }) => [...violated, ...unjudged]));
  const listed = cases.filter((id) => used.has(id));
  const places = new Map(listed.map((id, place) => [id, place]));
  const placesOf = (ids: readonly string[]) =>
    ids.flatMap((id) => places.get(id) ?? []).toSorted((one, other) => one - other);
  const faults = signatures.map(({ violated, unjudged, says, ...told }) =>
    JSON.stringify({ ...told, violated: placesOf(violated), unjudged: placesOf(unjudged), says }),
  );
  const names = listed.map((id) => JSON.stringify(id));
  return `{ "cases": [\n${names.join(',\n')}\n], "faults": [\n${faults.join(',\n')}\n] }\n`;
}

/** The signatures as the file holds them. @throws SyntaxError when it is not JSON */
export function unpackSignatures(text: string): FaultSignature[] {
  const { cases, faults } = JSON.parse(text) as PackedSignatures;
  const ids = (places: readonly number[]) => places.flatMap((place) => cases[place] ?? []);
  return faults.map((fault) => ({ ...fault, violated: ids(fault.violated), unjudged: ids(fault.unjudged) }));
}

let loaded: readonly FaultSignature[] | undefined;

/** Every known defect in the order of the emulator's list, read once. */
export function loadFaultSignatures(): readonly FaultSignature[] {
  loaded ??= unpackSignatures(readFileSync(specification('generated/fault-signatures.json'), 'utf8'));
  return loaded;
}
