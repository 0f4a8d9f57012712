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
    else yield indented(value, '  ');
    before = ',\n';
  }
  yield '\n}\n';
}

function* listText(items: readonly unknown[]): Generator<string> {
  let before = '[\n';
  for (const item of items) {
    yield `${before}    ${indented(item, '    ')}`;
    before = ',\n';
  }
  yield '\n  ]';
}

function indented(value: unknown, by: string): string {
  return JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${by}`);
}
