import type { GateFailure } from './gates.ts';
import { type FaultEntry, type Matrix, unkilledCases, type VariantEntry } from './matrix.ts';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'None.\n';
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line), ''].join('\n');
}

/** What the suite said may hold anything that an emulator sent. */
function cell(text: string): string {
  return text
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function listed(ids: readonly string[], most = 8): string {
  const more = ids.length - most;
  return ids.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function faultRow({ id, verdict, summary, breaks, killedRequirements, unexpected, spared }: FaultEntry): string[] {
  const besides = killedRequirements.filter((requirement) => !breaks.includes(requirement));
  const trouble = [
    ...unexpected.map((requirement) => `kills ${requirement} unexpectedly`),
    ...spared.map((requirement) => `spares ${requirement}`),
  ];
  return [id, verdict, summary, breaks.join(', '), listed(besides, 4), trouble.join('; ')];
}

function variantRow({ id, verdict, summary, bends, unexcused, lost }: VariantEntry): string[] {
  const trouble = [
    ...unexcused.map((requirement) => `warns of ${requirement}`),
    ...lost.map((requirement) => `leaves ${requirement} unjudged`),
  ];
  return [id, verdict, summary, bends.join(', '), trouble.join('; ')];
}

/** The matrix for a reader: what does not hold first, then faults, requirements, variants and cases. */
export function renderMatrixMarkdown(matrix: Matrix, failures: readonly GateFailure[]): string {
  const { faults, variants, requirements, cases, time } = matrix;
  const killed = faults.filter(({ verdict }) => verdict === 'killed').length;
  const green = variants.filter(({ verdict }) => verdict === 'green').length;
  const again = [...faults, ...variants].filter(({ secondLook }) => secondLook).map(({ id }) => id);
  return `# What the suite catches, and what it leaves alone

${killed} of ${faults.length} faults killed, ${green} of ${variants.length} variants green, ${cases.length} cases against each; ${requirements.length} requirements (${matrix.requirementSet}), seed ${matrix.seed}${matrix.complete ? '' : ', a part only'}.
${time.cases} cases in ${seconds(time.wallMs)}, ${time.casesPerSecond} a second, ${seconds(time.cpuMs)} of processor.${
    again.length === 0 ? '' : `\nLooked at twice, the second time in all patience: ${again.join(', ')}.`
  }

## Gates

${
  failures.length === 0
    ? 'All hold.\n'
    : table(
        ['Gate', 'Subject', 'Problem'],
        failures.map(({ gate, subject, problem }) => [gate, subject, problem]),
      )
}
## Faults, survivors first

${table(['Fault', 'Verdict', 'What it does', 'Breaks', 'Takes down besides', 'At odds'], faults.map(faultRow))}
## Variants

${table(['Variant', 'Verdict', 'What it does', 'Bends', 'At odds'], variants.map(variantRow))}
## Requirements, by how many faults prove them

${table(
  ['Requirement', 'Level', 'Proven by', 'Faults', 'Killed by'],
  [...requirements]
    .sort((one, other) => one.provenBy.length - other.provenBy.length)
    .map(({ id, level, provenBy, killedBy }) => [
      id,
      level,
      String(provenBy.length),
      listed(provenBy),
      String(killedBy.length),
    ]),
)}
## Cases that no fault kills

${table(
  ['Case', 'Level'],
  unkilledCases(matrix).map(({ id, level }) => [id, level]),
)}`;
}
