import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Unreachable } from '../../engine/results/outcome.ts';
import { Connections } from '../../engine/http/connections.ts';
import type { Target } from '../../engine/target/target.ts';
import { transmit } from '../../engine/http/transport.ts';
import { describeFault, type FaultDescription } from '../../engine/http/transport-fault.ts';

/** What waiting needs from outside. */
export interface Waiting {
  /** One try: undefined when anything at all was answered, else why not. */
  probe(timeoutMs: number): Promise<FaultDescription | undefined>;
  /** Milliseconds that only ever grow. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

const pauseMs = 500;
const probeMs = 5_000;
/** In less time than this nobody can answer, so the last try may end a little late. */
const leastProbeMs = 300;

/** Faults behind which somebody answers, or that no waiting will mend. */
const isAnswer = ({ kind }: FaultDescription) => kind === 'tls' || kind === 'protocol' || kind === 'too-large';

/**
 * Tries until something answers, at most so many milliseconds. What is wrong with the answer is for the run to judge.
 * @returns why nothing has answered up to then; undefined when something has
 */
export async function untilAnswered(
  { probe, now, sleep }: Waiting,
  limitMs: number,
  signal: AbortSignal,
): Promise<FaultDescription | undefined> {
  const deadline = now() + limitMs;
  for (;;) {
    const left = deadline - now();
    const fault = await probe(Math.max(leastProbeMs, Math.min(probeMs, left)));
    if (fault === undefined || isAnswer(fault) || signal.aborted) return undefined;
    if (now() + pauseMs >= deadline) return fault;
    await sleep(pauseMs);
  }
}

/** Asks for the base URL once, without a token. */
function probing(target: Target, connections: Connections): Waiting['probe'] {
  const { origin, host, pathname } = new URL(target.baseUrl);
  const { maxBodyBytes } = target;
  return async (timeoutMs) => {
    const { agent } = connections;
    const { outcome } = transmit({
      method: 'GET',
      origin,
      path: pathname,
      headers: [],
      body: undefined,
      agent,
      timeoutMs,
      maxBodyBytes,
    });
    const settled = await outcome;
    if ('answer' in settled) return undefined;
    const { error, answerBegun } = settled.failure;
    return answerBegun ? undefined : describeFault(error, { host, timeoutMs, maxBodyBytes, answerBegun });
  };
}

/**
 * Waits until a target answers anything at all on its base URL, as containers take a while to.
 * @param written the limit as the user wrote it, for the message
 * @returns why the target counts as unreachable; undefined when it answers, or the user interrupts
 */
export async function waitForTarget(
  target: Target,
  limitMs: number,
  written: string,
  signal: AbortSignal,
): Promise<Unreachable | undefined> {
  const connections = new Connections(new URL(target.baseUrl), target.tls, target.proxy);
  try {
    const fault = await untilAnswered(
      {
        probe: probing(target, connections),
        now: () => performance.now(),
        sleep: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
      },
      limitMs,
      signal,
    );
    if (fault === undefined) return undefined;
    return {
      request: `GET ${target.baseUrl}`,
      problem: `there was no response within ${written} (--wait); the last problem: ${fault.message}`,
      advice:
        'Did the target start, and does it listen at this address? Check its log; if it only needs time, wait longer',
    };
  } finally {
    connections.close();
  }
}
