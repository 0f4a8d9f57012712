import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TokenVerdict } from '../../engine/callback/callback-token.ts';
import type { Delivery } from '../../engine/callback/delivery.ts';
import { isObject } from '../../engine/catalogue/json-value.ts';
import { kindOfBody, hasItemOf } from '../payloads/notification-items.ts';
import { isTerminal, operationUpdates } from '../payloads/operation-updates.ts';
import type { Answer } from '../mute-answer.ts';
import { answerRules, type MuteAnswered } from './answer-rules.ts';
import type { MuteHistory } from './mute-history.ts';
import { type ChangeAnnounced, changeRules } from './change-rules.ts';
import { findOperation, operationRules } from './operation-rules.ts';
import { mistakeRules, refusalRules } from './refusal-rules.ts';
import type { Rule } from './rule.ts';
import { RuleBook, type Things, type Violation } from './rule-book.ts';
import { owedRefusalOf, type OwedRefusalRule } from './owed-refusal.ts';
import { clientContextOf, longestContext, muteKindOf, type SentMute } from './sent-mute.ts';
import { type CalledBack, updateRules } from './update-rules.ts';
import { type MuteFacts, traitsOf } from './traits.ts';

/** A mute that was answered, with all that decides how it is to be judged. */
export interface AnsweredMute<Evidence> {
  readonly answer: Answer;
  readonly sent: SentMute;
  readonly target: MuteAnswered['target'];
  /** What shows it, if it is to be shown. */
  readonly evidence: () => Evidence;
  readonly path: MuteFacts['path'];
  /** The call that the path names, whether or not it is there. */
  readonly callId: string;
  /** Tells what is wrong with it from other mistakes; undefined where nothing is. */
  readonly mistake?: string | undefined;
  /** The bearer token of the request; undefined where there was none. */
  readonly token: string | undefined;
  /** Undefined for a call that was never there. */
  readonly history: MuteHistory | undefined;
  /** Whether nobody knows what kind of group call it is. */
  readonly isKindUnknown?: boolean;
  /** Whether another mute of the call had been sent, and not been refused, when this one was. */
  readonly repeated: boolean;
  /** Whether it is certain that the call was there and not muted, and that nothing else muted it meanwhile. */
  readonly changes: boolean;
  /** Other mutes of the call that were under way meanwhile. */
  readonly othersOfCall: number;
  readonly requestsInFlight: number;
}

/** A call whose callback has been listened to. */
export interface HeardCall<Evidence> extends CalledBack {
  readonly evidenceOf: (delivery: Delivery) => Evidence;
  readonly path: MuteFacts['path'];
  readonly history: MuteHistory;
  readonly deliveries: readonly Delivery[];
  /** Checks the token of a delivery, where that can be done. */
  readonly tokenOf?: (delivery: Delivery) => Promise<TokenVerdict | undefined>;
}

/** A call that a mute has changed, when that has been announced or could have been. */
export interface ChangedCall<Evidence> extends Pick<AnsweredMute<Evidence>, 'path' | 'evidence'> {
  readonly announced: ChangeAnnounced;
  readonly history: MuteHistory;
  /** When the mute was sent, or the first of several at once. */
  readonly since: number;
}

/** What updates are that came once a mute had been sent; a first roster may be of another making. */
export const afterMute = 'after a mute';

/** What an answer is that came to a call of which another mute had been answered. */
export const furtherMute = 'a further mute';

/** A flood is judged so many at a time, so that everything else goes on meanwhile. */
const atOnce = 100;

/** No roster of a call that the suite makes comes near it, in characters. */
const usualBody = 64 * 1024;

/**
 * Longer bodies are read for the rules up to so many characters of a run: what is read costs many times its length, and
 * the cases that ask for an update look at theirs whatever its length.
 */
const longBodies = 4 * 1024 * 1024;

const { statusSuccess, repeatNoServerError, ...promisesOfSuccess } = answerRules;
const aboutSuccess: readonly Rule<MuteAnswered>[] = Object.values(promisesOfSuccess);
const aboutMistakes = Object.values(mistakeRules);
const aboutRefusals = Object.values(refusalRules);
const aboutUpdates = Object.values(updateRules);
const aboutOperations = Object.values(operationRules);
const aboutChanges = Object.values(changeRules);

