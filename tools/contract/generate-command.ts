/**
 * `npm run generate`: writes specs/generated/, the types of everything that specs/ describes. `--check` writes
 * nothing and exits 1 when a file there is not what would be written.
 */
import { generatedFiles, readGenerated, staleFiles, writeGeneratedFiles } from './generate.ts';

const check = process.argv.includes('--check');
const stale = check ? staleFiles(await generatedFiles(), readGenerated) : await writeGeneratedFiles();
const verb = check ? 'stale' : 'written';
process.stdout.write(stale.length === 0 ? 'specs/generated is up to date\n' : `${verb}: ${stale.join(', ')}\n`);
if (check && stale.length > 0) process.exitCode = 1;
