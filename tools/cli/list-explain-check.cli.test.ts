import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../engine/catalogue/package-root.ts';
import { documented } from '../dev/testing/payloads.ts';
import { resultsProblem } from '../engine/results/results-schema.ts';

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The compiled command line as a process of its own, from another working directory. */
function ended(words: readonly string[], input = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(packageRoot, 'dist/tools/cli/cli.js'), ...words], {
      cwd: path.parse(packageRoot).root,
      env: { LANG: 'C.UTF-8' },
    });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (exitCode) =>
      resolve({ exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
    child.stdin.end(input);
  });
}

describe('the command line', () => {
  it('lists, explains and judges', async () => {
    expect(await ended(['list'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^status\.success /) as string,
      stderr: '',
    });
    expect(await ended(['explain', 'status.success'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('sends ') as string,
    });
    expect(await ended(['check', '-', '--as', 'operation'], JSON.stringify(documented('mute-response')))).toMatchObject(
      { exitCode: 0 },
    );
    expect(await ended(['check', '--as', 'error', '--requirement', 'error.body', '-'], '{}')).toMatchObject({
      exitCode: 1,
    });
  });

  it.each([
    [['list', 'requirments'], /did you mean requirements\?/],
    [['explain', 'location.cal'], /did you mean location\.call\?/],
    [['check', 'no-such-file.json', '--as', 'error'], /no-such-file\.json cannot be read: there is no such file\./],
    [['check', '-'], /--as operation/],
  ])('ends with 2 and one paragraph: %j', async (words, message) => {
    const { exitCode, stdout, stderr } = await ended(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('does not mind that its output is read no further', async () => {
    const child = spawn(process.execPath, [path.join(packageRoot, 'dist/tools/cli/cli.js'), 'list', 'cases', '--json']);
    const stderr: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdout.destroy();
    const exitCode = await new Promise((resolve) => child.on('close', resolve));
    expect({ exitCode, stderr: Buffer.concat(stderr).toString() }).toEqual({ exitCode: 0, stderr: '' });
  });
});

describe('check --as traffic --report-dir', () => {
  const secrets = { token: 't0ken-of-the-bot', cookie: 's3ssion-c00kie', clientSecret: 'cl1ent~s3cret' };
  const { token, cookie, clientSecret } = secrets;
  const entry = (url: string, headers: Record<string, string>, body: string, answer: object) => ({
    startedDateTime: '2026-11-29T00:00:00Z',
    request: {
      method: 'POST',
      url: `http://localhost:8080${url}`,
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      postData: { text: body },
    },
    response: {
      status: 200,
      headers: [
        { name: 'Content-Type', value: 'application/json' },
        // A target that tells in a header what it was sent.
        { name: 'X-Debug', value: `${token} ${cookie} ${clientSecret}` },
      ],
      content: { size: 5, text: JSON.stringify(answer) },
    },
  });
  const archive = {
    log: {
      version: '1.2',
      entries: [
        entry(
          '/token',
          { 'Content-Type': 'application/x-www-form-urlencoded' },
          `grant_type=client_credentials&client_secret=${encodeURIComponent(clientSecret)}`,
          { access_token: token },
        ),
        entry(
          '/beta/communications/calls/c1/mute',
          { Authorization: `Bearer ${token}`, Cookie: `session=${cookie}`, 'Content-Type': 'application/json' },
          JSON.stringify({ clientContext: clientSecret }),
          { ...(documented('mute-response') as object), clientContext: cookie },
        ),
      ],
    },
  };

  it('writes the reports of a run, without secrets', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'call-mute-traffic-'));
    try {
      const file = path.join(folder, 'bot-tests.har');
      const reports = path.join(folder, 'reports');
      writeFileSync(file, JSON.stringify(archive));
      const words = ['check', file, '--as', 'traffic', '--report-dir', reports, '--formats', 'junit,html,md,ctrf'];
      const { exitCode, stdout, stderr } = await ended(words);
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
      expect(stdout).toMatch(/\nReports: .*reports\n/);
      const names = readdirSync(reports).toSorted();
      expect(names).toEqual(['ctrf.json', 'index.html', 'junit.xml', 'results.json', 'summary.md']);
      const texts = names.map((name) => readFileSync(path.join(reports, name), 'utf8'));
      for (const secret of Object.values(secrets)) {
        for (const text of [stdout, ...texts]) expect(text).not.toContain(secret);
      }
      const results: unknown = JSON.parse(texts[3] ?? '');
      expect(resultsProblem('results', results)).toBeUndefined();
      expect(results).toMatchObject({
        target: { name: 'bot-tests.har', baseUrl: 'http://localhost:8080/beta' },
        run: { partial: true, exitCode: 1 },
        summary: { verdict: 'non-conformant' },
        causes: expect.arrayContaining([
          expect.objectContaining({
            requirement: 'location.present',
            explains: ['location.present/in-recorded-traffic'],
          }),
        ]) as unknown,
      });
      const [, locationCase] =
        /<testcase name="location\.present\/in-recorded-traffic"([^]*?)<\/testcase>/.exec(texts[2] ?? '') ?? [];
      expect(locationCase).toContain('<failure');
      expect(texts[2]).toContain('[redacted]');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** All that a module imports when it is loaded, or when its one command is run; packages by their names. */
function importsOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8').replaceAll(/^(?:import|export) type [^;]*;/gm, '');
  const imports = text.matchAll(
    /^(?:import|export)\b[^;'"]*\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  for (const [, from, bare, dynamic] of imports) {
    const name = from ?? bare ?? dynamic ?? '';
    const target = path.resolve(path.dirname(file), name);
    if (!name.startsWith('.')) seen.add(name);
    else if (existsSync(target)) importsOf(target, seen);
  }
  return seen;
}

describe('what starts at once', () => {
  it.each(['list', 'explain', 'check'])('loads nothing heavy: %s', (command) => {
    const files = importsOf(path.join(packageRoot, `tools/cli/${command}.ts`));
    const packages = [...files].filter((name) => !name.startsWith('node:') && !path.isAbsolute(name));
    // Both load in milliseconds, and need nothing else.
    expect(packages.filter((name) => !['picocolors', 'jsonc-parser'].includes(name))).toEqual([]);
    expect(files.size).toBeGreaterThan(8);
  });
});
