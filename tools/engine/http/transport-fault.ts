import { noAnswer } from '../target/could-not-run.ts';
import type { Exchange } from '../results/results.ts';

/**
 * Why there is no whole HTTP answer:
 * refused (nothing listens), unreachable (no route, or none through the proxy), dns (no such name), tls (no secure connection), reset (the
 * connection ended before an answer), torn (in the middle of one), timeout (no whole answer in time), too-large (the
 * body exceeds the limit), protocol (what came is not HTTP, or not coded as it says).
 */
export type TransportFaultKind =
  'refused' | 'unreachable' | 'dns' | 'tls' | 'reset' | 'torn' | 'timeout' | 'too-large' | 'protocol';

/** Whether the target cannot have got the request: there was no connection to it. */
export function isUnconnected(kind: TransportFaultKind): boolean {
  return ['refused', 'unreachable', 'dns', 'tls'].includes(kind);
}

/** What went wrong below HTTP, in one sentence. */
export interface FaultDescription {
  readonly kind: TransportFaultKind;
  readonly message: string;
}

/** A request that got no whole HTTP answer: nobody knows what the target did with it. */
export class TransportFault extends Error {
  override readonly name = 'TransportFault';
  readonly kind: TransportFaultKind;
  readonly exchange: Exchange;
  /**
   * The connection had been idle and ended before a byte of an answer: most likely the target had closed it while the
   * request was under way, which it may (RFC 9112, section 9.5). Says nothing against the target.
   */
  readonly onIdleConnection: boolean;

  /** Whether the target may have got the request. */
  get mayHaveArrived(): boolean {
    return !isUnconnected(this.kind);
  }

  constructor(description: FaultDescription, exchange: Exchange, onIdleConnection: boolean) {
    super(description.message);
    this.kind = description.kind;
    this.exchange = exchange;
    this.onIdleConnection = onIdleConnection;
  }
}

/** How far a request had come when it failed. */
export interface RequestProgress {
  /** Host and port that were connected to, for the sentence. */
  readonly host: string;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  /** Whether any byte of an answer had arrived. */
  readonly answerBegun: boolean;
  /** Bytes of the body, where its Content-Length promised some. */
  readonly length?: { readonly promised: number; readonly received: number };
}

const byCode: Readonly<Record<string, (progress: RequestProgress) => FaultDescription>> = {
  ECONNREFUSED: ({ host }) => fault('refused', `nothing listens at ${host}: the connection was refused (ECONNREFUSED)`),
  ENOTFOUND: ({ host }) => fault('dns', `the name in ${host} does not resolve (ENOTFOUND)`),
  EAI_AGAIN: ({ host }) => fault('dns', `the name in ${host} could not be resolved just now (EAI_AGAIN)`),
  EHOSTUNREACH: ({ host }) => fault('unreachable', `there is no route to ${host} (EHOSTUNREACH)`),
  ENETUNREACH: ({ host }) => fault('unreachable', `the network of ${host} cannot be reached (ENETUNREACH)`),
  ETIMEDOUT: ({ host }) => fault('timeout', `${host} did not take the connection in time (ETIMEDOUT)`),
  ECONNABORTED: ({ timeoutMs, answerBegun, length }) =>
    fault(
      'timeout',
      answerBegun
        ? `the answer began, but was not complete within ${timeoutMs} ms${missing(length)}`
        : `${noAnswer} ${timeoutMs} ms`,
    ),
  ETOOLARGE: ({ maxBodyBytes }) =>
    fault('too-large', `the body of the answer is larger than the ${maxBodyBytes} bytes that are read`),
  ENOROOM: () =>
    fault('too-large', 'the body of the answer is larger than what is left of the memory for all answers together'),
  HPE_HEADER_OVERFLOW: () => fault('protocol', 'the header of the answer is larger than 16 kB'),
  HPE_INVALID_EOF_STATE: lost,
  ECONNRESET: lost,
  EPIPE: lost,
};

function fault(kind: TransportFaultKind, message: string): FaultDescription {
  return { kind, message };
}

/** What a wrong Content-Length looks like: a body that never is complete. */
function missing(length: RequestProgress['length']): string {
  if (length === undefined || length.received >= length.promised) return '';
  return `: its Content-Length is ${length.promised}, and ${length.received} bytes of the body came`;
}

function lost({ answerBegun, length }: RequestProgress): FaultDescription {
  return answerBegun
    ? fault('torn', `the connection ended in the middle of the answer${missing(length)}`)
    : fault('reset', 'the connection ended before an answer');
}

/**
 * Says in one sentence why a request failed, from the error that Node or superagent gives.
 * @returns the kind of fault, and a sentence without a stack trace or anything secret
 */
export function describeFault(error: unknown, progress: RequestProgress): FaultDescription {
  const code = codeOf(error);
  const known = byCode[code];
  if (known !== undefined) return known(progress);
  const said = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0];
  if (code === 'EPROXY') return fault('unreachable', said ?? '');
  if (code.startsWith('HPE_')) return fault('protocol', `what came is not valid HTTP: ${said} (${code})`);
  if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT')) {
    return fault('protocol', `the body is not encoded as its Content-Encoding says: ${said} (${code})`);
  }
  if (isTlsCode(code)) return fault('tls', `no secure connection to ${progress.host}: ${said} (${code})`);
  return fault(progress.answerBegun ? 'torn' : 'reset', `the request failed: ${said}`);
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** OpenSSL's verdicts on certificates have names of their own; all others share a prefix. */
function isTlsCode(code: string): boolean {
  return (
    /^(EPROTO$|ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|CRL_)/.test(code) ||
    /(SELF_SIGNED_CERT|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/.test(code)
  );
}
