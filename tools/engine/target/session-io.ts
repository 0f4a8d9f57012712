import type { runCallCommand } from './call-command.ts';
import type { startCallbackReceiver } from '../callback/callback-receiver.ts';
import type { Clock } from './clock.ts';
import type { transmit } from '../http/transport.ts';

/** A request that a case is about to send. */
export interface AnnouncedRequest {
  /** Which run of which case sends it. */
  readonly label: string;
  /** What it is for: mute, get call … */
  readonly step: string;
  readonly method: string;
  readonly clientRequestId: string;
}

/**
 * Everything through which a session meets the world. A recording listens there; a replay takes its place, so that
 * nothing is sent, listened for or waited for.
 */
export interface SessionIo {
  /** Whether it plays a recording, which ends where the recorded run ended, whatever the time. */
  readonly isReplay: boolean;
  readonly clock: Clock;
  readonly transmit: typeof transmit;
  readonly startReceiver: typeof startCallbackReceiver;
  readonly runCallCommand: typeof runCallCommand;
  /** Told of every token that the session fetches, before it is used. */
  noteToken(token: string): void;
  /** Told of each request before it is queued; resolves when it may be. @throws CouldNotRun when it cannot be sent */
  announce(request: AnnouncedRequest): Promise<void>;
}
