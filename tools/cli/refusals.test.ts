import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { loadCatalogue } from '../engine/catalogue/catalogue.ts';
import { fakeIo } from '../dev/testing/fake-io.ts';
import { runCli } from '../dev/testing/run-cli.ts';
import { createProgram } from './program.ts';

// A process for each command, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(path.join(tmpdir(), 'refusals-'));
afterAll(() => rmSync(folder, { recursive: true }));

const files: Record<string, string> = {
  'good.yaml': 'name: acme\nbaseUrl: http://127.0.0.1:1/beta\ntoken: ${ACME_TOKEN}\n',
  'twin.yaml': 'name: ACME\nbaseUrl: http://127.0.0.1:2/beta\n',
  'broken.yaml': 'name: [\n',
  'against.yaml': 'name: acme\nbaseUrl: http://127.0.0.1:1/beta\ncapabilities: { apps: true }\n',
  'one-call.yaml': 'baseUrl: http://127.0.0.1:1/beta\ncalls: { group: { id: the-only }, meeting: { id: the-only } }\n',
  'token.txt': '\n',
  'known.yaml': 'issues:\n  - { match: status.sucess, kind: failing, reason: r }\n',
  'expired.yaml': 'issues:\n  - { match: status.success, kind: failing, reason: r, until: 2020-01-01 }\n',
  'todo.yaml': 'issues:\n  - { match: status.success, kind: failing, reason: TODO }\n',
  'ratchet.yaml': 'targets: { other: { divergence: 0, coverage: 1 } }\n',
  'results.json': '{}',
};
for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);

/** Runs the command line in this process; nothing of what is refused gets as far as a request. */
async function refused(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  let said = '';
  const io = {
    ...fakeIo({}, { environment, workingDirectory: folder }),
    stderr: { write: (text: string) => (said += text) },
  };
  const exitCode = await createProgram(io, new AbortController().signal)(words);
  return { exitCode, said };
}

const url = ['--base-url', 'http://127.0.0.1:1/beta'];

