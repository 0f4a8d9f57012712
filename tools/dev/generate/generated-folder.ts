import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { specification } from '../../engine/catalogue/package-root.ts';

/** The names of the files in specs/generated/ whose text is not the generated one. */
export function staleFiles(files: ReadonlyMap<string, string>, read: (name: string) => string | undefined): string[] {
  return [...files].filter(([name, text]) => read(name) !== text).map(([name]) => name);
}

/** Writes the generated files that are not up to date and returns their names. */
export function writeGenerated(files: ReadonlyMap<string, string>): string[] {
  mkdirSync(specification('generated'), { recursive: true });
  const stale = staleFiles(files, readGenerated);
  for (const name of stale) writeFileSync(specification(`generated/${name}`), files.get(name) ?? '');
  return stale;
}

/** The text of a file in specs/generated/, or undefined when there is none. */
export function readGenerated(name: string): string | undefined {
  try {
    return readFileSync(specification(`generated/${name}`), 'utf8');
  } catch {
    return undefined;
  }
}
