import { announcement, owedUpdate } from './announcement.ts';
import { callPath } from './call-path.ts';
import type { CallScope } from './call-scope.ts';
import type { Change } from './changes.ts';
import type { Delivery } from '../../engine/callback/callback-receiver.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import { excerpt } from '../../engine/http/excerpt.ts';
import type { ExchangeRecord } from '../../engine/http/exchange-record.ts';
import type { RequestBody } from '../../engine/http/send-options.ts';
import { type Location, pathBehind } from '../location.ts';
import type { Answer } from '../mute-answer.ts';
import { mistakeIn } from '../mistaken-mute.ts';
import { muteBody, type MuteOptions, sentMute, tokenIn } from '../mute-request.ts';
import { sameId } from '../ids.ts';
import { rosterResources } from '../payloads/notification-items.ts';
import { ownEntry } from '../payloads/own-participant.ts';
import type { RosterEntry } from '../payloads/roster.ts';
import { ObservedCall } from './observed-call.ts';
import { readParticipants } from './participants.ts';
import { provide } from './sources/provide.ts';
import { MuteHistory } from '../rules/mute-history.ts';
import { type MuteKind, muteKindOf } from '../rules/sent-mute.ts';

export type { MuteOptions } from '../mute-request.ts';
export type { CallWishes } from './sources/provided.ts';

function queryOf({ query }: MuteOptions): string {
  return query === undefined ? '' : `?${query}`;
}

/** Whether a mute is sent as it is documented: whatever string its clientContext is. */
function isValid({ clientContext, path: _path, ...deviations }: MuteOptions): boolean {
  const isText = clientContext === undefined || (typeof clientContext === 'string' && clientContext.length <= 256);
  return isText && Object.values(deviations).every((deviation) => deviation === undefined);
}

/** How a mute of a call was answered. */
export interface Tried {
  readonly answer: Answer;
  readonly kind: MuteKind;
  /** Whether the call had been muted before. */
  readonly isRepeated: boolean;
}

/** A call on the target. It is created when it is first needed and ends with its case. */
export class CallUnderTest extends ObservedCall {
  /** What was sent to it, and what came of that. */
  protected readonly history = new MuteHistory();
  /** The mute that changed the call last, where it is promised that this is announced. */
  #promised: { readonly change: Change; readonly record: ExchangeRecord; readonly path: CallScope['path'] } | undefined;
  #ready: Promise<unknown> | undefined;
  #onNamed: ((id: string) => void) | undefined;

  /** Shows the mute that is the control of what is refused on the call. @returns false where it is to be sent */
  showControl(): boolean {
    return false;
  }

  /** Takes note of how a request was answered, or that nobody knows what it did. */
  protected tried(_mute: Tried | undefined): void {
    // A call of one case alone proves nothing to others.
  }

