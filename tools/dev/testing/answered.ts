import { HttpAnswer } from '../../engine/http/http-answer.ts';
import { Answer } from '../../graph/mute-answer.ts';

/** An answer to a mute that nobody sent: for the tests of what looks at answers. */
export function answered(status: number, text = '', headers: Readonly<Record<string, string>> = {}): Answer {
  const wire = { status, rawHeaders: [], body: Buffer.from(text) };
  const exchange = {
    step: 'mute',
    sentAtMs: 0,
    ms: 0,
    curl: 'curl',
    request: { method: 'POST', url: '/', headers: {}, body: null },
  };
  const http = new HttpAnswer(wire, headers, { sentAt: 0, answeredAt: 0 }, () => exchange);
  return new Answer({ http, request: 'POST /mute', clientRequestId: 'id' });
}
