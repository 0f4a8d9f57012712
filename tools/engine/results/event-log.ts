/**
 * events.jsonl: a run on one target as it went, one JSON object a line. It stands in the report folder from
 * the first moment of a run until results.json does: when a run dies, results are rebuilt from it.
 */
import { ConfigurationError } from '../catalogue/errors.ts';
import { assembleResults } from './assemble.ts';
import type { LoggedCaseRecord, LoggedTargetRecord, Results, RunEnd, RunEvent, RunHeader } from './results.ts';
import { type Definition, resultsProblem } from './results-schema.ts';

const definitions: Readonly<Record<string, Definition>> = {
  run: 'runHeader',
  case: 'caseEvent',
  target: 'targetEvent',
  end: 'endEvent',
};

/** Whether a text begins as a log of events does. */
export function looksLikeEventLog(text: string): boolean {
  return /^\uFEFF?\s*\{\s*"event"\s*:\s*"run"/.test(text.slice(0, 200));
}

/** @throws ConfigurationError when the line is none of a log's; undefined for a line that was cut off */
function readEvent(line: string, number: number, isLast: boolean, file: string): RunEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // The process ended while it wrote this line.
    if (isLast && number > 1) return undefined;
    throw new ConfigurationError(`${file}, line ${number}: not valid JSON, so the file is not a run log.`);
  }
  const kind = typeof value === 'object' && value !== null && 'event' in value ? value.event : undefined;
  const definition = typeof kind === 'string' && Object.hasOwn(definitions, kind) ? definitions[kind] : undefined;
  if (definition === undefined) {
    throw new ConfigurationError(`${file}, line ${number}: not an event of a run (expected run, case, target or end).`);
  }
  const problem = resultsProblem(definition, value);
  if (problem !== undefined) throw new ConfigurationError(`${file}, line ${number}: ${problem}`);
  return value as RunEvent;
}

/** What a log tells, before anything is made of it. */
interface LoggedRun {
  readonly header: RunHeader;
  readonly records: LoggedCaseRecord[];
  targetRecord: LoggedTargetRecord | undefined;
  end: RunEnd | undefined;
}

function addEvent(log: LoggedRun, event: RunEvent): void {
  switch (event.event) {
    case 'case':
      log.records.push(event.record);
      break;
    case 'target':
      log.targetRecord = event.record;
      break;
    case 'end': {
      const { event: _event, ...end } = event;
      log.end = end;
      break;
    }
    case 'run':
      break;
  }
}

function checkReferences({ header, records }: LoggedRun, file: string): void {
  const rows = new Set(header.requirements.map(({ id }) => id));
  const { cases, casesOfAllShards = [] } = header;
  const stray = [...cases, ...casesOfAllShards].find(({ requirement }) => !rows.has(requirement));
  if (stray !== undefined) {
    throw new ConfigurationError(
      `${file}: ${stray.id} cites ${stray.requirement}, which the header does not describe.`,
    );
  }
  const planned = new Set(cases.map(({ id }) => id));
  const unknown = records.find(({ id }) => !planned.has(id));
  if (unknown !== undefined) {
    throw new ConfigurationError(`${file}: ${unknown.id} has a record, but the header did not plan it.`);
  }
}

/** How long a run lasted at least, in milliseconds, by the last thing that its cases recorded. */
function lastedAtLeast(records: readonly LoggedCaseRecord[]): number {
  return records.reduce((latest, { exchanges, notifications }) => {
    const times = [...exchanges.map(({ sentAtMs, ms }) => sentAtMs + ms), ...notifications.map((n) => n.receivedAtMs)];
    return times.reduce((later, time) => Math.max(later, time), latest);
  }, 0);
}

/**
 * Rebuilds results from the text of events.jsonl: the same as the run wrote itself, or, when it did not come to its
 * end, what was known until then, with `complete: false`. A last line that was cut off is left out.
 * @param file the name of the log, for messages
 * @throws ConfigurationError when it is no log of a run
 */
export function rebuild(text: string, file: string): Results {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const events = lines
    .slice(0, last + 1)
    .flatMap((line, index) => (line.trim() === '' ? [] : (readEvent(line, index + 1, index === last, file) ?? [])));
  const [header, ...rest] = events;
  if (header?.event !== 'run') {
    throw new ConfigurationError(`${file}: the first line is not the header of a run, so the file is not a run log.`);
  }
  const log: LoggedRun = { header, records: [], targetRecord: undefined, end: undefined };
  for (const event of rest) addEvent(log, event);
  checkReferences(log, file);
  return assembleResults({
    ...log,
    end: log.end ?? {
      durationMs: lastedAtLeast(log.records),
      interrupted: false,
      missing: { kind: 'could-not-run', reason: 'the run ended before this case did' },
    },
  });
}
