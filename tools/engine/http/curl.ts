import type { RecordedHeaders } from '../results/results.ts';

/** A body that is longer than this is named as a file, since no terminal takes it. */
const longestBody = 16_384;

/** A request as it left: header names in lower case, the token already as `$TOKEN`. */
export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: RecordedHeaders;
  /** null when none was sent. */
  readonly body: string | null;
}

/** What curl adds unless it is told otherwise. */
const addedByCurl = ['accept', 'user-agent'];

/**
 * The same request as a line for a POSIX shell; `$TOKEN` is left for the shell to fill in.
 * @returns `curl -i -X POST 'http://…' -H … --data-raw …`
 */
export function curlLine({ method, url, headers, body }: CurlRequest): string {
  const parts = ['curl', '-i', method === 'HEAD' ? '-I' : `-X ${method}`];
  // curl resolves dot segments and expands brackets unless told not to.
  if (/\/\.{1,2}(\/|$|\?)/.test(url)) parts.push('--path-as-is');
  if (/[[\]{}]/.test(url)) parts.push('--globoff');
  parts.push(quoted(url));
  for (const [name, values] of Object.entries(headers)) {
    if (name === 'accept-encoding') parts.push('--compressed');
    else for (const value of [values].flat()) parts.push(headerOption(name, value));
  }
  for (const name of addedByCurl) if (!(name in headers)) parts.push(`-H '${name}:'`);
  // Where there is none to send, curl would call the body a form.
  const carriesBody = body !== null || ['POST', 'PUT', 'PATCH'].includes(method);
  if (carriesBody && !('content-type' in headers)) parts.push(`-H 'content-type:'`);
  if (carriesBody) parts.push(bodyOption(body ?? ''));
  return parts.join(' ');
}

function headerOption(name: string, value: string): string {
  // A semicolon in place of the colon is how curl sends an empty header.
  const header = value === '' ? `${name};` : `${name}: ${value}`;
  if (!header.includes('$TOKEN')) return `-H ${quoted(header)}`;
  // Within double quotes the shell fills the token in; what is not plainly safe there stays in single quotes.
  if (/^[\w ./:;=,+-]*$/.test(header.replaceAll('$TOKEN', ''))) {
    return `-H "${header.replaceAll(/\$TOKEN(?=\w)/g, () => '${TOKEN}')}"`;
  }
  return `-H ${header.split('$TOKEN').map(quoted).join('"$TOKEN"')}`;
}

function bodyOption(body: string): string {
  // What was not UTF-8 stands as U+FFFD in the record; no shell could send it as it was.
  const fits = body.length <= longestBody && !/[\0\ufffd]/.test(body);
  return fits ? `--data-raw ${quoted(body)}` : '--data-binary @request-body.txt';
}

/** One word of a shell line, in which nothing is expanded. */
function quoted(text: string): string {
  return /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
