import { ConfigurationError } from '../catalogue/errors.ts';
import type { Target } from '../target/target.ts';

/**
 * Where the listener for callbacks binds: HOST:PORT, [IPv6]:PORT, or a port alone (on 127.0.0.1).
 * @throws ConfigurationError when the text is none of them
 */
export function readListenAddress(text: string): { host: string; port: number } {
  const [, bracketed, host, port] = /^(?:\[([^\]\s]+)\]:|([^:\s[\]]+):|:?)(\d{1,5})$/.exec(text.trim()) ?? [];
  if (port === undefined || Number(port) > 65_535) {
    throw new ConfigurationError(
      `The callback listener ${JSON.stringify(text)} is not a valid HOST:PORT (such as 127.0.0.1:0 or 0.0.0.0:9000).`,
    );
  }
  return { host: bracketed ?? host ?? '127.0.0.1', port: Number(port) };
}

/**
 * Where targets reach the listener, when that is not where it listens; may have a path.
 * @returns the URL without a slash at the end
 * @throws ConfigurationError when nothing can be put below it
 */
export function readPublicUrl(text: string): string {
  const fail = (problem: string) =>
    new ConfigurationError(
      `The callback URL ${JSON.stringify(text)} ${problem}; write one such as http://host.docker.internal:9000.`,
    );
  if (!URL.canParse(text) || !/^https?:\/\//i.test(text)) throw fail('is not an http or https URL');
  if (/[?#]/.test(text)) throw fail('has a query or a fragment, but a path is appended to it');
  const { username, password } = new URL(text);
  if (username !== '' || password !== '') throw fail('has credentials in it');
  return text.replace(/\/+$/, '');
}

/** The names under which targets reach the listener: what its certificate has to be for. */
export function callbackNames({ host, publicUrl }: Pick<Target['callback'], 'host' | 'publicUrl'>): string[] {
  const listening = ['0.0.0.0', '::'].includes(host) ? [] : [host];
  return publicUrl === undefined ? listening : [...listening, new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')];
}