/**
 * Sees every answer to a mute and every notification of a run, and holds each against all that is promised of it.
 * What it keeps does not grow with what it sees.
 */
export class MuteObserver<Evidence> {
  readonly book = new RuleBook<Evidence>();
  readonly #seen = new WeakSet<Delivery>();
  readonly #violations = new WeakMap<Answer, readonly Violation[]>();
  readonly #muting = new Set<MuteFacts['path']>();
  /** Where mutes of what is muted succeed: else a refusal may be one of those. */
  readonly #mutingAgain = new Set<MuteFacts['path']>();
  #longBodiesLeft = longBodies;
  #mutes = 0;

  /** Whether a valid mute succeeded there: else a refusal may have any reason. */
  mutesOn(path: MuteFacts['path']): boolean {
    return this.#muting.has(path);
  }

  answered(mute: AnsweredMute<Evidence>): void {
    const violations = this.#judged(mute);
    if (violations.length > 0) this.#violations.set(mute.answer, violations);
  }

  /** The promises that an answer broke which was shown before. */
  violationsIn(answer: Answer): readonly Violation[] {
    return this.#violations.get(answer) ?? [];
  }

  #judged(mute: AnsweredMute<Evidence>): Violation[] {
    const { answer, sent, path, history, token, evidence, mistake } = mute;
    const traits = traitsOf(this.#factsOf(mute));
    this.#mutes += 1;
    history?.sent(answer.http.sentAt, !answer.succeeded, traits);
    const answered = muteAnswered(mute);
    // It says when to come again: that is throttling, and waited for.
    if (answer.status >= 500 && answer.http.header('retry-after').length > 0) return [];
    const violations: Violation[] = [];
    const judge = <What>(rules: Iterable<Rule<What>>, what: What, things: Things, about?: string): void => {
      violations.push(...this.book.judge(rules, what, { things, path, traits, evidence, about }));
    };
    const kind = muteKindOf(sent);
    // An empty body is a mistake that may be put up with.
    if (kind === 'mistaken' || (sent.bytes === 0 && !mute.repeated)) {
      const maybeUnserved = sent.method !== 'POST' || sent.callKind === 'peerToPeer';
      judge(aboutMistakes, { answer, maybeUnserved }, 'answers', mistake);
    } else if (mute.repeated) judge([repeatNoServerError], answered, 'answers');
    const owedRefusal = mistake === undefined ? undefined : owedRefusalOf(sent);
    if (owedRefusal !== undefined && this.#isAboutMistake(mute, owedRefusal)) {
      judge([owedRefusal], { answer }, 'mistaken mutes');
    }
    if (isRefusal(answer.status) && isShort(sent)) judge(aboutRefusals, { answer, token }, 'refusals', mistake);
    const isOwed = mute.changes && isOwedSuccess(sent) && !isThrottling(answer.status);
    if (kind === 'valid' && (answer.succeeded || isOwed)) judge([statusSuccess], answered, 'answers');
    if (!answer.succeeded) return violations;
    if (kind === 'valid') this.#muting.add(path);
    if (kind === 'valid' && mute.repeated) this.#mutingAgain.add(path);
    const about = (history?.operations.length ?? 0) > 0 ? furtherMute : undefined;
    judge(kind === 'mistaken' ? [answerRules.echoTooLong] : aboutSuccess, answered, 'answers', about);
    if (kind !== 'mistaken') remember(answered, history);
    return violations;
  }

