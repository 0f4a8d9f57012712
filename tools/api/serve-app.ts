import { createServer, type RequestListener, Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { describeValue, isObject } from '../engine/catalogue/json-value.ts';

type Server = HttpServer | HttpsServer;

/** An app with a server of its own that takes requests once its plugins are loaded: Fastify. */
interface AppWithServer {
  readonly server: Server;
  ready(): PromiseLike<unknown>;
}

/**
 * What supertest takes for an app: a request listener, which an Express app is, too, or a server of `node:http` or
 * `node:https`; and a Fastify app.
 */
export type App = RequestListener | Server | AppWithServer;

/** An app that answers until it is closed. */
export interface ServedApp {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Ends all connections and frees the port; a server that was listening before stays as it is. */
  close(): Promise<void>;
}

/**
 * Serves an app on a free port of the loopback interface. A server that is listening already is taken where it is.
 * @throws ConfigurationError for what is not an app, or does not start
 */
export async function serveApp(app: App): Promise<ServedApp> {
  const server = await serverOf(app);
  if (server.listening) return { origin: originOf(server), close: async () => undefined };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    origin: originOf(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Callers in JavaScript may give anything. */
async function serverOf(app: unknown): Promise<Server> {
  if (isServer(app)) return app;
  if (typeof app === 'function') return createServer(app as RequestListener);
  if (!isAppWithServer(app)) throw new ConfigurationError(`run() was given ${whatItIs(app)} as app; ${expected(app)}`);
  try {
    await app.ready();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(`The app that run() was given did not become ready: ${reason}`, { cause: error });
  }
  return app.server;
}

function isServer(app: unknown): app is Server {
  // A server of node:https is none of node:http.
  return app instanceof HttpServer || (app instanceof TlsServer && 'closeAllConnections' in app);
}

function isAppWithServer(app: unknown): app is AppWithServer {
  return isObject(app) && typeof app['ready'] === 'function' && isServer(app['server']);
}

function whatItIs(app: unknown): string {
  if (app instanceof Promise) return 'a promise';
  if (app === undefined) return 'undefined';
  if (!isObject(app) || Object.getPrototypeOf(app) === Object.prototype) return describeValue(app);
  return `an object of the class ${String(app.constructor.name)}`;
}

/** What to give instead; of what some frameworks have besides, what is meant. */
function expected(app: unknown): string {
  if (app instanceof Promise) return 'await it first.';
  if (typeof app === 'string') return 'a URL goes into baseUrl.';
  if (isObject(app)) {
    if (typeof app['callback'] === 'function') return 'give its request listener: app.callback().';
    if (typeof app['getHttpServer'] === 'function') return 'give its server, after init(): app.getHttpServer().';
    if (typeof app['fetch'] === 'function') {
      return 'give a request listener for its fetch, such as getRequestListener(app.fetch) of @hono/node-server.';
    }
  }
  return 'expected an http.RequestListener, an http.Server or https.Server, or an Express or Fastify app.';
}

/** @throws ConfigurationError for a server that listens on a pipe */
function originOf(server: Server): string {
  const address: string | AddressInfo | null = server.address();
  if (address === null || typeof address === 'string') {
    throw new ConfigurationError(`The server that run() was given listens on ${String(address)}; give it a port.`);
  }
  const scheme = server instanceof TlsServer ? 'https' : 'http';
  const host = ['::', '0.0.0.0'].includes(address.address) ? '127.0.0.1' : address.address;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
