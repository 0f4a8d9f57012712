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

const vitestSource = `
import { conformance, type CaseRow, type ConformanceOptions } from 'call-mute-conformance/vitest';
import { afterEach, type TaskMeta } from 'vitest';

const options: ConformanceOptions = { baseUrl: new URL('http://localhost:8080/beta'), capabilities: { app: false } };
const nothing: void = conformance(options);
conformance();
conformance({ target: ['a.yaml'], knownIssues: 'known-issues.yaml', strict: true, reportDir: 'reports' });
// @ts-expect-error vitest has a signal of its own
conformance({ signal: new AbortController().signal });
// @ts-expect-error there is no such option
conformance({ baseURL: 'http://localhost:8080/beta' });
const rowOf = ({ conformance: row }: TaskMeta): CaseRow | undefined => row;
afterEach(({ task }) => {
  const verdict: string | undefined = rowOf(task.meta)?.verdict;
  // @ts-expect-error what was sent and received is in results.json
  return void [verdict, task.meta.conformance?.exchanges];
});
export { nothing };
`;

/**
 * Compiles a program against the types of the installed package, strictly, and those of its dependencies with them, but not
 * those of TypeScript itself.
 * @throws Error with what the compiler says
 */
export async function compileAgainst(folder: string, packageRoot: string): Promise<void> {
  await compile('program.mts', source, folder, packageRoot, ['--skipDefaultLibCheck']);
}

/**
 * The same for the vitest entry, with the vitest that is installed beside the package. The types of vitest itself, and
 * of all that it can be used with, are not looked at.
 * @throws Error with what the compiler says
 */
export async function compileVitestAgainst(folder: string, packageRoot: string): Promise<void> {
  await compile('vitest-program.mts', vitestSource, folder, packageRoot, ['--skipLibCheck']);
}

async function compile(
  name: string,
  text: string,
  folder: string,
  packageRoot: string,
  flags: readonly string[],
): Promise<void> {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const typeRoots = path.join(packageRoot, 'node_modules', '@types');
  const words = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--exactOptionalPropertyTypes'];
  const types = ['--typeRoots', typeRoots, '--types', 'node'];
  await commandEnding(0, process.execPath, [compiler, ...words, ...flags, ...types, file], { cwd: folder });
}
