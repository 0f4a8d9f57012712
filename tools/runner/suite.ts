/** The vocabulary of the suites: all that a suite imports. What is behind it is plumbing. */
export type { RequirementId } from '../../specs/generated/requirement-ids.ts';
export { sameId } from '../contract/ids.ts';
export { judge, type Problem } from '../contract/judge.ts';
export { partingOf } from '../target/callback-path.ts';
export { verifyCallbackToken } from '../target/callback-token.ts';
export type { CallUnderTest, MuteOptions } from '../target/call.ts';
export { CouldNotRun, Indeterminate, NotApplicable } from '../target/could-not-run.ts';
export type { Delivery } from '../target/callback-receiver.ts';
export type { Answer } from '../target/mute-answer.ts';
export { type RosterEntry, rosterEntries, rosterResources } from '../target/notifications.ts';
export { isPending, isTerminal, type OperationUpdate, operationUpdates } from '../target/operation-updates.ts';
export { type CaseOptions, check, checkRun, suite } from './check.ts';
export { type CaseContext, control, given } from './context.ts';
export {
  aboutParticipants,
  controlTakesEffect,
  entryOf,
  expectNoMuteReported,
  expectNotMuted,
  expectSilence,
  quietWindowAfter,
  mutedBefore,
  readableRosterUpdates,
  rosterUpdates,
  rosterWithOwn,
  withParticipants,
} from './effects.ts';
export { shown } from './expect.ts';
export { expectForAnyPrintable } from './property.ts';
export { refused } from './refused.ts';
export { muteAgain } from './repeated-mute.ts';
export { expectStaysMuted, updatesComeAgain } from './staying-muted.ts';
