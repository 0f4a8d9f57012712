/**
 * `npm run generate`: writes specs/generated/, everything that is derived from specs/ and from the suites. `--check`
 * writes nothing and exits 1 when a file there is not what would be written.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { packageRoot } from '../contract/package-root.ts';
import { caseFiles } from './case-files.ts';
import { contractFiles } from './contract-files.ts';
import { readGenerated, staleFiles, writeGenerated } from './generated-folder.ts';

const check = process.argv.includes('--check');

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The suites run as they are compiled, and what is compiled in may just have been written. */
function rebuild(): boolean {
  const { status } = spawnSync(process.execPath, [path.join(packageRoot, 'tools', 'build.mjs')], { stdio: 'inherit' });
  return status === 0;
}

async function generate(): Promise<boolean> {
  const contract = await contractFiles();
  if (check) {
    const stale = [...staleFiles(contract, readGenerated), ...staleFiles(caseFiles(), readGenerated)];
    say(stale.length === 0 ? 'specs/generated is up to date' : `stale: ${stale.join(', ')}; run npm run generate`);
    return stale.length === 0;
  }
  const written = writeGenerated(contract);
  if (written.length > 0 && !rebuild()) {
    say(`written: ${written.join(', ')}; but cases.json is not: mend what does not compile and run it again`);
    return false;
  }
  written.push(...writeGenerated(caseFiles()));
  say(written.length === 0 ? 'specs/generated is up to date' : `written: ${written.join(', ')}`);
  return true;
}

if (!(await generate())) process.exitCode = 1;
