import type { Unreachable } from '../../engine/results/outcome.ts';

/**
 * What msw and nock leave in the process in which they intercept requests: both use @mswjs/interceptors, which keeps each
 * interceptor that is active under such a symbol.
 */
const interceptors = ['fetch-interceptor', 'client-request-interceptor'];

/**
 * Adds, where a mock intercepts the requests of this process, that it is never asked: the suite sends its own from
 * another thread, over the network.
 * @param globals of this process
 */
export function withMockAdvice(unreachable: Unreachable, globals: object = globalThis): Unreachable {
  const isMocked = interceptors.some((name) => Reflect.get(globals, Symbol.for(name)) !== undefined);
  if (!isMocked) return unreachable;
  const advice = `${unreachable.advice.replace(/[.?]?$/, (end) => end || '.')} A mock of this process (msw, nock) is never asked, since the suite sends its requests over the network: serve it on a port.`;
  return { ...unreachable, advice };
}
