import type { Verdict } from '../../../engine/results/results.ts';
import type { Misbehaviour, Place } from './proxy.ts';

/** One way to answer badly, and what a run has to say of it. */
export interface HostileReply {
  readonly name: string;
  /** Requests to mute by default; calls are created and deleted as they should be then. */
  readonly place?: Place;
  readonly reply: Misbehaviour;
  readonly exitCode: number | readonly number[];
  /** Of the first case of status.success. */
  readonly verdict: Verdict | readonly Verdict[];
  /** What the run says of it: why it could not be reached, else why that case ended so. */
  readonly cause: RegExp;
  /** Of transport.answered, where it is more than a handful of requests. */
  readonly transport?: Verdict;
  /** All suites are run, not only those that look at answers. */
  readonly whole?: boolean;
  /** Members of the target file, beside where it is and its timeouts. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** How long a case may wait for the target to stop throttling; 30 s by default. */
  readonly throttle?: string;
}

/** Where so many requests hang that the target is given up, it depends on the order which of them were tried. */
export const unanswered = {
  exitCode: 1,
  verdict: ['indeterminate', 'could-not-run'],
  transport: 'failed',
} as const;

export const everything = 'everything';
export const jsonHead = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
export const chunkedHead = `${jsonHead}Transfer-Encoding: chunked\r\n\r\n`;

export function packedWith(encoding: string): Record<string, string> {
  return { 'Content-Type': 'application/json', 'Content-Encoding': encoding };
}

export function chunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}
