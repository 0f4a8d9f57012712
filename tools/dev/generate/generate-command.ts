/**
 * `npm run generate`: writes specs/generated/, everything that is derived from specs/ and from the suites. `--check`
 * writes nothing and exits 1 when a file there is not what would be written.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import { caseFiles } from './case-files.ts';
import { contractFiles } from './contract-files.ts';
import { readGenerated, staleFiles, writeGenerated } from './generated-folder.ts';

const check = process.argv.includes('--check');
const onlyCases = '--only-cases';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Runs a script of this project in a process of its own. @returns whether it succeeded */
function run(...words: readonly string[]): boolean {
  return spawnSync(process.execPath, words, { stdio: 'inherit' }).status === 0;
}

/** What follows from the suites, by the catalogue as it is now. */
function generateCases(): void {
  const written = writeGenerated(caseFiles());
  say(written.length === 0 ? 'specs/generated is up to date' : `written: ${written.join(', ')}`);
}

/** @returns whether everything is as it should be now */
async function generate(): Promise<boolean> {
  const contract = await contractFiles();
  if (check) {
    const stale = [...staleFiles(contract, readGenerated), ...staleFiles(caseFiles(), readGenerated)];
    say(stale.length === 0 ? 'specs/generated is up to date' : `stale: ${stale.join(', ')}; run npm run generate`);
    return stale.length === 0;
  }
  const written = writeGenerated(contract);
  if (written.length === 0) {
    generateCases();
    return true;
  }
  say(`written: ${written.join(', ')}`);
  // The suites run as they are compiled, and this process has loaded what was written before.
  const isDone = run(path.join(packageRoot, 'tools', 'dev', 'build.mjs')) && run(import.meta.filename, onlyCases);
  if (!isDone) say('cases.json was not written: fix the problem above and run npm run generate again');
  return isDone;
}

try {
  if (process.argv.includes(onlyCases)) generateCases();
  else if (!(await generate())) process.exitCode = 1;
} catch (error) {
  // What is wrong in a file or in a suite; the stack would hide it.
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
