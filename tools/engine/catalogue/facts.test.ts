import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from './package-root.ts';

const text = readFileSync(path.join(packageRoot, 'docs/facts.md'), 'utf8');
const facts = new Map(
  [...text.matchAll(/^(\d+)\. ((?:.|\n(?= ))*)/gm)].map(([, number, fact]) => [Number(number), fact ?? '']),
);

/** The numbers behind “fact 53” or “facts 37-39, 42”. */
function cited(content: string): number[] {
  return [...content.matchAll(/\bfacts? (\d+(?:(?:-|, | and )\d+)*)/g)].flatMap(([, numbers = '']) =>
    numbers.split(/, | and /).flatMap((part) => part.split('-').map(Number)),
  );
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(path.join(packageRoot, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|yaml)$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

describe('docs/facts.md', () => {
  it('has the facts 1 to 84, each once', () => {
    expect([...facts.keys()]).toEqual(Array.from({ length: 84 }, (_, index) => index + 1));
  });

  it.each([...facts])('fact %i has a grade and a source', (_number, fact) => {
    expect(fact).toMatch(/^\*\*(documented|example|schema|observed|inferred)\*\* /);
    expect(fact.replaceAll(/\s+/g, ' ')).toMatch(/\[[^\]]+\]\.?$/);
  });

  it('has every fact that the project cites', () => {
    const unknown = ['specs', 'suites', 'tools'].flatMap(sourcesBelow).flatMap((file) =>
      cited(readFileSync(file, 'utf8'))
        .filter((number) => !facts.has(number))
        .map((number) => `${path.relative(packageRoot, file)}: fact ${number}`),
    );
    expect(unknown).toEqual([]);
  });
});
