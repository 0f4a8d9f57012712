import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { headerOf, type TrafficExchange } from './recorded.ts';

/** Headers whose values no record has. */
export const secretHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'api-key',
  'x-api-key',
  'x-functions-key',
  'ocp-apim-subscription-key',
]);

/** Members and parameters whose values are secrets: those of OAuth 2.0, and what services call their keys. */
const secretName =
  'client_?secret|client_?assertion|assertion|access_?token|refresh_?token|id_?token|password|api_?key';
/** Values are looked for up to a length that no token has: a longer search might not end. */
const secretMember = new RegExp(String.raw`"(?:${secretName})"\s{0,9}:\s{0,9}("(?:[^"\\]|\\.){0,16384}")`, 'gi');
/** In JSON, `code` is also the member that says what error there is. */
const secretParameter = new RegExp(`^(?:${secretName}|code|sig)$`, 'i');

/** Shorter values of cookies, such as true, are no secrets, and stand in many bodies. */
const shortestCookie = 8;

/** The search for secrets takes much longer with each one that begins unlike the others, as tokens seldom do. */
const mostSecrets = 2_000;
const mostBeginnings = 100;

/**
 * What no report of recorded traffic may contain: the values of Authorization headers, of keys and of the cookies that
 * are sent to calls, and what bodies and addresses name as tokens, passwords or client secrets.
 * @throws ConfigurationError when there are too many to look for
 */
export function secretsIn(exchanges: readonly TrafficExchange[]): string[] {
  const secrets = [...new Set(exchanges.flatMap(secretsOf))];
  const beginnings = new Set(secrets.map((secret) => secret.slice(0, 4)));
  if (secrets.length <= mostSecrets && beginnings.size <= mostBeginnings) return secrets;
  throw new ConfigurationError(
    `The traffic has ${secrets.length} different credentials, too many to keep out of what is shown; record the requests to calls and callbacks alone, or in several files (docs/traffic.md).`,
  );
}

function secretsOf({ url, headers, body = '', answer }: TrafficExchange): string[] {
  const isForm = /form-urlencoded/i.test(headerOf(headers, 'content-type') ?? '');
  return [
    ...[...headers, ...(answer?.headers ?? [])].flatMap(([name, value]) =>
      secretsOfHeader(name.toLowerCase(), value, /\/calls(?=[/(]|$)/.test(url.pathname)),
    ),
    ...[url.password].filter((password) => password !== '').map(decodeURIComponent),
    ...parametersIn(url.searchParams),
    ...(isForm ? parametersIn(new URLSearchParams(body)) : membersIn(body)),
    ...membersIn(answer?.body?.toString() ?? ''),
  ];
}

function secretsOfHeader(name: string, value: string, isOfCall: boolean): string[] {
  if (!secretHeaders.has(name)) return [];
  if (!name.endsWith('cookie')) return [value.replace(/^\S+ +/, '')];
  if (!isOfCall) return [];
  const values = value.split(';').map((part) => part.replace(/^[^=]*=/, '').trim());
  const own = name === 'set-cookie' ? values.slice(0, 1) : values;
  return own.filter(({ length }) => length >= shortestCookie);
}

function parametersIn(parameters: URLSearchParams): string[] {
  return [...parameters].flatMap(([name, value]) => (secretParameter.test(name) ? [value] : []));
}

function membersIn(text: string): string[] {
  return [...text.matchAll(secretMember)].flatMap(([, quoted = '""']) => {
    try {
      return [String(JSON.parse(quoted))];
    } catch {
      return [quoted.slice(1, -1)];
    }
  });
}
