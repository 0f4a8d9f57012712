/** Ways to misuse the listener for callbacks, once its address is known. */
import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Misbehaviour, Place } from './proxy.ts';

/** A call that has just been created, where its notifications go, and how to get at that. */
export interface Victim {
  readonly callbackUri: string;
  readonly callId: string;
  readonly participantId: string;
  /** Posts something; what becomes of it is nobody's concern. */
  post(url: string, what?: Post): Promise<void>;
  /** Opens a connection to the listener that is not spoken to by Node's own client. */
  connect(): net.Socket;
  /** Has something done with each mute of the call, before the target hears of it. */
  onMute(act: () => Promise<unknown>): void;
  /** Resolves when the call is deleted. */
  readonly ended: Promise<void>;
  /** Aborted when nobody listens any more: the run has ended. */
  readonly over: AbortSignal;
}

export type Attack = (victim: Victim) => void | Promise<void>;

export interface Post {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** The listener of a run, for as long as it listens. */
class Listener {
  readonly #over = new AbortController();
  readonly over = this.#over.signal;
  readonly #address: { readonly host: string; readonly port: number };

  /** @param url a callback of it */
  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#address = { host: hostname, port: Number(port) };
  }

  readonly post = (url: string, { method = 'POST', headers, body = '' }: Post = {}): Promise<void> =>
    new Promise((resolve) => {
      const request = http.request(
        url,
        {
          method,
          agent,
          headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...headers },
        },
        (response) => {
          response.resume();
          response.on('close', resolve);
        },
      );
      request.setTimeout(5_000, () => request.destroy());
      request.on('error', (error) => {
        this.#failed(error);
        resolve();
      });
      request.end(body);
    });

  readonly connect = (): net.Socket =>
    net.connect(this.#address).on('error', (error) => {
      this.#failed(error);
    });

  #failed(error: NodeJS.ErrnoException): void {
    if (error.code === 'ECONNREFUSED') this.#over.abort();
  }
}

/** How a target answers that carries an attack out on every call that is created on it. */
export function attacking(attack: Attack): { readonly place: Place; readonly reply: Misbehaviour } {
  const ends = new Map<string, () => void>();
  const onMutes = new Map<string, () => Promise<unknown>>();
  const listeners = new Map<string, Listener>();
  const listenerOf = (url: string): Listener => {
    const { origin } = new URL(url);
    const known = listeners.get(origin);
    if (known?.over.aborted === false) return known;
    const listener = new Listener(url);
    listeners.set(origin, listener);
    return listener;
  };
  const mutedCall = (path: string) => /\/calls\/([^/]+)\/(?:microsoft\.graph\.)?mute$/.exec(path)?.[1];
  return {
    place: ({ method, path }) =>
      method === 'DELETE' || (method === 'POST' && (path.endsWith('/calls') || mutedCall(path) !== undefined)),
    async reply(exchange) {
      const muted = mutedCall(exchange.path);
      if (muted !== undefined) {
        await onMutes.get(muted)?.();
        await exchange.behave();
        return;
      }
      if (exchange.method === 'DELETE') {
        await exchange.behave();
        ends.get(exchange.path.split('/').at(-1) ?? '')?.();
        return;
      }
      const { callbackUri } = JSON.parse(exchange.requestBody.toString()) as { callbackUri: string };
      const good = await exchange.forward();
      const { id, myParticipantId } = JSON.parse(good.body.toString()) as { id: string; myParticipantId: string };
      const ended = new Promise<void>((resolve) => ends.set(id, resolve));
      exchange.response.writeHead(good.status, { 'Content-Type': 'application/json' }).end(good.body);
      const onMute = (act: () => Promise<unknown>) => void onMutes.set(id, act);
      const { post, connect, over } = listenerOf(callbackUri);
      await attack({ callbackUri, callId: id, participantId: myParticipantId, post, connect, onMute, ended, over });
    },
  };
}

/** The same, on the first call of a run alone. */
export function once(attack: Attack): Attack {
  const begun = new WeakSet<AbortSignal>();
  return async (victim) => {
    if (begun.has(victim.over)) return;
    begun.add(victim.over);
    await attack(victim);
  };
}

/** Does something over and over, so many times side by side, until the run is over. */
export async function forEver(
  over: AbortSignal,
  sideBySide: number,
  act: () => Promise<unknown>,
  pauseMs = 0,
): Promise<void> {
  await Promise.all(
    Array.from({ length: sideBySide }, async () => {
      while (!over.aborted) {
        await act();
        if (pauseMs > 0) await sleep(pauseMs);
      }
    }),
  );
}

/** A roster update of a call as it should be. */
export function rosterUpdate(
  { callId, participantId }: Pick<Victim, 'callId' | 'participantId'>,
  isMuted: unknown,
): string {
  return envelope({
    changeType: 'updated',
    resourceUrl: `/communications/calls/${callId}/participants`,
    resourceData: [
      {
        '@odata.type': '#microsoft.graph.participant',
        id: participantId,
        info: { identity: { application: { id: participantId } } },
        mediaStreams: [],
        isMuted,
        isInLobby: false,
      },
    ],
  });
}

export function envelope(...items: readonly object[]): string {
  return JSON.stringify({
    '@odata.type': '#microsoft.graph.commsNotifications',
    value: items.map((item) => ({ '@odata.type': '#microsoft.graph.commsNotification', ...item })),
  });
}
