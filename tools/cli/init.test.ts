import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { resolveTarget } from '../engine/target/resolve.ts';
import { readTarget } from '../engine/target/target-file.ts';
import { readTargetFile } from '../engine/target/target-file.ts';
import { init, type InitOptions } from './init.ts';

/** Runs init in a folder of its own; `answers` are those to the questions, in their order. */
async function run(
  options: InitOptions,
  {
    file,
    answers,
    environment = {},
    before = {},
  }: { file?: string; answers?: string[]; environment?: NodeJS.ProcessEnv; before?: Record<string, string> } = {},
) {
  const workingDirectory = mkdtempSync(path.join(tmpdir(), 'init '));
  for (const [name, text] of Object.entries(before)) writeFileSync(path.join(workingDirectory, name), text);
  let said = '';
  const questions: string[] = [];
  const output = { write: (text: string) => (said += text) };
  const left = [...(answers ?? [])];
  const ask = async (question: string) => {
    questions.push(question);
    return left.shift() ?? '';
  };
  await init(file, options, { environment, workingDirectory, stdout: output, stderr: output }, answers && ask);
  const [written = ''] = readdirSync(workingDirectory).filter((name) => !(name in before));
  const name = file ?? written;
  const text = readFileSync(path.join(workingDirectory, name), 'utf8');
  const target = () => readTargetFile(text, name, { ACME_TOKEN: 'tok' });
  return { said, questions, left, text, name, target, workingDirectory };
}

describe('init', () => {
  it('writes a file that is valid as it is, and says what to do next', async () => {
    const { said, name, text, target, workingDirectory } = await run({ yes: true });
    expect(name).toBe('acme.yaml');
    expect(target()).toMatchObject({
      name: 'acme',
      baseUrl: 'http://localhost:8080/beta',
    });
    expect(said).toBe(
      'acme.yaml is written. Next:\n  call-mute-conformance doctor --target acme.yaml\n  call-mute-conformance --target acme.yaml\n',
    );
    const [, schema = ''] = /^# yaml-language-server: \$schema=(.*)$/m.exec(text) ?? [];
    expect(readFileSync(path.resolve(workingDirectory, schema), 'utf8')).toContain('"title": "Target"');
    const io = { environment: {}, workingDirectory, placeholderToken: () => 'placeholder' };
    expect(resolveTarget(readTarget(name, io), io)).toMatchObject({
      token: 'placeholder',
      callback: { port: 0 },
    });
  });

  it('says everything that can be in a target file', async () => {
    const { text } = await run({ yes: true });
    const uncommented = text.replace(/^( *)# ([a-zA-Z]+: )/gm, '$1$2').replace(/^(token|baseUrl|name): .*\n/gm, '');
    const filled = uncommented.replaceAll('…', 'x').replaceAll(/\$\{\w+\}/g, 'x');
    expect(Object.keys(readTargetFile(filled, 'filled', {}))).toEqual(
      expect.arrayContaining([
        'oauth',
        'unprivilegedToken',
        'headers',
        'applicationId',
        'calls',
        'callback',
        'timeouts',
        'rate',
      ]),
    );
  });

  it('takes what the options say', async () => {
    const { said, text, target, name } = await run(
      { name: 'other', baseUrl: 'https://target.example/v1.0/', tokenEnv: 'ACME_TOKEN', yes: true },
      { file: 'my target.yaml' },
    );
    expect(name).toBe('my target.yaml');
    expect(target()).toMatchObject({ name: 'other', baseUrl: 'https://target.example/v1.0', token: 'tok' });
    expect(text).toContain('\n  # app: true');
    expect(said).toContain(
      'Set ACME_TOKEN to the token, and then:\n  call-mute-conformance doctor --target "my target.yaml"',
    );
    expect((await run({ tokenEnv: 'ACME_TOKEN' }, { environment: { ACME_TOKEN: 'x' } })).said).toContain('Next:');
  });

  it('asks, with defaults, and asks again where an answer will not do', async () => {
    const answers = [
      '../x',
      'yes',
      'localhost:1',
      'http://localhost:1/beta',
      '1TOKEN',
      'ACME_TOKEN',
      'ID',
      '',
      'on: 1',
      'command',
      '"open',
      './make "a b"',
      'maybe',
      'YES',
      '70000',
      '9100',
      'y',
    ];
    const { said, left, target, text } = await run({}, { answers });
    expect(left).toEqual([]);
    expect(target()).toMatchObject({
      name: 'yes',
      baseUrl: 'http://localhost:1/beta',
      token: 'tok',
      calls: { group: { id: 'on: 1' }, peerToPeer: { command: './make "a b"' } },
      callback: { listen: '0.0.0.0:9100', publicUrl: 'https://host.docker.internal:9100', tls: true },
    });
    expect(text).toContain('name: "yes"');
    expect(said).toContain('"../x" is not a valid folder name');
    expect(said).toContain('does not begin with http://');
    expect(said).toContain('Please answer yes or no.');
  });

  it('takes every default for an empty line', async () => {
    const { questions, target } = await run({}, { answers: [] });
    expect(questions).toHaveLength(7);
    expect(target()).toMatchObject({ name: 'acme', calls: { group: { create: {} }, peerToPeer: { create: {} } } });
  });

  it('replaces nothing, unless it is told to', async () => {
    const before = { 'acme.yaml': 'mine' };
    await expect(run({ yes: true }, { before })).rejects.toThrow(
      'acme.yaml already exists; give another name, or --force',
    );
    expect((await run({ yes: true, force: true }, { before, file: 'acme.yaml' })).text).toContain('baseUrl:');
  });

  it.each<[string, InitOptions, string | undefined, string]>([
    ['a name', { name: 'a/b' }, undefined, 'is not a valid folder name'],
    ['a base URL', { baseUrl: 'localhost' }, undefined, 'The base URL "localhost" is not a valid URL'],
    ['a variable', { tokenEnv: 'A-B' }, undefined, '"A-B" is not a valid name of an environment variable'],
    ['a folder', {}, 'none/acme.yaml', 'none/acme.yaml cannot be written: its folder does not exist'],
  ])('refuses %s that will not do', async (_what, options, file, problem) => {
    const running = run(options, file === undefined ? {} : { file });
    await expect(running).rejects.toThrow(ConfigurationError);
    await expect(running).rejects.toThrow(problem);
  });
});
