import type { ServerResponse } from 'node:http';
import type { ExchangeOutcome, Reply } from './exchange.ts';
import type { Header } from './refusals.ts';

/** Writes an outcome to the connection: header for header as it says, without second thoughts. */
export function sendOutcome(outcome: ExchangeOutcome, outgoing: ServerResponse): void {
  if (outcome === 'hanging') return;
  if (outcome === 'torn') {
    outgoing.destroy();
    return;
  }
  const { status, headers, pieces } = asSent(outcome);
  outgoing.writeHead(status, headers.flat());
  for (const piece of pieces) outgoing.write(piece);
  if (outcome.torn === true) {
    // What was written has to be on its way before the connection goes.
    outgoing.socket?.end(() => outgoing.destroy());
  } else outgoing.end();
}

/** A reply as it is written, however it came to be so. */
export function asSent(reply: Reply): Required<Pick<Reply, 'status' | 'torn'>> & {
  readonly headers: readonly Header[];
  readonly pieces: readonly (string | Uint8Array)[];
} {
  const pieces = piecesOf(reply);
  return { status: reply.status, torn: reply.torn === true, headers: framed(reply, pieces), pieces };
}

function piecesOf({ raw, body }: Reply): readonly (string | Uint8Array)[] {
  if (raw === undefined) return body === undefined ? [] : [JSON.stringify(body)];
  return typeof raw === 'string' || raw instanceof Uint8Array ? [raw] : raw;
}

/** The headers with a Content-Length, unless the body is sent in pieces or the reply frames itself. */
function framed({ status, headers }: Reply, pieces: readonly (string | Uint8Array)[]): readonly Header[] {
  const frames = headers.some(([name]) => ['content-length', 'transfer-encoding'].includes(name.toLowerCase()));
  if (frames || pieces.length > 1 || status === 204 || status === 304) return headers;
  const [piece = ''] = pieces;
  return [...headers, ['Content-Length', String(Buffer.byteLength(piece))]];
}
