import type { ExchangeRecord } from '../../engine/http/exchange-record.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import { mistakeIn } from '../mistaken-mute.ts';
import type { Answer } from '../mute-answer.ts';
import { muteBody, type MuteOptions, sentMute, tokenIn } from '../mute-request.ts';
import { MuteHistory } from '../rules/mute-history.ts';
import { type MuteKind, muteKindOf, type SentMute } from '../rules/sent-mute.ts';
import { callPath } from './call-path.ts';
import type { CallScope } from './call-scope.ts';
import type { Change } from './changes.ts';
import type { KnownCall } from './known-call.ts';

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

/** A mute that changed its call, of which it is promised that this is announced. */
interface PromisedMute {
  readonly change: Change;
  readonly record: ExchangeRecord;
  readonly path: CallScope['path'];
}

/** The requests to mute and unmute a call: what they do is noted of the call, and shown to the observer of the run. */
export class MuteRequests {
  /** What was sent, and what came of that. */
  readonly history = new MuteHistory();
  readonly #call: KnownCall;
  readonly #tried: (mute: Tried | undefined) => void;
  #promised: PromisedMute | undefined;

  /** @param tried is told how each was answered, or that nobody knows what it did */
  constructor(call: KnownCall, tried: (mute: Tried | undefined) => void) {
    this.#call = call;
    this.#tried = tried;
  }

  /** The mute that changed the call last, where it is promised that this is announced. */
  get promised(): PromisedMute | undefined {
    return this.#promised?.change === this.#call.lastChange ? this.#promised : undefined;
  }

  /**
   * @param segment the last of the path
   * @throws CouldNotRun when it is refused and the call had ended by itself
   */
  async send(segment: string, options: MuteOptions): Promise<Answer> {
    const call = this.#call;
    const { scope, session } = call;
    const step = options.method === undefined ? segment : `${options.method} ${segment}`;
    const body = muteBody(options, scope);
    const at = session.clock.now();
    const mutes = segment !== 'unmute';
    call.note({ type: 'requested', at, mutes });
    if (mutes) session.noteMute(call.meeting, at);
    const sent = sentMute(options, body, call.kind, session.target);
    const kind = muteKindOf(sent);
    const observed = mutes ? this.#observe(options, { sent, kind, isJudged: segment === 'mute' }) : undefined;
    const answer = await scope
      .send({
        step,
        method: options.method ?? 'POST',
        path: callPath(options.path ?? scope.path, call.id, segment) + queryOf(options),
        ...(body !== undefined && { body }),
        ...(options.authorization !== undefined && { authorization: options.authorization }),
        ...(options.headers && { headers: options.headers }),
      })
      .catch((error: unknown) => {
        call.note({ type: 'unanswered' });
        observed?.();
        this.#tried(undefined);
        throw error;
      });
    observed?.(answer);
    if (segment === 'unmute') this.#tried(undefined);
    if (segment === 'unmute' && answer.succeeded) this.history.unmuted();
    const { succeeded } = answer;
    const { sentAt, answeredAt } = answer.http;
    call.note({ type: 'answered', sentAt, answeredAt, mutes, succeeded });
    // Where nobody declared /app, what answers there may be no mute at all.
    const isServed = options.path !== '/app' || session.target.capabilities.app === true;
    const change = call.lastChange;
    if (change?.answeredAt === answeredAt && segment === 'mute' && answer.status === 200 && isServed) {
      const promised = { change, record: answer.http.record, path: options.path ?? scope.path };
      this.#promised = kind === 'mistaken' ? undefined : promised;
    }
    if (answer.status === 200 && segment === 'mute' && call.kind !== 'peerToPeer' && isServed && isValid(options)) {
      session.noteSuccess(answer);
    }
    if (!succeeded && call.endedByItself) {
      throw new CouldNotRun(`the call ${call.id} ended by itself before its case was over`);
    }
    return answer;
  }

  /**
   * A mute is about to be sent.
   * @param mute isJudged tells whether it goes by its plain name; under another it is part of the history alone
   * @returns takes the answer, or nothing where none came, and shows it to the observer of the run
   */
  #observe(
    options: MuteOptions,
    { sent, kind, isJudged }: { readonly sent: SentMute; readonly kind: MuteKind; readonly isJudged: boolean },
  ): (answer?: Answer) => void {
    const { history } = this;
    const call = this.#call;
    const { session, scope } = call;
    const { muted } = call.state;
    const before = { repeated: history.isMuting || muted === true, underWay: history.underWay };
    const wasFree = muted === false;
    history.muteBegins();
    return (answer) => {
      const isRefused = answer !== undefined && !answer.succeeded;
      const isOver = call.state.deleted || call.endedByItself;
      if (answer !== undefined) {
        const isPlain = isJudged && (options.path ?? scope.path) === scope.path;
        this.#tried({ answer, kind: isPlain ? kind : 'optional', isRepeated: before.repeated });
      }
      if (answer === undefined || !isJudged || session.signal.aborted) {
        history.muteEnds(isRefused);
        return;
      }
      const { authorization } = options;
      const ofNoGroup = call.kind === 'peerToPeer' ? 'peer-to-peer call' : undefined;
      const othersOfCall = Math.max(before.underWay, history.underWay - 1);
      session.observer.answered({
        answer,
        sent: isOver ? { ...sent, callKind: undefined } : sent,
        mistake: mistakeIn({ ...options, of: isOver ? 'ended call' : ofNoGroup }, session.target),
        target: session.target,
        evidence: () => ({ record: answer.http.record, creation: call.provided.creation }),
        path: options.path ?? scope.path,
        callId: call.id,
        token: tokenIn(authorization ?? null) ?? session.target.token,
        history,
        repeated: before.repeated,
        changes: call.provided.isOwn && !isOver && wasFree && !before.repeated && othersOfCall === 0,
        othersOfCall,
        requestsInFlight: session.semaphore.taken,
      });
      // What this mute came to is history for the next.
      history.muteEnds(isRefused);
    };
  }
}
