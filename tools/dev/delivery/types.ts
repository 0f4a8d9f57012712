import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { commandEnding } from './command.ts';

const source = `
import {
  ConfigurationError, judge, loadResults, run, startEmulator, verdictOf,
  type CaseResult, type Emulator, type Problem, type Results, type RunOptions, type RunVerdict,
} from 'call-mute-conformance';

const options: RunOptions = { baseUrl: new URL('http://localhost:8080/beta'), notificationTimeout: 500 };
const either: Results | Results[] = await run(options);
const one: Results = await run({ baseUrl: 'http://localhost:8080/beta', suite: 'status-codes' });
const several: Results[] = await run({ target: ['a.yaml', { baseUrl: 'http://localhost:8080/beta' }] });
const failed: CaseResult[] = one.cases.filter((each) => each.verdict === 'failed');
const verdict: RunVerdict = verdictOf(several);
const emulator: Emulator = await startEmulator({ tls: true, variant: 'roster-delta' });
const problems: Problem[] = judge(JSON.parse('{}'), 'operation');
const { schemaVersion }: Results = loadResults('results.json');
// @ts-expect-error there is no such option
await run({ baseURL: 'http://localhost:8080/beta' });
// @ts-expect-error there is no such kind of payload
judge({}, 'call');
export { ConfigurationError, either, failed, verdict, emulator, problems, schemaVersion };
`;

/**
 * Compiles a program against the types of the installed package, strictly, and those of its dependencies with them.
 * @throws Error with what the compiler says
 */
export async function compileAgainst(folder: string, packageRoot: string): Promise<void> {
  const file = path.join(folder, 'program.mts');
  writeFileSync(file, source);
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const typeRoots = path.join(packageRoot, 'node_modules', '@types');
  const words = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--exactOptionalPropertyTypes'];
  await commandEnding(0, process.execPath, [compiler, ...words, '--typeRoots', typeRoots, '--types', 'node', file], {
    cwd: folder,
  });
}
