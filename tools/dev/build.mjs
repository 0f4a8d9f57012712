/**
 * Compiles the TypeScript into dist/, but only when a source is newer than the last build:
 * the commands of package.json call it first, and a check by file times costs milliseconds
 * where starting the compiler costs seconds. `--force` compiles in any case. With `--despite-errors` it
 * succeeds although types do not match: `generate` makes types that sources may be waiting for.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const stamp = path.join(root, 'dist', '.built');
const sources = ['specs', 'suites', 'tools', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];

/** Folders of which nothing is compiled; tests write into one of them. */
const notCompiled = new Set(['node_modules', 'testing', 'interoperation']);

/** The newest modification time below a path, in milliseconds since the epoch. */
function newest(entry) {
  const stat = statSync(entry, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const children = readdirSync(entry, { withFileTypes: true });
  const inside = children
    .filter((child) =>
      child.isDirectory() ? !notCompiled.has(child.name) : /(?<!\.test)\.(ts|json)$/.test(child.name),
    )
    .map((child) => newest(path.join(entry, child.name)));
  // A folder's own time changes when a file in it is removed or renamed, and when npm installs into it.
  const hasPackages = children.some(({ name }) => name === 'node_modules');
  return Math.max(hasPackages ? 0 : stat.mtimeMs, ...inside);
}

const force = process.argv.includes('--force');
const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
const changed = Math.max(...sources.map((source) => newest(path.join(root, source))));
if (force || changed > built) {
  const startedAt = new Date();
  process.stderr.write('Compiling …\n');
  if (force || built === 0) rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(process.argv.includes('--despite-errors') ? 0 : (status ?? 1));
  writeFileSync(stamp, '');
  // Stamped with the time of the start: what changed during the build is newer than it.
  utimesSync(stamp, startedAt, startedAt);
}
