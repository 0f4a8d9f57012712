import { type RequirementId, requirementLevels } from '../../specs/generated/requirement-ids.ts';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import path from 'node:path';
import { createRedactor, type Redactor } from '../engine/http/redaction.ts';
import { judgeTraffic, type TrafficSeen } from '../graph/traffic/judge-traffic.ts';
import { readTraffic } from '../graph/traffic/read-traffic.ts';
import { placeOf, type RecordedTraffic } from '../graph/traffic/recorded.ts';
import { secretsIn } from '../graph/traffic/secrets-in.ts';
import type { JudgedTraffic } from '../graph/traffic/traffic-results.ts';
import type { PromiseFinding } from '../graph/rules/rule-book.ts';
import type { Level } from '../engine/results/results.ts';
import type { Style } from '../reports/console-style.ts';
import { printableLine } from '../reports/printable.ts';

/** What `check --as traffic` found out; with --json it is printed as it is. */
export interface TrafficJudgement {
  readonly file: string;
  readonly as: 'traffic';
  readonly format: RecordedTraffic['format'];
  /** Traffic shows what somebody happened to ask for: it never makes a target conformant as a whole. */
  readonly partial: true;
  readonly seen: TrafficSeen;
  readonly findings: readonly (PromiseFinding<string> & { readonly level: Level })[];
  readonly notes: readonly string[];
}

/** A judgement, with all that reports are made of. */
export interface CheckedTraffic {
  /** Without secrets. */
  readonly judgement: TrafficJudgement;
  /** As it is in the file: nothing of it is printed or written before it went through the redactor. */
  readonly judged: JudgedTraffic;
  readonly redactor: Redactor;
}

/**
 * Judges recorded traffic by the rules of a run.
 * @param chosen only these requirements; all when left out
 * @throws ConfigurationError when it is no traffic, or has nothing in it that can be judged
 */
export async function checkTraffic(
  file: string,
  { value, text }: { readonly value: unknown; readonly text: string },
  chosen: readonly RequirementId[] | undefined,
): Promise<CheckedTraffic> {
  const name = file === '-' ? 'Standard input' : file;
  const traffic = readTraffic(value, text, name);
  if (traffic === undefined) {
    throw new ConfigurationError(
      `${name} is neither an HTTP archive (HAR 1.2) nor a cassette; docs/traffic.md says how to record one.`,
    );
  }
  const { seen, targets, findings, notes } = await judgeTraffic(traffic.exchanges);
  if (seen.mutes + seen.notifications === 0) {
    throw new ConfigurationError(
      `${name} has ${traffic.exchanges.length} requests, and neither a mute (POST …/calls/{id}/mute) nor a notification among them that could be judged.`,
    );
  }
  const wanted = findings.filter(({ requirement }) => chosen?.includes(requirement) ?? true);
  if (wanted.length === 0) {
    throw new ConfigurationError(`Nothing in ${name} concerns ${(chosen ?? []).join(', ')}.`);
  }
  const judgement: TrafficJudgement = {
    file,
    as: 'traffic',
    format: traffic.format,
    partial: true,
    seen,
    findings: wanted.map((finding) => ({
      ...finding,
      level: requirementLevels[finding.requirement],
      evidence: finding.evidence.map(placeOf),
    })),
    notes: [...traffic.notes, ...notes],
  };
  const redactor = createRedactor(secretsIn(traffic.exchanges));
  const judged: JudgedTraffic = {
    name: file === '-' ? 'standard input' : path.basename(file),
    firstAt: traffic.exchanges[0]?.at ?? 0,
    targets,
    findings: wanted,
    notes: judgement.notes,
    chosen,
  };
  return { judgement: redactor.deep(judgement), judged, redactor };
}

/** A judgement as lines for a terminal. */
export function renderTraffic({ file, seen, findings, notes }: TrafficJudgement, style: Style): string[] {
  const violated = findings.filter(({ violated }) => violated > 0);
  const musts = new Set(violated.filter(({ level }) => level === 'must').map(({ requirement }) => requirement)).size;
  const others = new Set(violated.filter(({ level }) => level !== 'must').map(({ requirement }) => requirement)).size;
  const requirements = new Set(findings.map(({ requirement }) => requirement)).size;
  const { calls, mutes, operationReads, notifications } = seen;
  const what = `${calls} calls, ${mutes} mutes, ${operationReads} reads of operations, ${notifications} notifications`;
  const result = violated.length === 0 ? 'no promise broken' : `${musts} musts and ${others} shoulds broken`;
  const from = file === '-' ? 'standard input' : printableLine(file);
  return [
    ...violated.flatMap((finding) => [...linesOf(finding, style), '']),
    ...notes.flatMap((note) => style.wrapped(`note: ${printableLine(note)}`, 0)),
    ...style.wrapped(`${result}, of ${requirements} requirements that apply to the traffic (${from}: ${what})`, 0),
  ];
}

function linesOf(finding: TrafficJudgement['findings'][number], style: Style): string[] {
  const { requirement, level, path, things, count, violated, situation, first, evidence } = finding;
  const sign = style.sign(level === 'must' ? 'failed' : 'warned');
  const where = `in ${violated} of ${count} ${things} on ${path}${situation === undefined ? '' : `; ${situation}`}`;
  const details: readonly [string, string | undefined][] = [
    ['expected', first?.expectation],
    ['actual', first?.actual],
    ['where', where],
    ...evidence.map((place): [string, string] => ['see', place]),
  ];
  return [
    `${sign} ${style.colours.bold(requirement)} (${level})`,
    ...details.flatMap(([name, text]) =>
      text === undefined ? [] : style.wrapped(`${name.padEnd(9)} ${printableLine(text)}`, 2).map((line) => `  ${line}`),
    ),
  ];
}
