import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { JSONWebKeySet } from 'jose';
import { createApplication, keySetPath } from './application.ts';
import { callbackIssuer, callbackKeySet } from './callback-signing.ts';
import type { Deviation } from './deviation.ts';
import type { ApiVersion } from './exchange.ts';
import { CallService } from './service.ts';

/** A private key and its certificate, both in PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

export interface EmulatorServerOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** The address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** Serves https with this identity. */
  readonly tls?: TlsIdentity;
  /** A fault or a variant; without one, all is as documented. */
  readonly deviation?: Deviation;
  /** The bearer token that may do everything; random by default. */
  readonly token?: string;
  /** A token of the same application that may not create calls; random by default. */
  readonly unprivilegedToken?: string;
  /** Whether any other token that is not empty is as good as `token`; false by default. */
  readonly acceptAnyToken?: boolean;
  /** The time in milliseconds since the epoch. */
  readonly now?: () => number;
  /** Makes GUIDs. */
  readonly newId?: () => string;
}

export interface EmulatorServer {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly token: string;
  readonly unprivilegedToken: string;
  /** The application that the tokens stand for. */
  readonly applicationId: string;
  /** By these the bearer tokens on callbacks are verified. */
  readonly jwks: JSONWebKeySet;
  /** Where the emulator serves them. */
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** The service root of a version, as in `http://127.0.0.1:40123/beta`. */
  baseUrl(version: ApiVersion): string;
  /** How many calls were created and not yet deleted. */
  liveCalls(): number;
  /** Closes the server and every connection; what was not delivered yet is dropped. */
  close(): Promise<void>;
}

/**
 * Starts a reference emulator: a server of its own with a state of its own, so that any number of them can run in one
 * process.
 * @throws the error of listen when the address is not available.
 */
export async function startEmulatorServer(options: EmulatorServerOptions = {}): Promise<EmulatorServer> {
  const { port = 0, host = '127.0.0.1', tls, deviation, now = Date.now, newId = randomUUID } = options;
  const applicationId = newId();
  const { token = newId(), unprivilegedToken = newId(), acceptAnyToken = false } = options;
  const tokens = { token, unprivilegedToken, acceptAnyToken };
  const service = new CallService({ applicationId, tokens, deviation, now, newId });
  const jwks = await callbackKeySet();
  let origin = '';
  const application = createApplication(service, jwks, () => origin);
  const server = listeningServer(
    getRequestListener(application.fetch, {
      hostname: host,
      // The emulator may live in somebody else's process, whose Request and Response are not its business.
      overrideGlobalObjects: false,
      errorHandler: unusableRequest,
    }),
    tls,
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  origin = originOf(server.address(), tls === undefined ? 'http' : 'https', host);
  return {
    origin,
    token,
    unprivilegedToken,
    applicationId,
    jwks,
    jwksUrl: origin + keySetPath,
    issuer: callbackIssuer,
    audience: applicationId,
    baseUrl: (version) => `${origin}/${version}`,
    liveCalls: () => service.registry.liveCount,
    close: () =>
      new Promise((resolve) => {
        service.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listeningServer(listener: http.RequestListener, tls: TlsIdentity | undefined): http.Server | https.Server {
  // A client that keeps its connections must not meet one that was closed a moment ago.
  const limits = { keepAliveTimeout: 65_000, requestTimeout: 30_000 };
  return tls === undefined
    ? http.createServer(limits, listener)
    : https.createServer({ ...limits, key: tls.key, cert: tls.cert }, listener);
}

function originOf(address: AddressInfo | string | null, scheme: string, host: string): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** A request whose Host or target makes no URL: the adapter reports it before the application sees anything. */
function unusableRequest(): Response {
  const error = { code: 'BadRequest', message: 'The request target or the Host header is not valid.' };
  return Response.json({ error }, { status: 400 });
}
