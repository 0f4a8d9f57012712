import { readFileSync } from 'node:fs';
import type { SessionIo } from '../target/session-io.ts';
import type { Target } from '../target/target.ts';
import type { Cassette } from './cassette.ts';
import type { Recorder } from './recorder.ts';

/** Through what a session meets the world: as it is, listened to, or played back. */
export interface CassetteIo {
  readonly io: SessionIo;
  readonly recorder?: Recorder;
}

/** A cassette that was read once already, and found to be one. */
export interface PlayedCassette {
  readonly file: string;
  readonly sha256: string;
  /** What reasons call it. */
  readonly source: string;
}

export interface CassetteIoOptions {
  readonly record?: boolean;
  readonly replay?: PlayedCassette;
}

/** Opens what a run on a target needs. What talks to targets is not loaded for a replay. */
export async function openCassetteIo(target: Target, { record, replay }: CassetteIoOptions): Promise<CassetteIo> {
  if (replay !== undefined) {
    const { openReplay } = await import('./replay.ts');
    const tape = cassetteOf(replay).targets.find((one) => one.target.name === target.name);
    if (tape === undefined) throw new Error(`there is no recording of ${target.name} in ${replay.file}`);
    return { io: await openReplay(tape, target, replay.source) };
  }
  if (record !== true) return { io: (await import('../target/real-io.ts')).realIo };
  const { Recorder } = await import('./recorder.ts');
  const recorder = new Recorder(target);
  return { io: recorder, recorder };
}

const read = new Map<string, Cassette>();

/** Read again in the worker that plays it: a quarter of what it would cost to hand it over. */
function cassetteOf({ file, sha256 }: PlayedCassette): Cassette {
  const known = read.get(sha256);
  if (known !== undefined) return known;
  const cassette = JSON.parse(readFileSync(file, 'utf8')) as Cassette;
  if (cassette.sha256 !== sha256) throw new Error(`${file} has changed since the run began`);
  read.set(sha256, cassette);
  return cassette;
}