  /** Waits until the call is there and settled. @throws CouldNotRun with what to provide when it cannot be had */
  async ready(): Promise<this> {
    this.#ready ??= provide(this, (provided) => {
      this.exist(provided);
      this.session.mailboxes.add(provided.mailbox);
      this.#onNamed?.(provided.id);
    });
    await this.#ready;
    return this;
  }

  /**
   * Waits until the call is there and has its id, settled or not.
   * @throws CouldNotRun as ready() does when it never gets one
   */
  named(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#onNamed = resolve;
      this.ready().then(
        () => resolve(this.id),
        (error: unknown) =>
          this.exists ? resolve(this.id) : reject(error instanceof Error ? error : new Error(String(error))),
      );
    });
  }

  /**
   * Sends POST …/mute, or what the options make of it.
   * @throws CouldNotRun when it is refused and the call had ended by itself
   */
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
    const body = muteBody(options, scope);
    const at = this.session.clock.now();
    const mutes = segment !== 'unmute';
    this.note({ type: 'requested', at, mutes });
    if (mutes) this.session.noteMute(this.meeting, at);
    const observed = mutes ? this.#observe(options, body, segment === 'mute') : undefined;
    const answer = await scope
      .send({
        step,
        method: options.method ?? 'POST',
        path: callPath(options.path ?? scope.path, this.id, segment) + queryOf(options),
        ...(body !== undefined && { body }),
        ...(options.authorization !== undefined && { authorization: options.authorization }),
        ...(options.headers && { headers: options.headers }),
      })
      .catch((error: unknown) => {
        this.note({ type: 'unanswered' });
        observed?.();
        this.tried(undefined);
        throw error;
      });
    observed?.(answer);
    if (segment === 'unmute') this.tried(undefined);
    if (segment === 'unmute' && answer.succeeded) this.history.unmuted();
    const { succeeded } = answer;
    const { sentAt, answeredAt } = answer.http;
    this.note({ type: 'answered', sentAt, answeredAt, mutes, succeeded });
    // Where nobody declared /app, what answers there may be no mute at all.
    const isServed = options.path !== '/app' || this.session.target.capabilities.app === true;
    const change = this.lastChange;
    if (change?.answeredAt === answeredAt && segment === 'mute' && answer.status === 200 && isServed) {
      const isMistaken = muteKindOf(sentMute(options, body, this.kind)) === 'mistaken';
      this.#promised = isMistaken
        ? undefined
        : { change, record: answer.http.record, path: options.path ?? scope.path };
    }
    if (answer.status === 200 && segment === 'mute' && this.kind !== 'peerToPeer' && isServed && isValid(options)) {
      this.session.noteSuccess(answer);
    }
    if (!succeeded && this.endedByItself) {
      throw new CouldNotRun(`the call ${this.id} ended by itself before its case was over`);
    }
    return answer;
  }

  /**
   * A mute is about to be sent.
   * @param isJudged whether it goes by its plain name; under another it is part of the history alone
   * @returns takes the answer, or nothing where none came, and shows it to the observer of the run
   */
  #observe(options: MuteOptions, body: RequestBody | undefined, isJudged: boolean): (answer?: Answer) => void {
    const { history, session, scope } = this;
    const { muted } = this.state;
    const before = { repeated: history.isMuting || muted === true, underWay: history.underWay };
    const wasFree = muted === false;
    history.muteBegins();
    return (answer) => {
      const isRefused = answer !== undefined && !answer.succeeded;
      const isOver = this.state.deleted || this.endedByItself;
      if (answer !== undefined) {
        const isPlain = isJudged && (options.path ?? scope.path) === scope.path;
        const kind = isPlain ? muteKindOf(sentMute(options, body, this.kind)) : 'optional';
        this.tried({ answer, kind, isRepeated: before.repeated });
      }
      if (answer === undefined || !isJudged || session.signal.aborted) {
        history.muteEnds(isRefused);
        return;
      }
      const { authorization } = options;
      const ofNoGroup = this.kind === 'peerToPeer' ? 'peer-to-peer call' : undefined;
      const othersOfCall = Math.max(before.underWay, history.underWay - 1);
      session.observer.answered({
        answer,
        sent: sentMute(options, body, isOver ? undefined : this.kind),
        mistake: mistakeIn({ ...options, of: isOver ? 'ended call' : ofNoGroup }, session.target),
        target: session.target,
        evidence: () => ({ record: answer.http.record, creation: this.provided.creation }),
        path: options.path ?? scope.path,
        callId: this.id,
        token: tokenIn(authorization ?? null) ?? session.target.token,
        history,
        repeated: before.repeated,
        changes: this.provided.isOwn && !isOver && wasFree && !before.repeated && othersOfCall === 0,
        othersOfCall,
        requestsInFlight: session.semaphore.taken,
      });
      // What this mute came to is history for the next.
      history.muteEnds(isRefused);
    };
  }

  /** A roster update about this call that came to the callback of another one of this run since the last request. */
  get strayed(): Delivery | undefined {
    const since = this.lastRequestAt;
    const names = ({ receivedAt, json }: Delivery) =>
      receivedAt >= since &&
      rosterResources(json).some(({ callId }) => callId !== undefined && sameId(callId, this.id));
    return [...this.session.mailboxes]
      .filter((mailbox) => mailbox !== this.mailbox)
      .flatMap(({ deliveries }) => deliveries.filter(names))[0];
  }

  /** GET …/participants, or undefined when that is not answered with a readable collection. */
  async listParticipants(): Promise<RosterEntry[] | undefined> {
    await this.ready();
    return readParticipants(this.scope, this.id);
  }

  /**
   * The participants of the call, the own one told apart.
   * @throws CouldNotRun when they cannot be read, or the own one cannot be told
   */
  async roster(): Promise<{ own: RosterEntry; others: RosterEntry[] }> {
    return this.ownAndOthers(await this.listParticipants());
  }

  /**
   * Participants that were listed, the own one told apart.
   * @throws CouldNotRun when none could be read, or the own one cannot be told
   */
  ownAndOthers(entries: readonly RosterEntry[] | undefined): { own: RosterEntry; others: RosterEntry[] } {
    if (entries === undefined) throw new CouldNotRun('GET …/participants was not answered 200 with a collection');
    const own = ownEntry(entries, this.own);
    if (own === undefined) throw new CouldNotRun(this.ownUnidentifiableReason);
    return { own, others: entries.filter((entry) => entry !== own) };
  }

  /**
   * GETs the operation that Location names, below the base URL that was given: before a gateway Location may have the
   * target's own host and path. What does not name one below `/communications` or `/app` is asked for as it stands, at
   * the target's own origin.
   */
  async followLocation({ value }: Location): Promise<Answer> {
    const mute = this.session.target.baseUrl + callPath(this.scope.path, this.id, 'mute');
    const path = pathBehind(value, mute);
    if (path === undefined) throw new CouldNotRun(`Location ${excerpt(value, 200)} has no path to ask for`);
    const [resource] = /\/(communications|app)\/calls(?=[/(]).*$/.exec(path) ?? [];
    if (resource !== undefined) return this.scope.send({ step: 'get operation', method: 'GET', path: resource });
    return this.scope.send({ step: 'get operation', method: 'GET', path, below: 'origin' });
  }

  /** DELETE: ends the call as part of a case. @throws CouldNotRun for a call that is kept: it is not the suite's to end */
  async end(): Promise<Answer> {
    await this.ready();
    if (!this.provided.isOwn) {
      throw new CouldNotRun(
        `this case deletes its call, and ${this.id} is to be kept; let calls be made for each case (calls.${this.kind}: {create: {}} or {command: …})`,
      );
    }
    const answer = await this.scope.send({
      step: 'delete call',
      method: 'DELETE',
      path: callPath('/communications', this.id),
    });
    if (answer.succeeded) this.note({ type: 'deleted' });
    return answer;
  }

  /** Ends the call, whatever its case did with it, as soon as it has come about. Never throws. */
  async release(): Promise<void> {
    await this.#ready?.catch(() => undefined);
    if (!this.exists) return;
    await this.#judgeAnnouncement();
    this.#noteRelease();
    await this.provided.release();
    await this.hear();
    this.session.mailboxes.delete(this.mailbox);
  }

  /** Waits for what is owed, and holds it against what is promised of a mute that changed something. */
  async #judgeAnnouncement(): Promise<void> {
    await owedUpdate(this);
    const promised = this.#promised;
    if (promised === undefined || promised.change !== this.lastChange) return;
    const announced = await announcement(this);
    if (announced === undefined) return;
    const { change, record, path } = promised;
    const evidence = () => ({ record, creation: this.provided.creation });
    this.session.observer.changed({ announced, path, evidence, history: this.history, since: change.since });
  }

  /** Holds what has come to its callback against what is promised of it, each once. */
  async hear(): Promise<void> {
    await owedUpdate(this);
    const { id, isLeg, hasPlainCallback, history, session } = this;
    const { mailbox, isOwn } = this.provided;
    const { deliveries } = mailbox;
    const expectedPath = isOwn ? mailbox.expectedPath : undefined;
    const evidenceOf = (delivery: Delivery) => ({ delivery });
    const tokenOf = (delivery: Delivery) => session.tokenOf(delivery);
    const heard = { id, isLeg, hasPlainCallback, expectedPath, history, evidenceOf, tokenOf, path: this.scope.path };
    await session.observer.heard({ ...heard, deliveries }, session.signal);
  }

  /** Tells the session what came to the callback of the call. */
  #noteRelease(): void {
    const reports = this.rosters.ownReports;
    const { firstMuteAt, joinedMuted } = this.state;
    this.session.noteRelease({
      name: `${this.scope.caseId}: call ${this.id}`,
      meeting: this.meeting,
      firstMuteAt,
      // One that is kept may have been muted before this run.
      isInconclusive: !this.provided.isOwn,
      joinedMuted,
      isHeard: this.mailbox.deliveries.length > 0,
      isReported: reports.length > 0,
      wasReportedMutedBefore: (at) => reports.some(({ receivedAt, isMuted }) => receivedAt < at && isMuted === true),
    });
  }
}
