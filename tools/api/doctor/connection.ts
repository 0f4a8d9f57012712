import { lookup } from 'node:dns/promises';
import net from 'node:net';
import tls from 'node:tls';
import { adviceOnFault } from '../../graph/advice.ts';
import type { Target } from '../../engine/target/target.ts';
import { describeFault, type FaultDescription } from '../../engine/http/transport-fault.ts';
import { type DoctorFinding, note, ok, problem } from './finding.ts';

/** What the way to the target is like. */
export interface Way {
  /** The address of this machine as the target sees it, as far as that can be told. */
  localAddress?: string;
}

/** Nobody waits longer for a name or a connection. */
const limitMs = 5_000;

/**
 * Goes the way to a target step by step: name, TCP, TLS. Ends at the first step that is not possible.
 * @param way gets what is learnt on the way
 */
export async function* examineConnection(target: Target, way: Way, signal: AbortSignal): AsyncGenerator<DoctorFinding> {
  const url = new URL(target.baseUrl);
  if (target.proxy !== undefined) {
    const proxy = new URL(target.proxy).host;
    yield note('name resolves', `left to the proxy ${proxy}, which HTTP_PROXY or HTTPS_PROXY names`);
    return;
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(Math.min(limitMs, target.timeouts.requestMs))]);
  yield await resolveName(host, deadline);
  let socket: net.Socket;
  try {
    socket = await connect(host, port, deadline);
  } catch (error) {
    const fault = faultOf(error, url.host);
    yield problem('TCP', fault.message, adviceOnFault(fault, target));
    return;
  }
  if (socket.localAddress !== undefined) way.localAddress = socket.localAddress;
  yield ok('TCP', `connected to ${socket.remoteAddress ?? host}, port ${port}`);
  try {
    yield url.protocol === 'https:'
      ? await shakeHands(socket, host, target, deadline)
      : note('TLS', 'none: the base URL is http');
  } finally {
    socket.destroy();
  }
}

async function resolveName(host: string, deadline: AbortSignal): Promise<DoctorFinding> {
  if (net.isIP(host) !== 0) return ok('name resolves', `${host} is an address already`);
  try {
    const found = await orAborted(lookup(host, { all: true }), deadline);
    return ok('name resolves', `${host} is ${found.map(({ address }) => address).join(', ')}`);
  } catch (error) {
    return problem('name resolves', faultOf(error, host).message, 'Is the host name right, and known on this machine?');
  }
}

function connect(host: string, port: number, deadline: AbortSignal): Promise<net.Socket> {
  const socket = net.connect({ host, port });
  const connected = new Promise<net.Socket>((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
  return orAborted(connected, deadline).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
}

/** Speaks TLS as the client will: whom it trusts, and what it shows of itself. */
async function shakeHands(
  socket: net.Socket,
  host: string,
  target: Target,
  deadline: AbortSignal,
): Promise<DoctorFinding> {
  const { ca, cert, key, insecure } = target.tls;
  const secured = new Promise<DoctorFinding>((resolve, reject) => {
    const secure = tls.connect(
      {
        socket,
        ...(net.isIP(host) === 0 && { servername: host }),
        ...(ca !== undefined && { ca }),
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
        rejectUnauthorized: !insecure,
      },
      () => {
        const { issuer, valid_to: until } = secure.getPeerCertificate();
        const by = issuer.O ?? issuer.CN ?? 'an unknown issuer';
        const unchecked = insecure ? '; not checked (--insecure)' : '';
        resolve(ok('TLS', `${secure.getProtocol() ?? 'TLS'}, certificate by ${String(by)} until ${until}${unchecked}`));
      },
    );
    secure.once('error', reject);
  });
  try {
    return await orAborted(secured, deadline);
  } catch (error) {
    const fault = faultOf(error, host);
    return problem('TLS', fault.message, adviceOnFault(fault, target));
  }
}

/** @throws the reason of the abort as soon as there is one */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_resolve, reject) => {
    const end = () => reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
  return Promise.race([work, aborted]);
}

function faultOf(error: unknown, host: string): FaultDescription {
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  const known = timedOut ? Object.assign(new Error('late'), { code: 'ETIMEDOUT' }) : error;
  return describeFault(known, { host, timeoutMs: limitMs, maxBodyBytes: 0, answerBegun: false });
}
