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

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The suites run as they are compiled, and what is compiled in may just have been written. */
function rebuild(): boolean {
  const { status } = spawnSync(process.execPath, [path.join(packageRoot, 'tools', 'dev', 'build.mjs')], {
    stdio: 'inherit',
  });
  return status === 0;
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
  try {
    if (written.length > 0 && !rebuild()) throw new Error('what was written does not compile with the rest');
    written.push(...writeGenerated(caseFiles()));
  } catch (error) {
    // The types must be there before what uses them can be mended.
    if (written.length > 0) say(`written: ${written.join(', ')}`);
    say(`cases.json is not made anew: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
  say(written.length === 0 ? 'specs/generated is up to date' : `written: ${written.join(', ')}`);
  return true;
}

if (!(await generate())) process.exitCode = 1;
