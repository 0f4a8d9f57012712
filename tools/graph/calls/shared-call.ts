import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import type { ExchangeRecord } from '../../engine/http/exchange-record.ts';
import type { Target } from '../../engine/target/target.ts';
import { CallUnderTest } from './call.ts';
import type { CallScope } from './call-scope.ts';
import type { CallSession } from './call-session.ts';
import type { Tried } from './mute-requests.ts';
import type { IdleCall } from './shared-calls.ts';
import { fixedThread } from './sources/create-body.ts';
import { nextTrust, type Trust, untried } from './trust.ts';

/** Whether as many group calls can be made as are wanted: what is given, or its thread, is shared in another way. */
export function canShareCalls({ calls }: Pick<Target, 'calls'>): boolean {
  const source = calls.group ?? {};
  return source !== 'none' && source.id === undefined && fixedThread(source) === undefined;
}

/** What an answer breaks that repeats an earlier one of the call. */
const signsOfRepetition: ReadonlySet<RequirementId> = new Set(['context.echo', 'response.id-unique']);

/** A group call that cases use one after another, each for itself as long as it runs. */
export class SharedCall extends CallUnderTest implements IdleCall {
  #trust: Trust<ExchangeRecord> = untried;
  #isReused = false;
  #isUsed = false;
  #hasFailed = false;
  #takenAt = 0;

  /** The call of a case, which is going to be one of others, too. */
  constructor(session: CallSession, scope: CallScope) {
    super(session, scope, 'group');
  }

  get path(): CallScope['path'] {
    return this.scope.path;
  }

  /** Lets the next case have it, which shows how it was created. */
  passTo(scope: CallScope): void {
    this.useScope(scope);
    this.#isReused = true;
    this.#isUsed = false;
    this.#hasFailed = false;
    this.#takenAt = this.session.clock.now();
    this.#show(this.provided.creation);
  }

  override get takenAt(): number {
    return this.#takenAt;
  }

  /** Whether the case that has it used it, and others had used it before. */
  get wasReused(): boolean {
    return this.#isReused && this.#isUsed;
  }

  /** Whether it was created, and nothing came of it: where calls never become ready, cases need not wait in line for them. */
  get isInVain(): boolean {
    return this.exists && !this.#isUsed && !this.#isReused && this.#trust.stage === 'untried';
  }

  /** Whether another case may have it. */
  get isReusable(): boolean {
    return this.exists && this.#trust.stage !== 'untried' && !this.state.deleted && !this.endedByItself;
  }

  /**
   * Whether a valid mute succeeds now, with an answer of its own, and none of the case was answered 5xx, which may be for
   * what was done with the call before. Never throws.
   */
  async isWell(): Promise<boolean> {
    if (this.#hasFailed) return false;
    try {
      const answer = await this.mute();
      answer.http.record.markAsControl();
      const violated = this.session.observer.violationsIn(answer).map(({ requirement }) => requirement);
      return answer.status === 200 && !violated.some((requirement) => signsOfRepetition.has(requirement));
    } catch {
      return false;
    }
  }

  override showControl(): boolean {
    if (this.#trust.stage !== 'proven') return false;
    this.#show(this.#trust.control);
    return true;
  }

  protected override tried(mute: Tried | undefined): void {
    this.#isUsed = true;
    if (mute === undefined) this.#trust = untried;
    else {
      const { status, http } = mute.answer;
      this.#hasFailed ||= mute.kind !== 'mistaken' && status >= 500;
      this.#trust = nextTrust(this.#trust, { ...mute, status, control: http.record });
    }
  }

  #show(record: ExchangeRecord | undefined): void {
    this.scope.include({ records: record === undefined ? [] : [record] });
  }
}
