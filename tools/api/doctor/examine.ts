import { performance } from 'node:perf_hooks';
import { NoToken } from '../../engine/http/client-credentials.ts';
import { CallSession } from '../../graph/calls/call-session.ts';
import type { Target } from '../../engine/target/target.ts';
import { realIo } from '../../engine/target/real-io.ts';
import { examineCalls } from './calls.ts';
import type { CapabilitiesSeen } from './capabilities-seen.ts';
import { examineConnection, type Way } from './connection.ts';
import { type DoctorFinding, ok, problem } from './finding.ts';

/** What the doctor needs from outside. */
export interface Examination {
  readonly signal: AbortSignal;
  readonly callbackTls?: { readonly key: string; readonly cert: string };
  /** Takes secrets out of what is told; given as soon as the session is there. */
  readonly onSession?: (session: CallSession) => void;
}

/**
 * Goes through everything that a run needs of a target, step by step, and stops where nothing more can be found out.
 * @returns what the target was seen to have; undefined when it did not come to that
 * @throws ConfigurationError when the callback listener cannot be opened; Interrupted
 */
export async function* examine(
  target: Target,
  { signal, callbackTls, onSession }: Examination,
): AsyncGenerator<DoctorFinding, CapabilitiesSeen | undefined> {
  const way: Way = {};
  for await (const finding of examineConnection(target, way, signal)) {
    yield finding;
    if (finding.state === 'problem') return undefined;
  }
  const session = await CallSession.open(target, {
    seed: 0,
    concurrency: 16,
    keepCalls: false,
    signal,
    startedAt: performance.now(),
    io: realIo,
    ...(callbackTls && { callbackTls }),
  });
  onSession?.(session);
  try {
    if (target.oauth !== undefined) {
      const finding = await fetchToken(session, target.oauth.tokenUrl);
      yield finding;
      if (finding.state === 'problem') return undefined;
    }
    return yield* examineCalls(session, way);
  } finally {
    await session.finish();
  }
}

async function fetchToken(session: CallSession, tokenUrl: string): Promise<DoctorFinding> {
  const step = 'token fetched';
  try {
    await session.authenticate();
    return ok(step, `from ${tokenUrl}`);
  } catch (error) {
    if (error instanceof NoToken) return problem(step, `${error.request}: ${error.problem}`, error.advice);
    throw error;
  }
}
