import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commandEnding } from './command.ts';
import { type PackageFinding, packageFinding } from './package-finding.ts';
import type { NodeVersion } from './node-versions.ts';

const rightAnswer = {
  '@odata.type': '#microsoft.graph.muteParticipantOperation',
  '@odata.context': 'https://graph.example/beta/$metadata#muteParticipantOperation',
  id: 'c1f1a5a0-8f0c-4d4e-9a3c-4f6d2d1b7e11',
  status: 'completed',
  clientContext: 'from-the-package-check',
};

const program = `
import assert from 'node:assert/strict';
import { judge, loadResults, run, startEmulator, verdictOf } from 'call-mute-conformance';

assert.deepEqual(judge(${JSON.stringify(rightAnswer)}, 'operation'), []);
const emulator = await startEmulator({ fault: 'status-201' });
const reportDir = process.argv[2];
const results = await run({ baseUrl: emulator.baseUrl, token: emulator.token, requirement: 'status.success', reportDir });
assert.equal(verdictOf(results), 'non-conformant');
assert.equal(loadResults(reportDir + '/results.json').run.id, results.run.id);
await emulator.close();
`;

const conformanceTest = `
import { conformance } from 'call-mute-conformance/vitest';
conformance({ requirement: 'location.call' });
conformance({ fault: 'status-201', requirement: 'status.success' });
`;

/** Tries out what a user of vitest does with the package, where vitest is installed beside it. */
export function vitestUsage(folder: string, { version, environment }: NodeVersion): Promise<PackageFinding> {
  return packageFinding(version, "import … from 'call-mute-conformance/vitest'", async () => {
    writeFileSync(path.join(folder, 'conformance.test.mjs'), conformanceTest);
    const words = ['--no-install', 'vitest', 'run', 'conformance.test.mjs'];
    const { stdout, stderr } = await commandEnding(1, 'npx', words, {
      cwd: folder,
      environment: { ...environment, NO_COLOR: '1' },
    });
    demand(stdout, /Tests +2 failed \| 2 passed \(4\)/);
    demand(stdout + stderr, 'ConformanceFailure: status.success');
  });
}

function binaryIn(folder: string): string {
  return path.join(folder, 'node_modules', '.bin', 'call-mute-conformance');
}

/** Mutes and updates, where a run of everything would show nothing more: it is tried without a target. */
const aFew = ['--suite', 'location-header', '--suite', 'roster-notification', '--quiet'];

/** Tries out what a user does with an installed package, with one version of Node. */
export async function usage(folder: string, { version, environment }: NodeVersion): Promise<PackageFinding[]> {
  const reports = path.join(folder, `reports ${version}`);
  const options = { cwd: folder, environment };
  // What npx starts, without the time that npx takes for itself each time.
  const suite = (expected: number, words: readonly string[], input = '') =>
    commandEnding(expected, binaryIn(folder), words, { ...options, input });
  const tried = (what: string, tryOut: () => Promise<void>) => packageFinding(version, what, tryOut);
  return [
    await tried('npx call-mute-conformance', async () => {
      const words = ['--no-install', 'call-mute-conformance', '--report-dir', `${reports}/default`];
      const { stdout } = await commandEnding(0, 'npx', words, options);
      demand(stdout, /^conformant: .*/m);
      const written = readdirSync(`${reports}/default`);
      for (const name of ['results.json', 'junit.xml', 'index.html', 'summary.md']) demand(written.join('\n'), name);
    }),
    await tried('… list requirements', async () =>
      demand((await suite(0, ['list', 'requirements'])).stdout, 'status.success'),
    ),
    await tried('… explain location.call', async () =>
      demand((await suite(0, ['explain', 'location.call'])).stdout, 'Location'),
    ),
    await tried('… check', async () => {
      await suite(0, ['check', '-', '--as', 'operation'], JSON.stringify(rightAnswer));
      const wrong = await suite(1, ['check', '-', '--as', 'operation'], JSON.stringify({ ...rightAnswer, id: 7 }));
      demand(wrong.stdout, 'response.id');
    }),
    await tried('… --base-url, of … serve', async () => {
      await served(folder, environment, async (baseUrl) => {
        const { stdout } = await suite(0, [...aFew, '--base-url', baseUrl, '--report-dir', `${reports}/served`]);
        demand(stdout, /^incomplete \(filtered\): divergence 0\.0 %.*; \d+ passed/m);
      });
    }),
    await tried("import … from 'call-mute-conformance'", async () => {
      const file = path.join(folder, 'program.mjs');
      writeFileSync(file, program);
      const { stdout, stderr } = await commandEnding(0, 'node', [file, `${reports}/api`], options);
      if (stdout + stderr !== '') throw new Error(`it printed ${stdout}${stderr}`);
    }),
  ];
}

function demand(text: string, wanted: string | RegExp): void {
  const found = typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
  if (!found) throw new Error(`${String(wanted)} is not in what it printed:\n${text}`);
}

/** Has the package's own emulator serve in a process of its own for as long as something takes. */
async function served(
  folder: string,
  environment: NodeJS.ProcessEnv,
  meanwhile: (baseUrl: string) => Promise<void>,
): Promise<void> {
  const child = spawn(binaryIn(folder), ['serve', '--port', '0'], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const baseUrl = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += String(chunk);
        const [found] = /http:\/\/\S+\/beta\b/.exec(text) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.once('close', () => reject(new Error(`serve ended: ${text}`)));
    });
    await meanwhile(baseUrl);
  } finally {
    child.kill('SIGTERM');
  }
}

/** Nobody on any system. */
const nobody = 65_534;

/** Takes away the right to write from everything below a folder. */
function makeReadOnly(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat !== undefined) chmodSync(file, stat.mode & 0o555);
  }
  chmodSync(folder, 0o555);
}

/** Runs the suite where the package's folder cannot be written, as in many containers. */
export function readOnlyUsage(folder: string, { version, environment }: NodeVersion): Promise<PackageFinding> {
  return packageFinding(version, 'a package that cannot be written to', async () => {
    const home = path.join(path.dirname(folder), 'home of another user');
    mkdirSync(home);
    const isRoot = process.getuid?.() === 0;
    chmodSync(home, 0o777);
    makeReadOnly(path.join(folder, 'node_modules'));
    const cli = path.join(folder, 'node_modules', 'call-mute-conformance', 'dist', 'tools', 'cli', 'cli.js');
    const { stdout } = await commandEnding(0, 'node', [cli, ...aFew], {
      cwd: home,
      environment: { ...environment, HOME: home },
      ...(isRoot && { uid: nobody }),
    });
    demand(stdout, /^incomplete \(filtered\): divergence 0\.0 %.*; \d+ passed/m);
  });
}
