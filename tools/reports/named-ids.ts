import type { CaseResult, Exchange } from '../engine/results/results.ts';

/** An id that a report shows, and which request of the case it belongs to, in words. */
export interface NamedId {
  readonly id: string;
  readonly words: string;
}

const guid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

/** The id under which a target may have logged a request: it derives from seed, case and step. */
export function requestId({ request }: Exchange): string | undefined {
  return [request.headers['client-request-id']].flat()[0];
}

/**
 * The ids in what a case says, each with where it comes from: nobody can tell the call of a control from the call under
 * test by a UUID alone. Those that no exchange of the case has are left out.
 */
export function namedIds(each: CaseResult): NamedId[] {
  const texts = [each.expectation, each.actual, each.reason].join('\n');
  const ids = new Set([...texts.matchAll(guid)].map(([id]) => id));
  return [...ids].flatMap((id) => {
    const words = originOf(id.toLowerCase(), each.exchanges);
    return words === undefined ? [] : [{ id, words }];
  });
}

/** How a request of a case is called; where several have the same name, by their order. */
export function requestName(exchange: Exchange, exchanges: readonly Exchange[]): string {
  const alike = exchanges.filter(({ step }) => step === exchange.step);
  if (alike.length < 2) return `“${exchange.step}”`;
  return `“${exchange.step}” ${String(alike.indexOf(exchange) + 1)} of ${String(alike.length)}`;
}

function originOf(id: string, exchanges: readonly Exchange[]): string | undefined {
  const has = (text: string | null | undefined): boolean => text?.toLowerCase().includes(id) === true;
  const origins: [words: string, found: (exchange: Exchange) => boolean][] = [
    ['the client-request-id of', (exchange) => has(requestId(exchange))],
    ['sent in the body of', ({ request }) => has(request.body)],
    ['in the answer to', ({ request, response }) => has(response?.body) && !has(request.url)],
    ['in the path of', ({ request }) => has(request.url)],
    ['in a header of the answer to', ({ response }) => has(JSON.stringify(response?.headers))],
  ];
  for (const [words, found] of origins) {
    const first = exchanges.find(found);
    if (first !== undefined) return `${words} ${requestName(first, exchanges)}`;
  }
  return undefined;
}
