import { type CaseRequest, CaseScope } from '../../engine/target/case-scope.ts';
import type { CallSession } from './call-session.ts';
import { Answer } from '../mute-answer.ts';

/** One attempt of one case about calls. */
export class CallScope extends CaseScope<CallSession> {
  /** How many times the case has run before. */
  readonly repetition: number;

  constructor(
    session: CallSession,
    caseId: string,
    path: '/communications' | '/app',
    label: string,
    repetition = 0,
    isUrgent = false,
  ) {
    super(session, caseId, path, label, isUrgent);
    this.repetition = repetition;
  }

  /** The name of the case, without requirement and path. */
  get slug(): string {
    return (this.caseId.split('/')[1] ?? '').replace('@app', '');
  }

  /** Which time the case runs, as its label says: the same for all cases that run for the same time. */
  get round(): string {
    return this.label.slice(this.caseId.length);
  }

  override async send(request: CaseRequest): Promise<Answer> {
    return new Answer(await super.send(request));
  }

  override async sendRelease(request: CaseRequest): Promise<Answer> {
    return new Answer(await super.sendRelease(request));
  }
}
