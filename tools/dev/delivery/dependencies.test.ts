import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../engine/catalogue/package-root.ts';

const read = (name: string) => readFileSync(path.join(packageRoot, name), 'utf8');
const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
const names = Object.keys(dependencies);

/** All that users install and run: no tests, and nothing of what package.json leaves out. */
const sources = ['suites', 'tools'].flatMap((folder) =>
  readdirSync(path.join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|setup)\.ts$/.test(file))
    .filter((file) => !file.startsWith('dev/'))
    .map((file) => read(path.join(folder, file))),
);

describe('the packages that users install', () => {
  it('are those of the table in CONTRIBUTING.md, each with a reason, and not more than sixteen', () => {
    const [, table = ''] = /## Packages that users install\n([^]*)/.exec(read('CONTRIBUTING.md')) ?? [];
    const rows = [...table.matchAll(/^\| (`.+?) +\| (.+?) +\|$/gm)];
    const listed = rows.flatMap(([, packages = '']) => [...packages.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    expect(listed.toSorted()).toEqual(names.toSorted());
    expect(names.length).toBeLessThanOrEqual(16);
    for (const [, , reason] of rows) expect(reason).toMatch(/\w{3}/);
  });

  it.each(names)('%s is needed to run', (name) => {
    const imported = new RegExp(`(from|import\\(|import) ?'${name}(/[^']*)?'`);
    expect(sources.some((text) => imported.test(text))).toBe(true);
  });
});
