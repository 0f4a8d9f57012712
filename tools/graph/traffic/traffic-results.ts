import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import type { Catalogue } from '../../engine/catalogue/catalogue.ts';
import { assembleResults } from '../../engine/results/assemble.ts';
import { withFindings } from '../../engine/results/findings.ts';
import type { LoggedCaseRecord, PlannedCaseRow, Results } from '../../engine/results/results.ts';
import { cutTranscript, TranscriptRoom } from '../../engine/run/transcript.ts';
import type { PromiseFinding } from '../rules/rule-book.ts';
import type { TrafficTarget } from './judge-traffic.ts';
import type { TrafficExchange } from './recorded.ts';
import { exchangeRecord, notificationRecord } from './traffic-record.ts';

/** The id of the row that recorded traffic has for a requirement; no case of the suite has such an id. */
export function rowId(requirement: string, path: '/communications' | '/app'): string {
  return `${requirement}/in-recorded-traffic${path === '/app' ? '@app' : ''}`;
}

/** Recorded traffic that has been judged. */
export interface JudgedTraffic {
  /** The name of its file, which the target takes. */
  readonly name: string;
  /** When its first request left, by the clock of its file. */
  readonly firstAt: number;
  readonly targets: readonly TrafficTarget[];
  readonly findings: readonly PromiseFinding<TrafficExchange>[];
  readonly notes: readonly string[];
  /** The requirements that were asked for; undefined for all. */
  readonly chosen: readonly RequirementId[] | undefined;
}

/** What tells these results from others. */
export interface TrafficRun {
  readonly id: string;
  readonly startedAt: string;
  readonly suiteVersion: string;
}

/**
 * Recorded traffic in results.json: one row for each requirement and path that it speaks of. No case of the suite has the
 * id of such a row, because none has run. Always partial.
 */
export function trafficResults(traffic: JudgedTraffic, run: TrafficRun, catalogue: Catalogue): Results {
  const { name, targets, findings, chosen } = traffic;
  const planned = rowsOf(findings);
  const cited = new Set(planned.map(({ requirement }) => requirement));
  const [{ baseUrl, apiVersion = 'unknown' } = { baseUrl: 'unknown' }, ...others] = targets;
  const results = assembleResults({
    header: {
      event: 'run',
      schemaVersion: 1,
      suite: {
        name: 'call-mute-conformance',
        version: run.suiteVersion,
        requirementSet: catalogue.requirementSet,
      },
      target: { name, baseUrl, apiVersion, capabilities: {} },
      run: {
        id: run.id,
        startedAt: run.startedAt,
        seed: 0,
        repeat: 1,
        filters: { traffic: [name], ...(chosen && { requirement: [...chosen] }) },
      },
      strict: false,
      cases: planned,
      requirements: catalogue.requirements.filter(({ id }) => cited.has(id)),
      knownIssues: [],
    },
    records: recordsOf(planned, traffic),
    targetRecord: undefined,
    end: { durationMs: 0, interrupted: false },
  });
  const notes = [
    ...traffic.notes,
    ...others.map((other) => `The traffic also has mutes of ${other.baseUrl}, which were judged, too.`),
  ];
  return notes.length === 0 ? results : { ...results, run: { ...results.run, notes } };
}

function rowsOf(findings: JudgedTraffic['findings']): PlannedCaseRow[] {
  const rows = findings.map(({ requirement, path }): PlannedCaseRow => ({
    id: rowId(requirement, path),
    requirement,
    suite: 'recorded-traffic',
    title: 'holds in the recorded traffic',
    path,
  }));
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

function recordsOf(planned: readonly PlannedCaseRow[], { name, firstAt, findings }: JudgedTraffic): LoggedCaseRecord[] {
  const room = new TranscriptRoom();
  const satisfied = planned.map(({ id }): LoggedCaseRecord => ({
    target: name,
    id,
    repetition: 0,
    outcome: { kind: 'satisfied' },
    checked: [],
    durationMs: 0,
    exchanges: [],
    notifications: [],
  }));
  return withFindings(
    satisfied,
    planned,
    // The slug names a case of the suite, of which there is none here.
    findings.map(({ slug: _slug, evidence, ...finding }) => {
      const isNotified = finding.things === 'updates' || finding.things === 'notifications';
      const whole = {
        exchanges: isNotified ? [] : evidence.map((exchange) => exchangeRecord(exchange, firstAt)),
        notifications: isNotified ? evidence.map((exchange) => notificationRecord(exchange, firstAt)) : [],
      };
      const { exchanges, notifications, length } = cutTranscript(whole, room.forCase);
      room.take(length);
      return { ...finding, exchanges, notifications };
    }),
  );
}
