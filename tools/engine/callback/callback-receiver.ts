import { randomUUID } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { ConfigurationError } from '../catalogue/errors.ts';
import { readBody } from './callback-body.ts';
import { callbackPath, plainCallbackPath } from './callback-path.ts';
import { limitConnections } from './callback-connections.ts';
import { Delivery } from './delivery.ts';
import { type Mailbox, OpenMailbox } from './mailbox.ts';

export { Delivery } from './delivery.ts';
export type { Mailbox } from './mailbox.ts';

/** What a listener takes at most, so that nobody can bring a run down by posting to it. */
export interface ReceiverLimits {
  /** Of a body, as sent and as unpacked. */
  readonly bodyBytes: number;
  readonly connections: number;
  /** For the header of a request. */
  readonly headerMs: number;
  /** For a whole request. */
  readonly requestMs: number;
  /** Of all deliveries kept in open mailboxes together; what comes beyond is counted and not kept. */
  readonly keptBytes: number;
}

export const defaultReceiverLimits: ReceiverLimits = {
  bodyBytes: 1024 * 1024,
  connections: 256,
  headerMs: 3_000,
  requestMs: 5_000,
  keptBytes: 64 * 1024 * 1024,
};

export interface ReceiverOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** PEM texts; without them the listener speaks plain HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Where targets reach the listener, when that is not where it listens; may have a path of its own. */
  readonly publicUrl?: string;
  /** On the clock of now(); deliveries are stamped with now(), records count from here. */
  readonly startedAt: number;
  now(): number;
  readonly limits?: Partial<ReceiverLimits>;
}

/** The listener that calls under test notify. */
export interface CallbackReceiver {
  /** Where targets reach it, without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /**
   * Opens a callback with an unguessable path.
   * @param named the label, a case id say, shows in its query; the owner, which run of which case, in recordings alone;
   * a plain one has nothing in its URL that anybody could have a reason to write in another way
   */
  open(named?: { readonly label?: string; readonly owner?: string; readonly plain?: boolean }): Mailbox;
  /**
   * Opens the callback of a call that exists already, whose path its owner has to know beforehand:
   * `/callbacks/shared/<name>`. One at a time for each name. The owner as for open().
   */
  openShared(name: string, owner?: string): Mailbox;
  /** Requests that belong to a mailbox, late ones included. */
  readonly received: number;
  /** Requests that belong to none. */
  readonly strangers: number;
  /** Requests for a mailbox that was closed already. */
  readonly lateDeliveries: number;
  /** Requests for a mailbox that were not kept, since too much was. */
  readonly discarded: number;
  /** Stops listening, ends all connections, closes all mailboxes. */
  close(): Promise<void>;
}

const noBody = { 'Content-Length': '0' };
/** The part of a path that tells mailboxes apart. */
const tokenPattern = /[0-9a-f]{32}/gi;
const sharedPath = '/callbacks/shared/';

/**
 * Starts the listener. It answers deliveries 202, everything else 404, says nothing about itself and gives nothing back
 * of what it gets.
 * @throws ConfigurationError when it cannot listen there
 */
