import { type Outside, world } from '../target/outside.ts';
import type { Target } from '../target/target.ts';
import type { Tape } from './cassette.ts';
import type { Recorder } from './recorder.ts';

/** Through what a session meets the world: as it is, listened to, or played back. */
export interface Deck {
  readonly outside: Outside;
  readonly recorder?: Recorder;
}

export interface DeckOptions {
  readonly record?: boolean;
  /** The recordings by the names of their targets, and what the reasons call the cassette. */
  readonly replay?: { readonly source: string; readonly tapes: readonly Tape[] };
}

/** Opens what a run on a target needs; nock, which takes hold of all of HTTP, is loaded for a replay alone. */
export async function openDeck(target: Target, { record, replay }: DeckOptions): Promise<Deck> {
  if (replay !== undefined) {
    const tape = replay.tapes.find((one) => one.target.name === target.name);
    if (tape === undefined) throw new Error(`there is no recording of ${target.name}`);
    const { openPlayer } = await import('./player.ts');
    return { outside: await openPlayer(tape, target, replay.source) };
  }
  if (record !== true) return { outside: world };
  const { Recorder } = await import('./recorder.ts');
  const recorder = new Recorder(target);
  return { outside: recorder, recorder };
}
