/** The types of results.json under short names; specs/results.schema.json is the authority. */
import type { components } from '../../specs/generated/results.ts';

type Schemas = components['schemas'];

export type Results = Schemas['results'];
export type CaseResult = Schemas['caseResult'];
export type RequirementResult = Schemas['requirementResult'];
export type Summary = Results['summary'];
export type Exchange = Schemas['exchange'];
export type RecordedRequest = Schemas['request'];
export type RecordedResponse = Schemas['response'];
export type RecordedHeaders = Schemas['headers'];
export type NotificationRecord = Schemas['notification'];
export type Attempt = Schemas['attempt'];
export type Traffic = Schemas['traffic'];
export type Verdict = Schemas['verdict'];
export type Counts = Schemas['counts'];
export type Level = Schemas['level'];
export type Evidence = Schemas['evidence'];
