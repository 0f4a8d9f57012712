/** The types of results.json under short names; specs/results.schema.json is the authority. */
import type { components } from '../../../specs/generated/results.ts';

type Schemas = components['schemas'];

export type Results = Schemas['results'];
export type CaseResult = Schemas['caseResult'];
export type RequirementResult = Schemas['requirementResult'];
export type Cause = Schemas['cause'];
export type Summary = Results['summary'];
export type Exchange = Schemas['exchange'];
export type RecordedRequest = Schemas['request'];
export type RecordedResponse = Schemas['response'];
export type RecordedHeaders = Schemas['headers'];
export type NotificationRecord = Schemas['notification'];
export type Attempt = Schemas['attempt'];
export type Observed = Schemas['observed'];
export type Traffic = Schemas['traffic'];
export type Verdict = Schemas['verdict'];
export type Counts = Schemas['counts'];
export type Level = Schemas['level'];
export type Evidence = Schemas['evidence'];
/** An entry of the known-issues file, as a run was given it. */
export type ListedIssue = Schemas['listedIssue'];
/** What is known of a run on one target before its first case: the first line of events.jsonl. */
export type RunHeader = Schemas['runHeader'];
/** What is known of a run on one target after its last case: the last line of events.jsonl. */
export type RunEnd = Omit<Schemas['endEvent'], 'event'>;
export type RunEvent = Schemas['event'];
export type RequirementRow = Schemas['requirementRow'];
/** A case as a run planned it, with the requirement as any text: files may be of another version. */
export type PlannedCaseRow = Schemas['plannedCase'];
/** What the worker says of a case, as the log has it. */
export type LoggedCaseRecord = Schemas['caseRecord'];
/** What a transcript contained that is left out. */
export type OmittedTranscript = Schemas['omitted'];
export type LoggedTargetRecord = Schemas['targetRecord'];
/** What a promise has come to over everything of a run that it speaks of. */
export type RuleFinding = Schemas['ruleFinding'];
