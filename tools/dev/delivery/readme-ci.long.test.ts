/** The CI examples of the README: their commands are carried out on this machine, and write what the jobs keep. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot, packageVersion } from '../../engine/catalogue/package-root.ts';
import { type EmulatorServer, startEmulatorServer } from '../../emulator/start.ts';
import { freePort } from '../testing/free-port.ts';
import { runCli } from '../testing/run-cli.ts';

interface GitHubJob {
  readonly services: Readonly<Record<string, { readonly ports: readonly string[]; readonly options: string }>>;
  readonly steps: readonly {
    readonly run?: string;
    readonly uses?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly with?: Readonly<Record<string, unknown>>;
  }[];
}

interface GitLabJob {
  readonly services: readonly { readonly alias: string }[];
  readonly script: readonly string[];
  readonly artifacts: { readonly paths: readonly string[]; readonly reports: { readonly junit: string } };
}

const readme = readFileSync(path.join(packageRoot, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = '']) => parse(text) as object);
const github = blocks.flatMap((block) =>
  'jobs' in block ? [(block.jobs as { conformance: GitHubJob }).conformance] : [],
)[0];
const gitlab = blocks.flatMap((block) => ('conformance' in block ? [block.conformance as GitLabJob] : []))[0];

const folders: string[] = [];
let emulator: EmulatorServer;
beforeAll(async () => {
  emulator = await startEmulatorServer({ acceptAnyToken: true });
});
afterAll(async () => {
  await emulator.close();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Carries a command of a job out, with this machine in the place of the names of its network, and one suite only. */
async function carriedOut(command: string) {
  const words = command
    .replace(/http:\/\/(localhost|target):8080/, emulator.origin)
    .replaceAll(/(host\.docker\.internal|\$\(hostname -i\)|0\.0\.0\.0):9000/g, `127.0.0.1:${await freePort()}`)
    .trim()
    .split(/\s+/);
  expect(words.splice(0, 2)).toEqual(['npx', `call-mute-conformance@${packageVersion()}`]);
  expect(words).toContain(`${emulator.origin}/beta`);
  const ended = await runCli(words, {}, { ACME_TOKEN: 'a-token-of-acme', CALL_MUTE_SUITE: 'roster-notification' });
  folders.push(ended.folder);
  expect(ended).toMatchObject({ exitCode: 0 });
  return ended;
}

describe('the CI examples of the README', { timeout: 60_000 }, () => {
  it('for GitHub Actions run, and keep the folder that is written', async () => {
    const steps = github?.steps ?? [];
    const run = steps.find((step) => step.run !== undefined);
    expect(Object.keys(run?.env ?? {})).toEqual(['ACME_TOKEN']);
    const { folder } = await carriedOut(run?.run ?? '');
    const kept = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'))?.with?.['path'];
    expect(existsSync(path.join(folder, String(kept)))).toBe(true);
    expect(github?.services['target']).toMatchObject({ ports: ['8080:8080'] });
  });

  it('for GitLab run, reach the service by its alias, and keep junit.xml with the page that it names', async () => {
    const [script = ''] = gitlab?.script ?? [];
    expect(script).toContain(`http://${gitlab?.services[0]?.alias ?? ''}:8080/`);
    const { folder } = await carriedOut(script);
    const { paths = [], reports } = gitlab?.artifacts ?? {};
    expect(readFileSync(path.join(folder, reports?.junit ?? ''), 'utf8')).toMatch(/<testsuites /);
    for (const name of paths) expect(existsSync(path.join(folder, name, 'index.html'))).toBe(true);
    expect(script).toMatch(/--attach/);
  });
});
