import { performance } from 'node:perf_hooks';
import type { Delivery, Mailbox } from './callback-receiver.ts';
import type { CaseScope } from './case-scope.ts';
import { CouldNotRun } from './could-not-run.ts';
import type { RequestBody } from './http-client.ts';
import type { Location } from './location.ts';
import type { Answer } from './mute-answer.ts';
import { asRosterEntry, isObject, kindOfBody, ownEntry, type RosterEntry, rosterEntries } from './notifications.ts';
import { provide } from './provision.ts';
import type { TargetSession } from './session.ts';
import type { CallKind } from './target.ts';

/** How a request to mute differs from the documented one; what is left out is as documented. */
export interface MuteOptions {
  readonly clientContext?: unknown;
  /** In place of the JSON object with the client context; `none` sends no body at all. */
  readonly body?: RequestBody | 'none';
  readonly contentType?: string | null;
  /** The Authorization header; null leaves it out. */
  readonly authorization?: string | null;
  readonly method?: string;
  /** The last segment of the path: mute, or its namespace-qualified form. */
  readonly segment?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** A call on the target. It comes about when it is first needed and ends with its case. */
export class CallUnderTest {
  readonly kind: CallKind;
  readonly session: TargetSession;
  readonly scope: CaseScope;
  /** Calls with the same meeting share its roster, where the target says that it has shared meetings. */
  readonly meeting: string | undefined;
  readonly #ready: () => Promise<ProvidedCall>;
  #provided: ProvidedCall | undefined;
  #sentAt: number | undefined;
  #answeredAt: number | undefined;
  #firstMuteAt: number | undefined;

  constructor(session: TargetSession, scope: CaseScope, kind: CallKind, meeting?: string) {
    this.kind = kind;
    this.session = session;
    this.scope = scope;
    this.meeting = meeting;
    let pending: Promise<ProvidedCall> | undefined;
    this.#ready = () => {
      pending ??= provide(this, (provided) => {
        this.#provided = provided;
      });
      return pending;
    };
  }

  /** Waits until the call is there and settled. @throws CouldNotRun with what to provide when it cannot be had */
  async ready(): Promise<this> {
    await this.#ready();
    return this;
  }

  /** True once the call exists on the target, settled or not. */
  get exists(): boolean {
    return this.#provided !== undefined;
  }

  get id(): string {
    return this.provided.id;
  }

  get mailbox(): Mailbox {
    return this.provided.mailbox;
  }

  get provided(): ProvidedCall {
    if (this.#provided === undefined) throw new Error('a call was looked at before it was ready');
    return this.#provided;
  }

  /** When the last request that could change the state left, in milliseconds of performance.now(). */
  get lastRequestAt(): number {
    return this.#sentAt ?? 0;
  }

  get firstMuteAt(): number | undefined {
    return this.#firstMuteAt;
  }

  /** Sends POST …/mute, or what the options make of it. */
  async mute(options: MuteOptions = {}): Promise<Answer> {
    await this.ready();
    return this.#act(options.segment ?? 'mute', options);
  }

  async unmute(): Promise<Answer> {
    await this.ready();
    return this.#act('unmute', {});
  }

  async #act(segment: string, options: MuteOptions): Promise<Answer> {
    const { scope } = this;
    const step = options.method === undefined ? segment : `${options.method} ${segment}`;
    const sentAt = performance.now();
    this.#sentAt = sentAt;
    if (segment !== 'unmute') {
      this.#firstMuteAt ??= sentAt;
      this.session.noteMute(this.meeting, sentAt);
    }
    const answer = await scope.send({
      step,
      method: options.method ?? 'POST',
      path: `${scope.path}/calls/${encodeURIComponent(this.id)}/${segment}`,
      ...bodyOf(options, scope),
      ...(options.authorization !== undefined && { authorization: options.authorization }),
      ...(options.headers && { headers: options.headers }),
    });
    // The request left when a slot was free and throttling was over.
    this.#sentAt = answer.http.sentAt;
    this.#answeredAt = answer.http.answeredAt;
    return answer;
  }

  /** Lets a silence begin that no request on this call opened. */
  beginSilence(at: number): void {
    this.#sentAt = at;
    this.#answeredAt = performance.now();
  }

  /** Everything that came to this call's callback after the last request to mute or unmute left. */
  deliveries(since = this.lastRequestAt): Delivery[] {
    return this.mailbox.deliveries.filter(({ receivedAt }) => receivedAt >= since);
  }

  /**
   * What came since then and is, or may be meant as, a roster update: a body that nobody can read is not told from
   * one, so that the cases on method, media type and JSON have something to look at.
   */
  rosterDeliveries(since = this.lastRequestAt): Delivery[] {
    return this.deliveries(since).filter((delivery) => ['roster', 'unknown'].includes(kindOfBody(delivery.json)));
  }

  /** The application's own participant as a delivery reports it, if it does. */
  ownEntryIn(delivery: Delivery): RosterEntry | undefined {
    return ownEntry(rosterEntries(delivery.json), this.own);
  }

  /** By what the application's own participant is told: the id that the call names, else the application. */
  get own(): { participantId: string | undefined; applicationId: string | undefined } {
    return { participantId: this.provided.participantId, applicationId: this.session.target.applicationId };
  }

  get ownIsKnown(): boolean {
    return this.own.participantId !== undefined || this.own.applicationId !== undefined;
  }

  /** The same, for a delivery to another call: there the participant is told by its id alone. */
  reportsOwnById(delivery: Delivery, isMuted: boolean): boolean {
    const { participantId } = this.own;
    return participantId !== undefined && this.reportsOwn(delivery, isMuted);
  }

  /** Whether a delivery reports the application's own participant muted (or, with false, not muted). */
  reportsOwn(delivery: Delivery, isMuted: boolean): boolean {
    return this.ownEntryIn(delivery)?.isMuted === isMuted;
  }

