import { givenUp } from '../target/could-not-run.ts';
import { isUnconnected, type TransportFaultKind } from './transport-fault.ts';

/** Timeouts in a row, with no answer between, after which a target is given up. */
const consecutiveTimeoutLimit = 8;
/** Timeouts in all after which a target is given up. */
const timeoutLimit = 40;

/** Counted over a whole run, by the client. */
export interface TrafficStatistics {
  /** Requests that left, repetitions included. */
  requests: number;
  /** Requests that were answered with a whole answer, whatever it said. */
  answered: number;
  /** Reset, torn or left hanging: what transport.answered judges. */
  unanswered: number;
  /** Requests that no connection could be made for: refused, no route, no such name, no secure connection. */
  unconnected: number;
  timeouts: number;
  consecutiveTimeouts: number;
  /** Lost on a connection that the target closed while it was idle: nobody's fault, so not among the unanswered. */
  lostOnIdleConnection: number;
  /** Answers 429 and 503 that were waited out. */
  throttled: number;
  /** How long at least one request waited for Retry-After, in milliseconds. */
  throttleWaitMs: number;
  /** Why nothing is sent any more, once the target is given up. */
  givenUp: string | undefined;
  /** When it was, on the client's clock; Infinity as long as it is not. */
  givenUpAt: number;
}

export function createTrafficStatistics(): TrafficStatistics {
  return {
    requests: 0,
    answered: 0,
    unanswered: 0,
    unconnected: 0,
    timeouts: 0,
    consecutiveTimeouts: 0,
    lostOnIdleConnection: 0,
    throttled: 0,
    throttleWaitMs: 0,
    givenUp: undefined,
    givenUpAt: Infinity,
  };
}

export function countAnswer(statistics: TrafficStatistics): void {
  statistics.answered += 1;
  statistics.consecutiveTimeouts = 0;
}

/**
 * Counts a request without a whole answer, and gives the target up when it has left too many hanging.
 * @param now in milliseconds of the client's clock
 */
export function countFault(statistics: TrafficStatistics, kind: TransportFaultKind, now: number): void {
  if (kind === 'reset' || kind === 'torn' || kind === 'timeout') statistics.unanswered += 1;
  if (isUnconnected(kind)) statistics.unconnected += 1;
  if (kind !== 'timeout') return;
  statistics.timeouts += 1;
  statistics.consecutiveTimeouts += 1;
  const reason =
    statistics.consecutiveTimeouts >= consecutiveTimeoutLimit
      ? `${consecutiveTimeoutLimit} requests one after another were left without an answer`
      : statistics.timeouts >= timeoutLimit && `${timeoutLimit} requests of this run were left without an answer`;
  if (reason === false || statistics.givenUp !== undefined) return;
  statistics.givenUp = `${givenUp}: ${reason}`;
  statistics.givenUpAt = now;
}
