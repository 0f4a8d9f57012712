import { buildWords } from '../build-words.ts';
import { codeSpan } from '../code-span.ts';
import { divergenceWords, duration, percentage, plural } from '../figures.ts';
import { changeLists, headline, timing, verdicts } from './changes.ts';
import type { ComparedCell, Comparison } from './compare.ts';

const rowsAtMost = 60;
const changesAtMost = 30;

/** A comparison for a pull request or a job summary: the runs, what changed, and the requirements that differ. */
export function renderComparisonMarkdown(comparison: Comparison): string {
  return `${[...head(comparison), ...changes(comparison), ...matrix(comparison)].join('\n')}\n`;
}

function head(comparison: Comparison): string[] {
  const rows = comparison.runs.map((run) => {
    const verdict = run.partial ? `${run.verdict} (partial)` : run.verdict;
    const figures = [divergenceWords(run), percentage(run.coverage), duration(run.durationMs)];
    const build = buildWords(run);
    return `| ${[codeSpan(run.label), build === undefined ? '' : codeSpan(build), codeSpan(run.baseUrl), verdict, ...figures].join(' | ')} |`;
  });
  return [
    `## ${comparison.kind === 'targets' ? '' : comparison.worse ? '❌ ' : '✅ '}${headline(comparison)}`,
    '',
    '| Run | Build | Base URL | Verdict | Divergence | Coverage | Time |',
    '| --- | --- | --- | --- | ---: | ---: | ---: |',
    ...rows,
    '',
    ...(comparison.kind === 'runs' && comparison.worse
      ? [`Worse in ${comparison.worseIn.map((id) => codeSpan(id)).join(', ')}.`, '']
      : []),
  ];
}

function changes(comparison: Comparison): string[] {
  const lists = changeLists(comparison).flatMap(([title, list]) => [
    `### ${title}`,
    '',
    ...cut(
      list.map((change) => {
        const actual = change.actual === undefined ? '' : `: ${codeSpan(change.actual)}`;
        return `- ${codeSpan(change.id)} (${change.level}) ${verdicts(change)}${actual}`;
      }),
      changesAtMost,
    ),
    '',
  ]);
  if (comparison.kind === 'targets' || comparison.timing.length === 0) return lists;
  const times = comparison.timing.map((change) => `- ${codeSpan(change.id)} ${timing(change)}`);
  return [...lists, '### Slower or faster', '', ...cut(times, changesAtMost), ''];
}

function matrix({ requirements, runs }: Comparison): string[] {
  const rows = requirements
    .filter(({ differs }) => differs)
    .map(({ id, level, cells }) => `| ${[codeSpan(id), level, ...cells.map(cellText)].join(' | ')} |`);
  if (rows.length === 0) return [];
  const shown = rows.slice(0, rowsAtMost);
  return [
    '### Requirements that differ',
    '',
    `| Requirement | Level | ${runs.map(({ label }) => codeSpan(label)).join(' | ')} |`,
    `| --- | --- |${' --- |'.repeat(runs.length)}`,
    ...shown,
    ...(rows.length > shown.length ? ['', `… and ${plural(rows.length - shown.length, 'more row')}`] : []),
  ];
}

function cellText(cell: ComparedCell | null): string {
  if (cell === null) return '';
  return Object.entries(cell.cases)
    .map(([verdict, count]) => `${String(count)} ${verdict}`)
    .join(', ');
}

function cut(lines: readonly string[], limit: number): string[] {
  const shown = lines.slice(0, limit);
  return lines.length > limit ? [...shown, `- … and ${plural(lines.length - limit, 'more', 'more')}`] : shown;
}
