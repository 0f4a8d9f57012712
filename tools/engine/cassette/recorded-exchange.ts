import { isUtf8 } from 'node:buffer';
import type { Transmission, WireAnswer, WireFailure, WireRequest } from '../http/transport.ts';
import type { RecordedExchange, RecordedFailure } from './cassette.ts';
import { contentHeaders, contentOf, textOf } from './content.ts';
import { rounded } from './recorded-delivery.ts';
import { recordedRequest } from './recorded-request.ts';
import type { Sending } from './request-log.ts';
import type { UsedTokens } from './used-tokens.ts';

/** A request, and what came of it. */
export interface SeenExchange {
  readonly request: WireRequest;
  readonly sent: Sending;
  readonly endedAt: number;
  readonly outcome: Awaited<Transmission['outcome']>;
}

/** @param clean takes secrets out of a text */
export function recordedExchange(
  { request, sent, endedAt, outcome }: SeenExchange,
  startedAt: number,
  tokens: UsedTokens,
  configured: readonly string[],
  clean: (text: string) => string,
): RecordedExchange {
  return {
    case: sent.label,
    step: sent.step,
    sentAtMs: rounded(sent.at - startedAt),
    ms: rounded(endedAt - sent.at),
    scope: request.origin,
    method: request.method,
    path: clean(request.path),
    reqheaders: { 'client-request-id': sent.clientRequestId },
    request: recordedRequest(request, tokens, configured, clean),
    ...('answer' in outcome
      ? recordedAnswer(outcome.answer, clean)
      : { failure: recordedFailure(outcome.failure, clean) }),
  };
}

function recordedAnswer(
  { status, rawHeaders, body }: WireAnswer,
  clean: (text: string) => string,
): Pick<RecordedExchange, 'status' | 'rawHeaders' | 'response' | 'responseIsBinary'> {
  const headers = contentHeaders(rawHeaders).map(clean);
  if (isUtf8(body)) return { status, rawHeaders: headers, response: contentOf(clean(body.toString())) };
  // One character a byte, so that secrets are found between bytes that are no text.
  const bytes = Buffer.from(clean(body.toString('latin1')), 'latin1');
  return { status, rawHeaders: headers, response: bytes.toString('hex'), responseIsBinary: true };
}

function recordedFailure(
  { error, answerBegun, reusedConnection, length }: WireFailure,
  clean: (text: string) => string,
): RecordedFailure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
  return {
    name,
    ...(code !== undefined && { code }),
    message: clean(message),
    answerBegun,
    reusedConnection,
    ...(length && { length }),
  };
}

/** What came of a recorded request, as it came. */
export function outcomeOf(exchange: RecordedExchange): Awaited<Transmission['outcome']> {
  const { status, rawHeaders = [], response = '', responseIsBinary, failure } = exchange;
  if (failure !== undefined) {
    const { answerBegun, reusedConnection, length } = failure;
    return { failure: { error: errorOf(failure), answerBegun, reusedConnection, ...(length && { length }) } };
  }
  const body = responseIsBinary ? Buffer.from(textOf(response), 'hex') : Buffer.from(textOf(response));
  return { answer: { status: status ?? 0, rawHeaders, body } };
}

function errorOf({ name, message, code }: RecordedFailure): Error {
  const error = name === 'TypeError' ? new TypeError(message) : Object.assign(new Error(message), { name });
  return code === undefined ? error : Object.assign(error, { code });
}
