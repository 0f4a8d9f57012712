/** The vocabulary of the suites: all that a suite imports. What is behind it is plumbing. */
export type { RequirementId } from '../../specs/generated/requirement-ids.ts';
export { sameId } from './ids.ts';
export { judge } from './payloads/judge.ts';
export { verifyCallbackToken } from '../engine/callback/callback-token.ts';
export type { CallUnderTest, MuteOptions } from './calls/call.ts';
export { CouldNotRun, failedPremise, Indeterminate, NotApplicable } from '../engine/target/could-not-run.ts';
export type { Delivery } from '../engine/callback/callback-receiver.ts';
export type { Answer } from './mute-answer.ts';
export { rosterResources } from './payloads/notification-items.ts';
export { isPending, isTerminal, type OperationUpdate, operationUpdates } from './payloads/operation-updates.ts';
export { answerOrCrash } from './answer-or-crash.ts';
export { rosterDeltas, type RosterEntry, rosterEntries } from './payloads/roster.ts';
export type { CaseOptions } from '../engine/cases/suite.ts';
export { type CallSuite, defineSuite } from './call-suite.ts';
export type { CaseContext } from './context.ts';
export { control, controlOn, given } from './premises.ts';
export {
  aboutParticipants,
  controlAnnounced,
  controlTakesEffect,
  entryOf,
  expectListedUnmuted,
  expectNoMuteReported,
  expectNotMuted,
  expectSilence,
  ownAsReported,
  readableRosterUpdates,
  rosterUpdates,
  withParticipants,
} from './effects.ts';
export {
  answersSatisfy,
  mistakeSatisfies,
  type MuteToRefuse,
  refusalSatisfies,
  updatesSatisfy,
} from './cases-of-rules.ts';
export type { MistakenMute } from './mistaken-mute.ts';
export { shown } from '../engine/cases/expect.ts';
export { expectOthersUntouched, listedOtherwise, reportedNewly } from './other-participants.ts';
export { type Experiment, experiment, type StepResults } from './experiments/experiment.ts';
export { type MoreOfMistake, type RefusedMute, refusedMute } from './experiments/refused-mute.ts';
export { watchedMute } from './experiments/watched-mute.ts';
export { expectForAnyPrintable } from '../engine/cases/property.ts';
export { refused } from './refused.ts';
export { muteAgain } from './repeated-mute.ts';
export { expectStaysMuted, isRepetition, updatesComeAgain } from './staying-muted.ts';
export { answerRules, type MuteAnswered } from './rules/answer-rules.ts';
export { furtherMute } from './rules/mute-observer.ts';
export { literalStrings } from './rules/echo-rules.ts';
export { operationRules } from './rules/operation-rules.ts';
export { owedRefusalRules, type OwedRefusalRule, unsupportedTypes } from './rules/owed-refusal.ts';
export { mistakeRules, refusalRules } from './rules/refusal-rules.ts';
export type { Rule } from './rules/rule.ts';
export { answerSeen, updateSeen } from './rules/seen.ts';
export { updateRules } from './rules/update-rules.ts';
export { walkMutes } from './walk/walk-mutes.ts';
