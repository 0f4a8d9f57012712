import { type RequirementId, requirementIds } from '../../specs/generated/requirement-ids.ts';
import { isRequirementId } from '../engine/catalogue/catalogue.ts';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { isHttpArchive } from '../engine/cassette/har.ts';
import { judge, type PayloadKind, payloadKinds, problemLimit } from '../graph/payloads/judge.ts';
import { hasAnythingOf, judgedRequirements } from '../graph/payloads/judged.ts';
import { didYouMean } from '../engine/catalogue/nearest.ts';
import { Style } from '../reports/console-style.ts';
import { printableLine } from '../reports/printable.ts';
import { type Judgement, renderJudgement } from './check-text.ts';
import type { CheckedTraffic } from './check-traffic.ts';
import { readPayload, trafficSizeLimit } from './check-payload.ts';
import { widthOf } from './output-width.ts';
import { type CommandIo, wantsColour, wantsUnicode } from './command-io.ts';

export interface CheckOptions {
  readonly as?: string;
  /** Where the reports of traffic are written. */
  readonly reportDir?: string;
  readonly formats?: readonly string[];
  readonly partial?: boolean;
  readonly requirement?: readonly string[];
  readonly json?: boolean;
}

/** Writes the reports of traffic; given by the caller, for without it nothing heavy is loaded. */
export type WriteTraffic = (checked: CheckedTraffic, reportDir: string) => Promise<void>;

/**
 * Judges a payload from a log by the requirements that can be judged from it alone, and prints each problem.
 * @param file a path, or `-` for standard input
 * @returns 0 when no must is broken, else 1
 * @throws ConfigurationError when an option is wrong, when the payload cannot be read, or holds nothing to judge
 */
export async function check(
  file: string,
  options: CheckOptions,
  io: CommandIo,
  standardInput: AsyncIterable<Uint8Array | string>,
  writeTraffic: WriteTraffic,
): Promise<number> {
  const { stdout, environment, workingDirectory } = io;
  const as = kindOf(options.as);
  refuseReports(as, options);
  const style = new Style({
    colour: wantsColour(stdout, environment),
    width: widthOf(stdout, 100),
    unicode: wantsUnicode(environment),
  });
  if (as === 'traffic') {
    const chosen = options.requirement?.map(requirementNamed);
    const { checkTraffic, renderTraffic } = await import('./check-traffic.ts');
    const read = await readPayload(file, workingDirectory, standardInput, trafficSizeLimit);
    const checked = await checkTraffic(file, read, chosen);
    const { judgement } = checked;
    if (options.reportDir !== undefined) await writeTraffic(checked, options.reportDir);
    if (options.json === true) stdout.write(`${JSON.stringify(judgement, undefined, 2)}\n`);
    else {
      const reportLine = options.reportDir === undefined ? [] : [`Reports: ${printableLine(options.reportDir)}`];
      stdout.write(style.finished(`${[...renderTraffic(judgement, style), ...reportLine].join('\n')}\n`));
    }
    return judgement.findings.some(({ level, violated }) => level === 'must' && violated > 0) ? 1 : 0;
  }
  const requirements = requirementsOf(as, options.requirement);
  const { value, hasComments } = await readPayload(file, workingDirectory, standardInput);
  if (isHttpArchive(value)) {
    throw new ConfigurationError(
      `${file === '-' ? 'Standard input' : file} is an HTTP archive (HAR): use --as traffic to judge all of it. To judge one payload, pass only its body, such as log.entries[…].response.content.text.`,
    );
  }
  const partial = options.partial === true;
  refuseNothing(value, as, partial);
  const all = judge(value, as, { partial });
  const problems = all.filter(({ requirement }) => requirements.includes(requirement));
  const notes = [
    ...(hasComments ? ['The text has // comments, which JSON does not allow; they were left out.'] : []),
    ...(all.length < problemLimit ? [] : [`Only the first ${problemLimit} problems were looked at.`]),
  ];
  const judgement: Judgement = { file, as, partial, requirements, problems, notes };
  if (options.json === true) stdout.write(`${JSON.stringify(judgement, undefined, 2)}\n`);
  else stdout.write(style.finished(`${renderJudgement(judgement, style).join('\n')}\n`));
  return problems.some(({ level }) => level === 'must') ? 1 : 0;
}

/** Reports are of traffic alone, and in a folder that is named. */
function refuseReports(as: string, { reportDir, formats }: CheckOptions): void {
  if (reportDir !== undefined && as !== 'traffic') {
    throw new ConfigurationError(`--report-dir writes the reports of --as traffic; --as ${as} has none.`);
  }
  if (formats !== undefined && reportDir === undefined) {
    throw new ConfigurationError('--formats needs --report-dir, which says where the reports are written.');
  }
}

const kinds = [...payloadKinds, 'traffic'] as const;

function kindOf(name: string | undefined): (typeof kinds)[number] {
  if (name === undefined) {
    throw new ConfigurationError(`check needs to know what the payload is: --as ${kinds.join(', --as ')}.`);
  }
  const kind = kinds.find((known) => known === name);
  if (kind !== undefined) return kind;
  throw new ConfigurationError(
    `--as ${JSON.stringify(name)} is not a kind of payload${didYouMean(name, kinds)} The kinds are ${kinds.join(', ')}.`,
  );
}

/** @throws ConfigurationError when there is none of that id */
function requirementNamed(id: string): RequirementId {
  if (isRequirementId(id)) return id;
  throw new ConfigurationError(
    `--requirement ${JSON.stringify(id)}: there is no such requirement${didYouMean(id, requirementIds)} \`list requirements\` shows all.`,
  );
}

/** Those to be judged: what was chosen, else all that can be. A choice that judges nothing would be a false green. */
function requirementsOf(as: PayloadKind, chosen: readonly string[] | undefined): readonly RequirementId[] {
  const judged = judgedRequirements[as];
  return (
    chosen?.map((name) => {
      const id = requirementNamed(name);
      if (judged.includes(id)) return id;
      throw new ConfigurationError(
        `--requirement ${id} cannot be judged from --as ${as} alone; those that can are ${judged.join(', ')}.`,
      );
    }) ?? judged
  );
}

function refuseNothing(value: unknown, as: PayloadKind, partial: boolean): void {
  if (as === 'participant' && Array.isArray(value) && value.length === 0) {
    throw new ConfigurationError('The payload is an empty array, so there is no participant to judge.');
  }
  if (partial && !hasAnythingOf(as, value)) {
    throw new ConfigurationError(
      `The fragment has no member of --as ${as}, so nothing can be judged; is it another kind: ${payloadKinds.join(', ')}?`,
    );
  }
}
