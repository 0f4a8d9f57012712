import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import { Unavailable } from './peer.ts';

const script = path.join(packageRoot, 'tools', 'bench', 'hurl.sh');

/**
 * The program Hurl: what the variable HURL names, else that of the PATH, else unpacked from Debian.
 * @param folder where it is unpacked, and found again the next time
 * @throws Unavailable with the reason
 */
export function findHurl(folder: string, environment: NodeJS.ProcessEnv): string {
  const named = environment['HURL'];
  if (named !== undefined && named !== '') {
    if (!works(named)) throw new Unavailable(`HURL names ${named}, which does not run`);
    return named;
  }
  if (works('hurl')) return 'hurl';
  const unpacked = spawnSync('bash', [script, folder], { encoding: 'utf8' });
  if (unpacked.error === undefined) {
    const program = unpacked.stdout.trim();
    if (unpacked.status === 0 && works(program)) return program;
  }
  const why = unpacked.error?.message ?? unpacked.stderr.trim().split('\n').at(-1);
  throw new Unavailable(`neither HURL nor the PATH has it, and it cannot be unpacked from Debian: ${why}`);
}

function works(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}
