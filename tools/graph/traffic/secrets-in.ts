import { headerOf, type RecordedExchange } from './recorded.ts';

const secretHeaders: ReadonlySet<string> = new Set([
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

/**
 * What no report of recorded traffic may contain: the values of Authorization headers, cookies and keys, and what
 * bodies and addresses name as tokens, passwords or client secrets.
 */
export function secretsIn(exchanges: readonly RecordedExchange[]): string[] {
  return [...new Set(exchanges.flatMap(secretsOf))];
}

function secretsOf({ url, headers, body = '', answer }: RecordedExchange): string[] {
  const isForm = /form-urlencoded/i.test(headerOf(headers, 'content-type') ?? '');
  return [
    ...[...headers, ...(answer?.headers ?? [])].flatMap(([name, value]) => secretsOfHeader(name.toLowerCase(), value)),
    ...[url.password].filter((password) => password !== '').map(decodeURIComponent),
    ...parametersIn(url.searchParams),
    ...(isForm ? parametersIn(new URLSearchParams(body)) : membersIn(body)),
    ...membersIn(answer?.body?.toString() ?? ''),
  ];
}

function secretsOfHeader(name: string, value: string): string[] {
  if (!secretHeaders.has(name)) return [];
  if (!name.endsWith('cookie')) return [value, value.replace(/^\S+ +/, '')];
  const values = value.split(';').map((part) => part.replace(/^[^=]*=/, '').trim());
  const own = name === 'set-cookie' ? values.slice(0, 1) : values;
  return [value, ...own.filter(({ length }) => length >= shortestCookie)];
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
