import { type CaseRequest, CaseScope } from '../../engine/target/case-scope.ts';
import type { CallSession } from './call-session.ts';
import { Answer } from '../mute-answer.ts';

/** One attempt of one case about calls. */
export class CallScope extends CaseScope<CallSession> {
  override async send(request: CaseRequest): Promise<Answer> {
    return new Answer(await super.send(request));
  }

  override async sendRelease(request: CaseRequest): Promise<Answer> {
    return new Answer(await super.sendRelease(request));
  }
}
