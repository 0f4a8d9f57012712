import type { Delivery } from '../../engine/callback/delivery.ts';
import { excerpt } from '../../engine/http/excerpt.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import { sameId } from '../ids.ts';
import { type Location, pathBehind } from '../location.ts';
import type { Answer } from '../mute-answer.ts';
import type { MuteOptions } from '../mute-request.ts';
import { rosterResources } from '../payloads/notification-items.ts';
import { ownEntry } from '../payloads/own-participant.ts';
import type { RosterEntry } from '../payloads/roster.ts';
import { announcement, owedEnds, owedUpdate } from './announcement.ts';
import { CallCallback } from './call-callback.ts';
import { callPath } from './call-path.ts';
import { KnownCall } from './known-call.ts';
import { MuteRequests, type Tried } from './mute-requests.ts';
import { readParticipants } from './participants.ts';
import { provide } from './sources/provide.ts';

export type { MuteOptions } from '../mute-request.ts';
export type { CallWishes } from './sources/provided.ts';

/** A call on the target. It is created when it is first needed and ends with its case. */
export class CallUnderTest extends KnownCall {
  /** What comes to its callback. */
  readonly callback = new CallCallback(this);
  readonly #requests = new MuteRequests(this, (mute) => this.tried(mute));
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
    return this.#requests.send(options.segment ?? 'mute', options);
  }

  async unmute(): Promise<Answer> {
    await this.ready();
    return this.#requests.send('unmute', {});
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
    await owedEnds(this, this.#requests.history.operations);
    this.#noteRelease();
    await this.provided.release();
    await this.hear();
    this.session.mailboxes.delete(this.mailbox);
  }

  /** Waits for what is owed, and holds it against what is promised of a mute that changed something. */
  async #judgeAnnouncement(): Promise<void> {
    await owedUpdate(this);
    const { promised, history } = this.#requests;
    if (promised === undefined) return;
    const announced = await announcement(this);
    if (announced === undefined) return;
    const { change, record, path } = promised;
    const evidence = () => ({ record, creation: this.provided.creation });
    this.session.observer.changed({ announced, path, evidence, history, since: change.since });
  }

  /** Holds what has come to its callback against what is promised of it, each once. */
  async hear(): Promise<void> {
    await owedUpdate(this);
    const { id, isLeg, hasPlainCallback, session } = this;
    const { history } = this.#requests;
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