describe('what is refused with exit 2 and one paragraph', () => {
  it.each<[string, string[], RegExp]>([
    ['an unknown option', [...url, '--suit', 'x'], /unknown option '--suit'[^]*Did you mean --suite/],
    ['an unknown command', ['srve'], /no command "srve"; did you mean serve\?/],
    ['an unknown word', ['something', ...url], /no command "something"\. The commands are run, /],
    ['an option without its value', ['--base-url'], /argument missing/],
    ['a base URL that is none', ['--base-url', 'localhost'], /is not a valid URL/],
    ['another scheme', ['--base-url', 'ftp://x/beta'], /does not begin with http/],
    ['credentials', ['--base-url', 'http://a:b@x/beta'], /has credentials/],
    ['a query', ['--base-url', 'http://x/beta?a=1'], /has a query/],
    ['a fragment', ['--base-url', 'http://x/beta#a'], /has a fragment/],
    ['no version', ['--base-url', 'http://x'], /does not end in beta or v1\.0/],
    ['a version that there is not', ['--base-url', 'http://x', '--api-version', 'v2'], /neither beta nor v1\.0/],
    ['versions that differ', ['--base-url', 'http://x/beta', '--api-version', 'v1.0'], /ends in beta/],
    ['such a version of the emulator', ['--api-version', 'v2'], /neither beta nor v1\.0/],
    ['Graph itself', ['--base-url', 'https://graph.microsoft.com/beta'], /--allow-production/],
    ['a target file that is missing', ['--target', 'none.yaml'], /none\.yaml does not exist/],
    ['a target file that is no YAML', ['--target', 'broken.yaml'], /broken\.yaml, line \d.*YAML/],
    ['a target file against its schema', ['--target', 'against.yaml'], /against\.yaml, line 3, capabilities\.apps/],
    [
      'one call for two kinds',
      ['--target', 'one-call.yaml'],
      /one-call\.yaml: calls\.group and calls\.meeting give the same call, the-only; give each kind a call of its own/,
    ],
    [
      'one call for two kinds, asked by doctor',
      ['doctor', '--target', 'one-call.yaml'],
      /give the same call, the-only/,
    ],
    ['an unset variable', ['--target', 'good.yaml'], /ACME_TOKEN is not set/],
    ['a glob without a file', ['--target', 'none-*.yaml'], /"none-\*\.yaml" matches no file/],
    ['an unset token variable', [...url, '--token-env', 'NOPE'], /NOPE is not set/],
    ['an empty token file', [...url, '--token-file', 'token.txt'], /token\.txt is empty/],
    ['a token and no target', ['--token-file', 'token.txt'], /--token-file says how to reach a target/],
    ['a client key and no target', ['--key', 'token.txt'], /--key says how to reach a target/],
    ['two faults', ['--fault', 'status-201', '--fault', 'status-204'], /--fault <id>.*was given twice/],
    ['two base URLs', [...url, ...url], /--base-url <url>.*was given twice/],
    ['two seeds', ['--seed', '1', '--seed', '2'], /--seed <n>.*was given twice/],
    ['a suite that there is not', ['--suite', 'status'], /--suite "status" matches nothing/],
    ['a case that there is not', ['--case', 'status.sucess/*'], /--case "status\.sucess\/\*" matches nothing/],
    ['a requirement that there is not', ['--requirement', 'status.sucess'], /did you mean status\.success/],
    [
      'filters that meet nowhere',
      ['--suite', 'state', '--requirement', 'status.success'],
      /no case matches all of them/,
    ],
    ['a duration without a unit', [...url, '--request-timeout', '5'], /--request-timeout "5" is not a valid duration/],
    ['a run without time', ['--run-timeout', '0s'], /--run-timeout "0s"/],
    ['a listener without a port', [...url, '--callback-listen', 'here'], /is not a valid HOST:PORT/],
    ['no concurrency', ['--concurrency', '0'], /Expected an integer of at least 1/],
    ['a format that there is not', ['--formats', 'pdf'], /Unknown report format "pdf"/],
    ['a fault that there is not', ['--fault', 'no-such-fault'], /no fault "no-such-fault"/],
    [
      'a rate of nothing',
      ['--fault', 'status-201', '--rate', '0'],
      /--rate <share>.*Expected a number greater than 0 and at most 1/,
    ],
    ['a rate over one', ['--fault', 'status-201', '--rate', '1.5'], /Expected a number greater than 0 and at most 1/],
    ['a rate without a fault', ['--rate', '0.1'], /A rate says when a fault shows, and no fault is chosen/],
    ['a situation without a fault', ['--when', 'app'], /A situation says when a fault shows/],
    ['an unknown situation', ['--fault', 'status-201', '--when', 'repeat'], /Did you mean "repeated"/],
    ['a rate of a target', [...url, '--rate', '0.1'], /about the embedded emulator/],
    ['a fault of a target', [...url, '--fault', 'status-201'], /about the embedded emulator/],
    ['a shard that there is not', ['--shard', '3/2'], /is not a valid shard/],
    ['a requirement set that there is not', ['--requirement-set', 'call-mute/1999-01'], /no requirement set/],
    [
      'a known issue that matches nothing',
      ['--known-issues', 'known.yaml'],
      /known\.yaml, line 2: "status\.sucess".*did you mean/,
    ],
    [
      'a known issue that expired',
      ['--known-issues', 'expired.yaml'],
      /expired\.yaml, line 2.*expired after 2020-01-01/,
    ],
    [
      'a known issue without a reason',
      ['--known-issues', 'todo.yaml', '--strict'],
      /todo\.yaml, line 2.*no reason yet/,
    ],
    ['an update of nothing', ['--update-known-issues'], /requires --known-issues FILE/],
    ['a ratchet of others', ['--ratchet', 'ratchet.yaml'], /no figures of emulator; --update-ratchet/],
    ['a ratchet of a part', ['--ratchet', 'ratchet.yaml', '--suite', 'state'], /complete runs/],
    ['a rerun of what is no run', ['--rerun', 'results.json'], /not the results of a run/],
    [
      'a report folder that is a file',
      ['--suite', 'state', '--report-dir', 'good.yaml'],
      /cannot be written.*--report-dir/,
    ],
    ['a comparison of one', ['compare', 'results.json'], /at least two/],
    ['a report of nothing', ['report', 'none.json'], /none\.json does not exist/],
  ])('%s', async (_name, words, message) => {
    const { exitCode, said } = await refused(words);
    expect(said).toMatch(message);
    expect(exitCode).toBe(2);
    expect(said).not.toMatch(/\n\s+at /);
  });

  it('two targets of one name, whatever the case of its letters', async () => {
    const { exitCode, said } = await refused(['--target', 'good.yaml', 'twin.yaml'], { ACME_TOKEN: 't' });
    expect([exitCode, said]).toEqual([2, expect.stringMatching(/Two targets have the name/)]);
  });

  it.each(['CALL_MUTE_BASE_URL', 'CALL_MUTE_TARGET'])(
    '%s that is set and empty, where it would choose',
    async (name) => {
      const { exitCode, said } = await refused(['--suite', 'state'], { [name]: '' });
      expect([exitCode, said]).toEqual([2, expect.stringMatching(`${name} is set and empty`)]);
    },
  );

  it('and when everything is put right, the same options get as far as the target', async () => {
    const right = {
      '--target': 'good.yaml',
      '--api-version': 'beta',
      '--token-file': 'token.txt',
      '--suite': 'location-header',
      '--case': 'location.*',
      '--requirement': 'location.present',
      '--request-timeout': '5s',
      '--run-timeout': '1m',
      '--callback-listen': '127.0.0.1:0',
      '--concurrency': '4',
      '--formats': 'junit',
      '--shard': '1/2',
      '--requirement-set': loadCatalogue().requirementSet,
      '--known-issues': 'known.yaml',
      '--report-dir': 'reports',
    };
    const known = 'issues:\n  - { match: status.success, kind: failing, reason: r, until: 2999-01-01 }\n';
    const ended = await runCli(
      Object.entries(right).flat(),
      { 'good.yaml': files['good.yaml'] ?? '', 'token.txt': 'secret-token\n', 'known.yaml': known },
      { ACME_TOKEN: 't' },
    );
    rmSync(ended.folder, { recursive: true });
    expect(ended.stderr).not.toMatch(/call-mute-conformance:/);
    expect(ended.exitCode).toBe(4);
  });

  it('--verbose adds where it was noticed', async () => {
    const { exitCode, said } = await refused(['--suite', 'none', '--verbose']);
    expect(exitCode).toBe(2);
    expect(said).toMatch(/\n\s+at /);
  });
});

describe('GitHub Actions', () => {
  const tell = async (words: readonly string[]) => {
    const summary = path.join(folder, `summary ${words.join(' ')}.md`);
    const { exitCode, said } = await refused(words, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary });
    return { exitCode, said, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : undefined };
  };

  it.each<[string, string[], RegExp]>([
    ['an option that there is not', ['run', '--no-such'], /unknown option '--no-such'/],
    ['a file that is wrong', ['run', '--target', 'against.yaml'], /apps/],
    ['known issues that match nothing', ['run', '--known-issues', 'known.yaml'], /status\.sucess/],
  ])('is told of %s, beside the job and on its page', async (_name, words, problem) => {
    const { exitCode, said, summary } = await tell(words);
    expect(exitCode).toBe(2);
    const annotation = said
      .split('\n')
      .find((line) => line.startsWith('::error title=call-mute-conformance%3A exit code 2::'));
    expect(annotation).toMatch(problem);
    expect(summary).toMatch(/^## ❌ call-mute-conformance: exit code 2\n\n- `/);
    expect(summary).toMatch(problem);
  });

  it('is told nothing where nothing is wrong', async () => {
    expect(await tell(['run', '--help'])).toMatchObject({ exitCode: 0, said: '', summary: undefined });
  });
});
