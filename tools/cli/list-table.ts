import type { Style } from '../reports/console-style.ts';

/** A name, what is short, and last what may be long. */
export type Row = readonly [string, ...string[]];

const gap = 2;
/** Of the last column; where less is left, each row is written below its name. */
const leastRoom = 32;

/** Rows as aligned columns, the last one wrapped to the width; each row below its name where that is too narrow. */
export function linesOfTable(rows: readonly Row[], style: Style): string[] {
  const short = Math.max(...rows.map((row) => row.length)) - 1;
  const widths = Array.from({ length: short }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const indentation = widths.reduce((sum, width) => sum + width + gap, 0);
  return style.width - indentation < leastRoom
    ? rows.flatMap((row) => stacked(row, style))
    : rows.flatMap((row) => aligned(row, widths, indentation, style));
}

function aligned(row: Row, widths: readonly number[], indentation: number, style: Style): string[] {
  const head = widths.map((width, column) => (row[column] ?? '').padEnd(width + gap)).join('');
  return style
    .wrapped(row.at(-1) ?? '', indentation)
    .map((line, index) => `${index === 0 ? head : ' '.repeat(indentation)}${line}`.trimEnd());
}

function stacked([name, ...rest]: Row, style: Style): string[] {
  const middle = rest.slice(0, -1).join(', ');
  const text = `${middle === '' ? '' : `${middle}: `}${rest.at(-1) ?? ''}`;
  return [name, ...style.wrapped(text, gap).map((line) => `${' '.repeat(gap)}${line}`)];
}
