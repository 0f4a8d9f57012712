import { requestMs } from './request-time.ts';
import type { CaseResult, Results } from './results.ts';

/** Whose transcripts results.json keeps: of every case, or of those that did not pass. */
export type Transcripts = 'all' | 'failures';

/**
 * Results with the transcripts that are wanted. What nobody reads is most of what a run records: of a case that passed
 * the numbers stay.
 */
export function withTranscripts(results: Results, kept: Transcripts): Results {
  return kept === 'all' ? results : { ...results, cases: results.cases.map(withoutNeedless) };
}

function withoutNeedless(each: CaseResult): CaseResult {
  const { verdict, exchanges, notifications } = each;
  if (verdict !== 'passed' || exchanges.length + notifications.length === 0) return each;
  const { truncated: _truncated, ...rest } = each;
  return {
    ...rest,
    exchanges: [],
    notifications: [],
    omitted: {
      exchanges: exchanges.length,
      notifications: notifications.length,
      requestMs: Math.round(requestMs(each) * 10) / 10,
    },
  };
}
