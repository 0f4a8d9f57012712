import type { Measured } from './measured-process.ts';

/** Why a peer is not there: a row of the table says so. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** What a peer is let loose on. */
export interface Ground {
  /** The service root of an emulator, which knows `token` alone. */
  readonly baseUrl: string;
  readonly token: string;
  /** An address for callbacks that nobody else uses; GET of it tells what came. */
  readonly sink: string;
  /** Ids of calls, for peers that cannot create any. */
  readonly groupCall: string;
  readonly peerToPeerCall: string;
  /** An empty folder to work in. */
  readonly folder: string;
}

/** What a peer found out. */
export interface PeerRun {
  /** The processes that it took, one after another. */
  readonly processes: readonly Measured[];
  readonly checks: number;
  /** The names of the checks that failed; the same name for the same check in every run. */
  readonly failures: readonly string[];
}

export interface Peer {
  readonly name: string;
  /** What it was given to work with. */
  readonly given: string;
  /** Makes it ready. @throws Unavailable */
  prepare(): Promise<void> | void;
  run(ground: Ground): Promise<PeerRun>;
}
