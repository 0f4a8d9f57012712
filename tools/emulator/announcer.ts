import type { Call, CallOperation } from './call.ts';
import type { CallbackClient } from './callback-client.ts';
import type { CallbackTokens } from './callback-signing.ts';
import type { Controls, Hooks } from './deviation.ts';
import type { RequestContext } from './exchange.ts';
import type { Header } from './refusals.ts';
import {
  callNotification,
  type OutgoingNotification,
  type NotificationCause,
  type NotificationContext,
  operationNotification,
  rosterNotification,
} from './notification.ts';
import { rosterData } from './resources.ts';
import type { Timers } from './timers.ts';

interface AnnouncerParts {
  readonly client: CallbackClient;
  readonly tokens: CallbackTokens;
  readonly schedule: Timers;
  readonly hooks: Hooks;
  readonly newId: () => string;
  /** Asked when a notification is sent: the hooks' controls need the announcer in their turn. */
  readonly controls: () => Controls;
}

/**
 * Tells callbacks what happens. Each notification is written when it is announced, so that it shows the state of that
 * moment, and sent when the ones before it to the same call have been delivered or given up.
 */
export class Announcer {
  readonly #parts: AnnouncerParts;
  readonly #queues = new Map<Call, Promise<void>>();

  constructor(parts: AnnouncerParts) {
    this.#parts = parts;
  }

  announceCall(call: Call, state: string, cause: NotificationCause, request?: RequestContext): void {
    this.#enqueue({ cause, resource: 'call', call, request }, callNotification(call, state));
  }

  announceRoster(call: Call, cause: NotificationCause, request?: RequestContext): void {
    const context: NotificationContext = { cause, resource: 'participants', call, request };
    if (call.delta === undefined) {
      this.#enqueue(context, rosterNotification(call));
      return;
    }
    const delta = call.delta.next(rosterData(call.roster));
    if (delta !== undefined) this.#enqueue(context, rosterNotification(call, [delta]));
  }

  announceOperation(call: Call, operation: CallOperation, cause: NotificationCause, request?: RequestContext): void {
    this.#enqueue({ cause, resource: 'operation', call, request }, operationNotification(call, operation));
  }

  /** Resolves when everything announced to the call so far has been delivered or given up. */
  delivered(call: Call): Promise<void> {
    return this.#queues.get(call) ?? Promise.resolve();
  }

  #enqueue(context: NotificationContext, body: unknown): void {
    const { call } = context;
    if (call.callbackUri === undefined) return;
    const { callbackUri } = call;
    // The queue waits a turn of the event loop, so that the reply to the request leaves first where nobody waits.
    const turn = this.#queues.get(call) ?? new Promise<void>((resolve) => setImmediate(resolve));
    const queue = turn.then(() => this.#notify(context, callbackUri, body));
    this.#queues.set(call, queue);
    void queue.then(() => {
      if (this.#queues.get(call) === queue) this.#queues.delete(call);
    });
  }

  async #notify(context: NotificationContext, url: string, body: unknown): Promise<void> {
    const { hooks, schedule, controls } = this.#parts;
    if (schedule.closed) return;
    const usual: OutgoingNotification = { method: 'POST', url, headers: await this.#headers(context), body };
    for (const delivery of (await hooks.notification?.(context, usual, controls())) ?? [usual]) {
      if (delivery.detached === true) void this.#send(delivery);
      else await this.#send(delivery);
    }
  }

  async #headers({ call }: NotificationContext): Promise<Header[]> {
    return [
      ['Content-Type', 'application/json'],
      ['Accept', 'application/json'],
      ['Authorization', `Bearer ${await this.#parts.tokens.current()}`],
      ['User-Agent', 'call-mute-conformance-emulator'],
      // Names of real traffic (fact 50).
      ['X-Microsoft-Skype-Chain-ID', call.callChainId],
      ['X-Microsoft-Skype-Message-ID', this.#parts.newId()],
    ];
  }

  async #send(delivery: OutgoingNotification): Promise<void> {
    const { schedule, client } = this.#parts;
    if (delivery.delayMs !== undefined) await schedule.wait(delivery.delayMs);
    if (!schedule.closed) await client.send(delivery);
  }
}
