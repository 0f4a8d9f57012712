import { isLoopback } from '../../engine/http/proxy.ts';
import type { Target } from '../../engine/target/target.ts';
import type { Way } from './connection.ts';

/** What is looked at of a call whose mute nothing announced, and of the session that it belongs to. */
export interface SilentCall {
  readonly id: string;
  /** An update about it that came to the callback of another call. */
  readonly strayed: { readonly path: string } | undefined;
  readonly session: {
    readonly target: Pick<Target, 'baseUrl' | 'callback' | 'timeouts'>;
    readonly receiver: {
      readonly url: string;
      readonly port: number;
      readonly received: number;
      readonly strangers: number;
    };
  };
}

/** Where a target can be told to listen when the port has to be known; any that is free will do. */
const examplePort = 9000;

/**
 * Why no roster update came after a mute that was answered, and the one thing to try first.
 * @param way what is known of the way to the target
 */
export function callbackAdvice(call: SilentCall, way: Way): { detail: string; fix: string } {
  const { session, strayed } = call;
  const { target, receiver } = session;
  const { notificationMs } = target.timeouts;
  const missing = `none came within ${notificationMs} ms`;
  if (strayed !== undefined) {
    return {
      detail: `${missing} at the callback of the call ${call.id}; one about it came to that of another call, ${strayed.path}`,
      fix: 'Does the target keep the callbackUri of each call apart? Each has its own.',
    };
  }
  if (receiver.received > 0) {
    return {
      detail: `${missing}, though the callback is reached: ${receiver.received} other notifications came`,
      fix: 'If the target is slow, raise --notification-timeout; otherwise it does not announce mutes, which the suites will report.',
    };
  }
  if (receiver.strangers > 0) {
    return {
      detail: `${missing}; ${receiver.strangers} requests to ${receiver.url} named an unknown callback path`,
      fix: 'Does the target, or a gateway before the listener, keep path and query of the callbackUri as they are?',
    };
  }
  const posts =
    'The target has to POST its notifications to the callbackUri of the request that creates the call; does it? One that posts none is tested without them: callbacks: none in the target file.';
  return { detail: `${missing}: nothing at all came to ${receiver.url}`, fix: `${posts} ${wayBack(session, way)}` };
}

function wayBack({ target: { baseUrl, callback }, receiver }: SilentCall['session'], { localAddress }: Way): string {
  const { host, publicUrl, tls } = callback;
  if (publicUrl !== undefined) {
    return `Does ${publicUrl} lead to ${host}, port ${receiver.port}, of this machine, when the target asks? Try it with curl from there.`;
  }
  const port = callback.port === 0 ? examplePort : callback.port;
  if (!isLoopback(host) && host !== '0.0.0.0' && host !== '::') {
    return `Can the target reach ${receiver.url}? A firewall may be in between; --callback-url names another way.`;
  }
  const listen = `--callback-listen 0.0.0.0:${port} --callback-url`;
  const isHere = localAddress !== undefined && isLoopback(localAddress);
  if (isHere || isLoopback(new URL(baseUrl).hostname)) {
    const https = tls ? '' : ' If it only accepts https callbacks, add --callback-tls.';
    const scheme = tls ? 'https' : 'http';
    return `If the target runs in a container, 127.0.0.1 is the container itself there: give ${listen} ${scheme}://host.docker.internal:${port} (on Linux start it with --add-host=host.docker.internal:host-gateway).${https}`;
  }
  const address = localAddress ?? 'ADDRESS-OF-THIS-MACHINE';
  const named = address.includes(':') ? `[${address}]` : address;
  return `The target is on another machine, where 127.0.0.1 is that machine: give ${listen} ${tls ? 'https' : 'http'}://${named}:${port}.`;
}
