import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../engine/catalogue/package-root.ts';
import { documented } from '../dev/testing/payloads.ts';

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
    expect(packages.filter((name) => name !== 'picocolors')).toEqual([]);
    expect(files.size).toBeGreaterThan(8);
  });
});
