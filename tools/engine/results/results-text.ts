import type { Results } from './results.ts';

/**
 * The text of results.json, piece by piece: at once it would be there three times, as what was found, as a text and as
 * the bytes that are written.
 * @returns the pieces of what JSON.stringify gives with an indentation of two, and a line feed
 */
export function* resultsText(results: Results): Generator<string> {
  let before = '{\n';
  for (const [name, value] of Object.entries(results) as [string, unknown][]) {
    yield `${before}  ${JSON.stringify(name)}: `;
    if (Array.isArray(value) && value.length > 0) yield* listText(value);
    else yield indented(value, 1);
    before = ',\n';
  }
  yield '\n}\n';
}

function* listText(items: readonly unknown[]): Generator<string> {
  let before = '[\n';
  for (const item of items) {
    yield `${before}    ${indented(item, 2)}`;
    before = ',\n';
  }
  yield '\n  ]';
}

/** The text of a value as it stands so many levels deep: as deep in lists of one, without them. */
function indented(value: unknown, levels: 1 | 2): string {
  if (levels === 1) return JSON.stringify([value], undefined, 2).slice('[\n  '.length, -'\n]'.length);
  return JSON.stringify([[value]], undefined, 2).slice('[\n  [\n    '.length, -'\n  ]\n]'.length);
}
