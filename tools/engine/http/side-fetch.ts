import http from 'node:http';
import https from 'node:https';
import { rootCertificates } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { proxyFor } from './proxy.ts';
import type { Target } from '../target/target.ts';
import { describeFault } from './transport-fault.ts';

/** What of fetch the libraries for tokens and keys use. */
export type SideFetch = (
  url: string,
  init: {
    readonly method?: string;
    readonly headers?: Iterable<readonly [string, string]> | Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly signal?: AbortSignal;
  },
) => Promise<Response>;

/** Of a token or a key set; a real one has a few kilobytes. */
const maxBodyBytes = 1024 * 1024;

/**
 * Makes a fetch for the two places beside the target that a run talks to: the token endpoint and the key set. It trusts
 * whom the target's certificate authority vouches for, too; what is said of the target alone (a client certificate,
 * taking any certificate) holds at its own origin only. No redirect is followed.
 * @param target its base URL, certificates and timeout for an answer
 * @param environment names proxies
 */
export function createSideFetch(
  target: Pick<Target, 'baseUrl' | 'tls' | 'timeouts'>,
  environment: NodeJS.ProcessEnv,
): SideFetch {
  return async (address, { method = 'GET', headers = {}, body, signal }) => {
    const url = new URL(address);
    const { requestMs } = target.timeouts;
    const deadline = AbortSignal.timeout(requestMs);
    const failure = (error: unknown, answerBegun: boolean) => {
      if (signal?.aborted === true && signal.reason instanceof Error) return signal.reason;
      const timedOut = deadline.aborted ? Object.assign(new Error('timeout'), { code: 'ECONNABORTED' }) : error;
      const { message } = describeFault(timedOut, { host: url.host, timeoutMs: requestMs, maxBodyBytes, answerBegun });
      return new Error(message, { cause: error });
    };
    return new Promise<Response>((resolve, reject) => {
      const send = url.protocol === 'https:' ? https.request : http.request;
      const request = send(url, {
        method,
        agent: agentFor(url, target, environment),
        headers: { 'User-Agent': 'call-mute-conformance', ...Object.fromEntries(entriesOf(headers)) },
        signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      });
      request.on('error', (error) => reject(failure(error, false)));
      request.on('response', (answer) => {
        readAll(answer).then(
          (bytes) => {
            const status = answer.statusCode ?? 0;
            const type = answer.headers['content-type'];
            const init = { status, ...(type !== undefined && { headers: { 'Content-Type': type } }) };
            resolve(new Response(bytes.length === 0 || status === 204 ? null : bytes, init));
          },
          (error: unknown) => reject(failure(error, true)),
        );
      });
      request.end(body === undefined || body === null ? undefined : String(body));
    });
  };
}

function entriesOf(headers: NonNullable<Parameters<SideFetch>[1]['headers']>): [string, string][] {
  const entries = Symbol.iterator in headers ? [...headers] : Object.entries(headers);
  return entries.map(([name, value]) => [name, value]);
}

function agentFor(
  url: URL,
  { baseUrl, tls: { ca, cert, key, insecure } }: Pick<Target, 'baseUrl' | 'tls'>,
  environment: NodeJS.ProcessEnv,
): http.Agent {
  const options = {
    ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
    ...(url.origin === new URL(baseUrl).origin && {
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      ...(insecure && { rejectUnauthorized: false }),
    }),
  };
  const proxy = proxyFor(url, environment);
  if (proxy !== undefined) return new HttpsProxyAgent(proxy, options);
  return url.protocol === 'https:' ? new https.Agent(options) : new http.Agent();
}

async function readAll(answer: http.IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw Object.assign(new Error('too large'), { code: 'ETOOLARGE' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
