import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DescribedCase } from '../../engine/catalogue/described-cases.ts';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import type { Results } from '../../engine/results/results.ts';
import { describeCases } from './describe-cases.ts';

/** Legal differences of the emulator under which conditions arise that otherwise do not. */
const variants = ['operation-asynchronous'];

/**
 * What specs/generated/ must hold of the suites: file name → text, the same on every machine. The suites run against
 * the embedded emulator, as the command line of dist/ does it.
 * @throws Error when a case of that run fails
 */
export function caseFiles(): Map<string, string> {
  const cases = new Map(describeCases(resultsOf([])).map((one) => [one.id, one]));
  for (const variant of variants) {
    const open = [...cases.values()].filter(({ unchecked }) => unchecked !== undefined);
    const again = describeCases(resultsOf(['--variant', variant, ...open.flatMap(({ id }) => ['--case', id])]));
    for (const one of again) if (one.unchecked === undefined) cases.set(one.id, { ...one, variant });
  }
  return new Map([['cases.json', casesText([...cases.values()])]]);
}

/** Runs the suites, all or some. */
function resultsOf(choice: readonly string[]): Results {
  const folder = mkdtempSync(path.join(tmpdir(), 'call-mute-generate-'));
  try {
    const options = ['--api-version', 'beta', '--seed', '1', '--quiet', '--transcripts', 'all'];
    // Of the reports only results.json is read.
    const reports = ['--report-dir', folder, '--formats', 'badge'];
    // Of a run that is recorded every case asks for itself, whatever others have shown.
    const recording = ['--record', path.join(folder, 'cassette.json')];
    // Nothing waits that long unless the machine has no time for it.
    const patience = ['--request-timeout', '60s', '--notification-timeout', '60s'];
    const { stderr } = spawnSync(
      process.execPath,
      [
        path.join(packageRoot, 'dist/tools/cli/cli.js'),
        'run',
        ...options,
        ...reports,
        ...recording,
        ...patience,
        ...choice,
      ],
      // The user's own CALL_MUTE_… must not choose another target, or some of the cases.
      { env: { PATH: process.env['PATH'] ?? '' }, encoding: 'utf8' },
    );
    return readResults(folder, stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResults(folder: string, stderr: string): Results {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'results.json'), 'utf8')) as Results;
  } catch (error) {
    throw new Error(`the run against the emulator wrote no results.json: ${stderr}`, { cause: error });
  }
}

/** The text of cases.json: a line for each case, so that a renamed or removed one is seen as such. */
export function casesText(cases: readonly DescribedCase[]): string {
  return `{ "cases": [\n${cases.map((one) => JSON.stringify(one)).join(',\n')}\n] }\n`;
}