  /** Whether an answer is one to the mistake and to nothing else: it accepts that, or would be a success but for it. */
  #isAboutMistake({ answer, changes, repeated, path }: AnsweredMute<Evidence>, { about }: OwedRefusalRule): boolean {
    if (answer.succeeded) return true;
    const isMutable = repeated ? this.#mutingAgain.has(path) : changes && this.#muting.has(path);
    return isMutable && about.has(answer.status);
  }

  /** A mute has changed its call, and was announced so. */
  changed({ announced, path, evidence, history, since }: ChangedCall<Evidence>): void {
    this.book.judge(aboutChanges, announced, {
      things: 'mutes',
      path,
      traits: history.traitsOfMuteAt(since),
      evidence,
    });
  }

  /** A usual body always, a long one as long as there is room for such. */
  #mayRead({ body: { length } }: Delivery): boolean {
    if (length <= usualBody) return true;
    this.#longBodiesLeft -= length;
    return this.#longBodiesLeft >= 0;
  }

  /** Looks at all that came to the callback of a call, each once, whatever is left of it to come. */
  async heard(call: HeardCall<Evidence>, signal: AbortSignal): Promise<void> {
    const { history, path, deliveries, evidenceOf, tokenOf } = call;
    for (const [index, delivery] of [...deliveries].entries()) {
      if (index % atOnce === atOnce - 1) await nextTurn();
      if (signal.aborted) return;
      if (this.#seen.has(delivery)) continue;
      this.#seen.add(delivery);
      if (!this.#mayRead(delivery)) continue;
      const { json, receivedAt } = delivery;
      const seen = { path, traits: history.traitsOfUpdateAt(receivedAt), evidence: () => evidenceOf(delivery) };
      // What nobody can read may be meant as an update once there was something to tell.
      const isAfterMute = history.wasSentBy(receivedAt);
      if (hasItemOf(json, 'roster') || (kindOfBody(json) === 'unknown' && isAfterMute)) {
        const about = isAfterMute ? afterMute : undefined;
        const token = await tokenOf?.(delivery);
        this.book.judge(aboutUpdates, { delivery, call, token }, { ...seen, things: 'updates', about });
      }
      if (hasItemOf(json, 'operation')) {
        const answered = findOperation(history.operations);
        const endBefore = (id: string) => history.endOf(id);
        this.book.judge(aboutOperations, { json, answered, endBefore }, { ...seen, things: 'notifications' });
        for (const { id, status } of operationUpdates(json)) {
          if (id !== undefined && isTerminal(status)) history.ended(id, String(status));
        }
      }
    }
  }

  #factsOf({
    sent,
    isKindUnknown,
    path,
    history,
    repeated,
    othersOfCall,
    requestsInFlight,
  }: AnsweredMute<Evidence>): MuteFacts {
    return {
      path,
      callKind: isKindUnknown === true ? undefined : sent.callKind,
      repeated,
      afterUnmute: history?.afterUnmute ?? false,
      afterRefusal: history?.afterRefusal ?? false,
      clientContext: clientContextOf(sent),
      mediaTypeParameters: (sent.contentType ?? '').includes(';'),
      othersOfCall,
      requestsInFlight,
      mutesBefore: this.#mutes,
    };
  }
}

function muteAnswered({ answer, callId, target, sent, history }: AnsweredMute<unknown>): MuteAnswered {
  const { json } = answer;
  const id = isObject(json) ? json['id'] : undefined;
  const sameIdAs = history?.operations.find((operation) => operation.id === id);
  return { answer, callId, target, clientContext: clientContextOf(sent), sameIdAs };
}

/** A 4xx says that the client is at fault; so does 501, of a method or feature that is not served (fact 70). */
function isRefusal(status: number): boolean {
  return (status >= 400 && status < 500 && status !== 429) || status === 501;
}

/** Whether no other promise says that such a mute succeeds: of meetings, parameters and 256 characters there is one. */
function isOwedSuccess({ callKind, contentType = '', json }: SentMute): boolean {
  const clientContext = clientContextOf({ json });
  const isLong = typeof clientContext === 'string' && clientContext.length >= longestContext;
  return callKind === 'group' && !contentType.includes(';') && !isLong;
}

/** What says nothing of the request but that it is to come again. */
function isThrottling(status: number): boolean {
  return status === 429 || status === 503;
}

/** What is refused for its size may be refused by what stands before the service. */
function isShort({ bytes }: SentMute): boolean {
  return bytes < 65_536;
}

function remember({ answer, clientContext }: MuteAnswered, history: MuteHistory | undefined): void {
  const { json } = answer;
  if (!isObject(json) || typeof json['id'] !== 'string') return;
  history?.answered({ id: json['id'], status: json['status'], clientContext });
}
