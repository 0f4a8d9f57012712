/** The vocabulary of the suites: all that a suite imports. What is behind it is plumbing. */
export type { RequirementId } from '../../specs/generated/requirement-ids.ts';
export { sameId } from '../contract/ids.ts';
export { judge, type Problem } from '../contract/judge.ts';
export { hasVersion } from '../target/base-url.ts';
export { partingOf } from '../target/callback-path.ts';
export { verifyCallbackToken } from '../target/callback-token.ts';
export type { CallUnderTest, MuteOptions } from '../target/call.ts';
export { CouldNotRun, Indeterminate, NotApplicable } from '../target/could-not-run.ts';
export type { Delivery } from '../target/callback-receiver.ts';
export type { Answer } from '../target/mute-answer.ts';
export { rosterResources } from '../contract/notification-items.ts';
export { isPending, isTerminal, type OperationUpdate, operationUpdates } from '../contract/operation-updates.ts';
export { answerOrCrash } from './answer-or-crash.ts';
export { rosterDeltas, type RosterEntry, rosterEntries } from '../contract/roster.ts';
export { type CaseOptions, check, checkRun, suite } from './check.ts';
export { type CaseContext, control, given } from './context.ts';
export {
  aboutParticipants,
  controlTakesEffect,
  entryOf,
  expectNoMuteReported,
  expectNotMuted,
  expectSilence,
  knownOthers,
  ownAsReported,
  readableRosterUpdates,
  rosterUpdates,
  rosterWithOwn,
  withParticipants,
  strayedIn,
} from './effects.ts';
export { shown } from './expect.ts';
export { expectOthersUntouched, listedOtherwise, reportedNewly } from './other-participants.ts';
export { expectForAnyPrintable } from './property.ts';
export { refused } from './refused.ts';
export { muteAgain } from './repeated-mute.ts';
export { expectStaysMuted, isRepetition, updatesComeAgain } from './staying-muted.ts';
