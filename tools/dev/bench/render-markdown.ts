import { type BenchReport, isMet, type Limit, type Section, type Table } from './report.ts';

/** What tools said may hold anything; in a cell it stays on one line, and is no markup. */
function cell(text: string): string {
  return text
    .replaceAll(/\s*[\r\n]+\s*/g, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;');
}

function renderTable({ caption, head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  const lines = [
    line(head),
    `| ${head.map((_, index) => (index === 0 ? '---' : '---:')).join(' | ')} |`,
    ...rows.map(line),
  ];
  return (caption === undefined ? [] : [caption, '']).concat(lines, '').join('\n');
}

/** A number as people read it: three figures, no more. */
export function shownNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 || value === 0 ? 0 : size >= 10 ? 1 : 2);
}

function limitRow(limit: Limit): string[] {
  const { what, measured, unit } = limit;
  const shown = (value: number) => `${shownNumber(value)}${unit === '×' ? '' : ' '}${unit}`.trim();
  return [what, shown(measured), `≤ ${shown(limit.limit)}`, isMet(limit) ? 'met' : '**missed**'];
}

const limitHead = ['figure', 'measured', 'limit', ''];

function renderSection({ title, limits, tables, notes }: Section): string {
  const blocks = [
    `## ${title}\n`,
    ...(limits.length === 0 ? [] : [renderTable({ head: limitHead, rows: limits.map(limitRow) })]),
    ...tables.map(renderTable),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${note}`).join('\n') + '\n']),
  ];
  return blocks.join('\n');
}

/** The whole report for a reader: the limits first, met or missed, then what was measured. */
export function renderBenchMarkdown({ sections, machine, runs, startedAt, version }: BenchReport): string {
  const limits = sections.flatMap((section) => section.limits);
  const missed = limits.filter((limit) => !isMet(limit));
  const { node, system, processor, cores, memoryMb, load } = machine;
  const verdict =
    limits.length === 0
      ? 'No limits are held here.'
      : missed.length === 0
        ? `All ${limits.length} limits are met.`
        : `${missed.length} of ${limits.length} limits are missed: ${missed.map(({ what }) => what).join('; ')}.`;
  return [
    '# Bench\n',
    `call-mute-conformance ${version}, ${startedAt}; medians of ${runs}. Node ${node}, ${system}, ${cores} × ${processor}, ${Math.round(memoryMb / 1000)} GB; load ${load.map(shownNumber).join(' before, ')} after.\n`,
    `${verdict}\n`,
    ...sections.map(renderSection),
  ].join('\n');
}