  /**
   * The first roster update since the last request, as soon as it is there.
   * @throws CouldNotRun when none comes within the notification timeout: roster.delivered judges that
   */
  async rosterUpdate(): Promise<Delivery> {
    const since = this.lastRequestAt;
    const found = await this.#arrives((delivery) => this.rosterDeliveries(since).includes(delivery));
    if (found === undefined) {
      throw new CouldNotRun(
        `no roster update came within ${this.session.target.timeouts.notificationMs} ms: nothing to look at`,
      );
    }
    return found;
  }

  /** The first delivery since the last request that reports the own participant so; undefined when none comes in time. */
  async ownReported(isMuted: boolean): Promise<Delivery | undefined> {
    const since = this.lastRequestAt;
    const answeredAt = this.#answeredAt ?? since;
    const found = await this.#arrives((delivery) => delivery.receivedAt >= since && this.reportsOwn(delivery, isMuted));
    if (found !== undefined) this.session.noteDelivery(found.receivedAt - answeredAt);
    return found;
  }

  /** The first delivery that fulfils the condition, within the notification timeout. */
  async arrives(condition: (delivery: Delivery) => boolean): Promise<Delivery | undefined> {
    const since = this.lastRequestAt;
    return this.#arrives((delivery) => delivery.receivedAt >= since && condition(delivery));
  }

  #arrives(condition: (delivery: Delivery) => boolean): Promise<Delivery | undefined> {
    const { session, mailbox } = this;
    return mailbox.waitFor(condition, session.target.timeouts.notificationMs, session.signal);
  }

  /**
   * Waits through the quiet window after the last request.
   * @param after the call whose request begins the silence, where that is another one
   * @returns the delivery that breaks the silence as soon as there is one, undefined when all stays quiet
   */
  async breaksSilence(
    offends: (delivery: Delivery) => boolean,
    after: CallUnderTest = this,
  ): Promise<Delivery | undefined> {
    const since = after.lastRequestAt;
    const start = after.#answeredAt ?? since;
    const offending = (delivery: Delivery) => delivery.receivedAt >= since && offends(delivery);
    for (;;) {
      // The window grows while other cases see slower deliveries.
      const left = start + this.session.quietWindowMs() - performance.now();
      if (left <= 0) return this.mailbox.deliveries.find(offending);
      const found = await this.mailbox.waitFor(offending, left, this.session.signal);
      if (found !== undefined) return found;
    }
  }

  /** GET …/participants, or undefined when that is not answered with a readable collection. */
  async listParticipants(): Promise<RosterEntry[] | undefined> {
    await this.ready();
    const answer = await this.scope.send({
      step: 'list participants',
      method: 'GET',
      path: `/communications/calls/${encodeURIComponent(this.id)}/participants`,
    });
    const { json } = answer;
    const value = isObject(json) ? json['value'] : undefined;
    if (answer.status !== 200 || !Array.isArray(value)) return undefined;
    return value.filter(isObject).map(asRosterEntry);
  }

  /**
   * The participants of the call, the own one told apart.
   * @throws CouldNotRun when they cannot be read, or the own one cannot be told
   */
  async roster(): Promise<{ own: RosterEntry; others: RosterEntry[] }> {
    const entries = await this.listParticipants();
    if (entries === undefined) throw new CouldNotRun('GET …/participants was not answered 200 with a collection');
    const own = ownEntry(entries, this.own);
    if (own === undefined) throw new CouldNotRun(this.ownUnknown);
    return { own, others: entries.filter((entry) => entry !== own) };
  }

  get ownUnknown(): string {
    return 'the application’s own participant cannot be told: the call names no myParticipantId, and no participant bears the application’s identity; give applicationId in the target file';
  }

  /** GETs what Location names, by its path and at the target's own origin, whatever host Location names. */
  async followLocation({ value, url }: Location): Promise<Answer> {
    const path = url === undefined ? value : `${url.pathname}${url.search}`;
    if (!/^\/(?!\/)/.test(path)) throw new CouldNotRun(`Location ${value.slice(0, 200)} has no path to ask for`);
    return this.scope.send({ step: 'get operation', method: 'GET', path, below: 'origin' });
  }

  /** DELETE: ends the call as part of a case. */
  async end(): Promise<Answer> {
    await this.ready();
    const answer = await this.scope.send({
      step: 'delete call',
      method: 'DELETE',
      path: `/communications/calls/${encodeURIComponent(this.id)}`,
    });
    if (answer.succeeded) this.provided.ended = true;
    return answer;
  }

  /** Ends the call, whatever its case did with it, and lets go of its callback. Never throws. */
  async release(): Promise<void> {
    if (this.#provided === undefined) return;
    this.session.noteRelease(this);
    await this.#provided.release();
    this.#provided.mailbox.close();
  }
}

/** A call that exists on the target, however it came about. */
export interface ProvidedCall {
  readonly id: string;
  readonly mailbox: Mailbox;
  /** The id of the application's own participant, as soon as the target has named it. */
  participantId: string | undefined;
  /** Whether the own participant was known to be unmuted before the suite's first request on the call. */
  readonly startsUnmuted: boolean;
  ended: boolean;
  release(): Promise<void>;
}

function bodyOf(
  options: MuteOptions,
  scope: CaseScope,
): { body?: RequestBody; headers?: Record<string, string | null> } {
  if (options.body === 'none') return {};
  if (options.body !== undefined) return { body: options.body };
  const json = { clientContext: 'clientContext' in options ? options.clientContext : scope.nextClientContext() };
  if (options.contentType === undefined) return { body: { json } };
  return { body: { text: JSON.stringify(json), contentType: options.contentType } };
}
