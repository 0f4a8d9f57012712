/**
 * `npm run generate`: writes specs/generated/, everything that is derived from specs/. `--check` writes nothing and
 * exits 1 when a file there is not what would be written.
 */
import { contractFiles } from './contract-files.ts';
import { readGenerated, staleFiles, writeGenerated } from './generated-folder.ts';

const check = process.argv.includes('--check');
const files = await contractFiles();
const stale = check ? staleFiles(files, readGenerated) : writeGenerated(files);
const verb = check ? 'stale' : 'written';
process.stdout.write(stale.length === 0 ? 'specs/generated is up to date\n' : `${verb}: ${stale.join(', ')}\n`);
if (check && stale.length > 0) process.exitCode = 1;