export async function startCallbackReceiver(options: ReceiverOptions): Promise<CallbackReceiver> {
  const limits = { ...defaultReceiverLimits, ...options.limits };
  const counts = { received: 0, strangers: 0, late: 0, discarded: 0, keptBytes: 0 };
  /** By token, or by path where that is shared; `closed` once its mailbox is. */
  const mailboxes = new Map<string, OpenMailbox | 'closed'>();

  const server = listener(options.tls, limits);
  limitConnections(server, limits.connections);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const receivedAt = options.now();
    const path = pathOf(request.url ?? '');
    const mailbox = find(path);
    if (mailbox === undefined) {
      counts.strangers += 1;
      answer(response, 404);
      return;
    }
    readBody(request, limits.bodyBytes, (body) => {
      counts.received += 1;
      const owner = mailboxes.get(mailbox);
      if (!(owner instanceof OpenMailbox)) {
        counts.late += 1;
      } else if (counts.keptBytes > limits.keptBytes) {
        counts.discarded += 1;
      } else {
        const { method = '', rawHeaders } = request;
        const atExpectedPath = path === owner.expectedPath || path === prefix + owner.expectedPath;
        const delivery = new Delivery({ receivedAt, method, path, atExpectedPath, rawHeaders }, body);
        counts.keptBytes += delivery.size;
        owner.receive(delivery);
      }
      answer(response, body.bytes > limits.bodyBytes ? 413 : 202);
    });
  });

  const { host, port } = await listen(server, options);
  const scheme = options.tls ? 'https' : 'http';
  const url = (options.publicUrl ?? `${scheme}://${urlHost(host)}:${port}`).replace(/\/+$/, '');
  const prefix = new URL(url).pathname.replace(/\/+$/, '');

  /** @returns the key of the mailbox that a path belongs to, altered or not */
  function find(path: string): string | undefined {
    for (const [token] of path.matchAll(tokenPattern)) {
      const key = token.toLowerCase();
      if (mailboxes.has(key)) return key;
    }
    const at = path.indexOf(sharedPath);
    if (at === -1) return undefined;
    const [key = ''] = path.slice(at).split(/[?#]/, 1);
    return mailboxes.has(key) ? key : undefined;
  }

  function open(key: string, path: string): Mailbox {
    const mailbox = new OpenMailbox(url + path, path, (closed) => {
      if (mailboxes.get(key) === closed) mailboxes.set(key, 'closed');
      for (const delivery of closed.deliveries) counts.keptBytes -= delivery.size;
    });
    mailboxes.set(key, mailbox);
    return mailbox;
  }

  return {
    url,
    host,
    port,
    open({ label = 'call', plain = false } = {}) {
      const token = randomUUID().replaceAll('-', '');
      return open(token, plain ? plainCallbackPath(token, label) : callbackPath(token, label));
    },
    openShared(name) {
      const path = sharedPath + encodeURIComponent(name);
      return open(path, path);
    },
    get received() {
      return counts.received;
    },
    get strangers() {
      return counts.strangers;
    },
    get lateDeliveries() {
      return counts.late;
    },
    get discarded() {
      return counts.discarded;
    },
    async close() {
      for (const mailbox of [...mailboxes.values()]) if (mailbox !== 'closed') mailbox.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listener(tls: ReceiverOptions['tls'], limits: ReceiverLimits): http.Server | https.Server {
  const options: http.ServerOptions = {
    headersTimeout: limits.headerMs,
    requestTimeout: limits.requestMs,
    // How soon the two are noticed.
    connectionsCheckingInterval: Math.min(500, limits.headerMs),
    // Longer than clients keep connections, so that none sends a notification into one that is being closed.
    keepAliveTimeout: 120_000,
  };
  return tls
    ? https.createServer({ ...options, ...tls, handshakeTimeout: limits.headerMs })
    : http.createServer(options);
}

/**
 * Finds out whether callbacks can be listened for at an address, without keeping it.
 * @throws ConfigurationError when they cannot
 */
export async function checkListenAddress(address: Pick<ReceiverOptions, 'host' | 'port'>): Promise<void> {
  const server = http.createServer();
  await listen(server, address);
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

async function listen(
  server: http.Server | https.Server,
  { host, port }: Pick<ReceiverOptions, 'host' | 'port'>,
): Promise<{ host: string; port: number }> {
  await new Promise<void>((resolve, reject) => {
    // Stays after that: a failure to accept one connection is no reason to end.
    server.on('error', reject);
    server.listen(port, host, resolve);
  }).catch((error: unknown) => {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(
      `The listener for callbacks cannot listen on ${host}:${port} (${problem}). Give --callback-listen an address of this machine and a port that is free, or port 0 for any.`,
    );
  });
  const address = server.address();
  return { host, port: typeof address === 'object' && address !== null ? address.port : port };
}

/** Every address of this machine is reached over loopback by a target beside it. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** Path and query of a request target, which may be in absolute form: RFC 9112, section 3.2.2. */
function pathOf(target: string): string {
  return target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?#]*/i, '');
}

function answer(response: ServerResponse, status: number): void {
  // What is not wanted is not read to its end either: a body may have any length.
  response.writeHead(status, status === 202 ? noBody : { ...noBody, Connection: 'close' }).end();
}
