import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectBounded, expectCleanOutput } from './artefacts.ts';
import { emptyFolder, type EndedCommand, runCommand, patientTimeouts } from './command-line.ts';
import { noteRun, token } from './hostile-run.ts';
import { type HostileTarget, startHostileTarget } from './proxy.ts';

/** Each level twenty times the one before: a gigabyte out of a few lines. */
const aliasBomb = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefghij'].map((name, index) => {
    const before = 'abcdefghij'.charAt(index);
    return `${name}: &${name} [${Array.from({ length: 20 }, () => `*${before}`).join(', ')}]`;
  }),
].join('\n');

const wrongFiles: readonly (readonly [name: string, text: string | Buffer])[] = [
  ['a bomb of aliases', aliasBomb],
  ['an alias of itself', 'a: &a [*a]'],
  ['10 MB of mapping', Array.from({ length: 700_000 }, (_, index) => `key${index}: value`).join('\n')],
  ['10 MB of one text', `name: ${'x'.repeat(10 * 1024 * 1024)}`],
  ['a hundred thousand levels of lists', '['.repeat(100_000)],
  ['a hundred thousand levels of mappings', '{a: '.repeat(100_000)],
  [
    'ten thousand levels by indentation',
    Array.from({ length: 1_400 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'),
  ],
  ['names that JavaScript has a use for', '__proto__: {polluted: true}\nconstructor: {prototype: {a: 1}}\ntoString: 1'],
  ['a tag that wants to make something', 'a: !!js/function "function () { process.exit(7) }"'],
  ['binary rubbish', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 89) % 256))],
  ['NULs', '\u0000'.repeat(1_000)],
  ['UTF-16', Buffer.from('\ufeffname: acme\n', 'utf16le')],
  ['escapes for a terminal', 'name: "\u001b[2J\\e]0;owned\\a"\n"\\e[31mkey": 1\n'],
  ['nothing', ''],
];

const folder = emptyFolder();

function written(name: string, text: string | Buffer): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

function expectRefused(ended: EndedCommand): void {
  expectBounded(ended);
  expectCleanOutput(ended);
  expect(ended.exitCode).toBe(2);
  expect(ended.seconds).toBeLessThan(15);
  expect(ended.stderr.trim().split('\n')).toHaveLength(1);
  expect(ended.stderr.length).toBeLessThan(3_000);
}

describe('a target file', () => {
  for (const [name, text] of wrongFiles) {
    test(name, async ({ task }) => {
      const ended = await runCommand(['--target', written('target.yaml', text), '--report-dir', emptyFolder()]);
      noteRun(task, ended, ended.stderr);
      expectRefused(ended);
    });
  }
});

describe('a file of known issues', () => {
  for (const [name, text] of wrongFiles) {
    // An empty list is a list.
    if (name === 'nothing') continue;
    test(name, async ({ task }) => {
      const ended = await runCommand(['--known-issues', written('issues.yaml', text), '--report-dir', emptyFolder()]);
      noteRun(task, ended, ended.stderr);
      expectRefused(ended);
    });
  }
});

describe('a file that never ends', () => {
  for (const option of ['--target', '--known-issues', '--ca', '--rerun', '--ratchet', '--token-file']) {
    test.runIf(existsSync('/dev/zero'))(`${option} /dev/zero`, async ({ task }) => {
      const base = option === '--target' ? [] : ['--base-url', 'http://127.0.0.1:9/beta'];
      const ended = await runCommand([...base, option, '/dev/zero', '--report-dir', emptyFolder()], {
        limitMs: 20_000,
      });
      noteRun(task, ended, ended.stderr);
      expectRefused(ended);
    });
  }
});

const wrongResults: readonly (readonly [name: string, text: string])[] = [
  ['nothing', ''],
  ['null', 'null'],
  ['an array of a million', `[${Array.from({ length: 1_000_000 }, () => 1).join()}]`],
  ['a hundred thousand levels', '{"cases":'.repeat(100_000)],
  ['names that JavaScript has a use for', '{"__proto__":{"schemaVersion":1},"constructor":1,"cases":{"length":9}}'],
  ['another version', '{"schemaVersion":2}'],
  ['escapes for a terminal', '{"\\u001b[2J":"\\u001b[31m","schemaVersion":"\\u009b1m"}'],
  ['a log without an end to its line', '{"event":"run","header":'],
  ['a log of other events', '{"event":"run"}\n{"event":"\\u001b[2J"}\n'],
];

describe('a file of results', () => {
  for (const [name, text] of wrongResults) {
    for (const command of ['report', 'compare', 'merge']) {
      test(`${name}, for ${command}`, async ({ task }) => {
        const file = written('results.json', text);
        const files = command === 'report' ? [file] : [file, file];
        const ended = await runCommand([command, ...files, '--out', emptyFolder()]);
        noteRun(task, ended, ended.stderr);
        expectRefused(ended);
      });
    }
  }
});

describe('a payload to check', () => {
  const payloads: readonly (readonly [name: string, text: string | Buffer])[] = [
    ['10 MB', JSON.stringify({ value: 'x'.repeat(10 * 1024 * 1024) })],
    ['a hundred thousand levels', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['names that JavaScript has a use for', '{"__proto__":{"id":1},"constructor":{},"value":[{"__proto__":[]}]}'],
    ['escapes for a terminal', '{"@odata.type":"\\u001b[2J","\\u009b":1,"value":["\\u202e"]}'],
    ['binary rubbish', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 89) % 256))],
  ];
  for (const [name, text] of payloads) {
    for (const kind of ['operation', 'notification', 'participant', 'error']) {
      test(`${name}, as ${kind}`, async ({ task }) => {
        const ended = await runCommand(['check', written('payload.json', text), '--as', kind]);
        noteRun(task, ended, ended.stderr || ended.stdout);
        expectBounded(ended);
        expectCleanOutput(ended);
        expect([1, 2]).toContain(ended.exitCode);
      });
    }
  }
});

describe('a file as some editors write it', () => {
  let target: HostileTarget;
  beforeAll(async () => {
    target = await startHostileTarget(
      () => false,
      () => undefined,
      token,
    );
  });
  afterAll(() => target.close());

  test('with a byte order mark and CRLF, for target, token and known issues', async ({ task }) => {
    const lines = (...all: string[]) => `\ufeff${all.join('\r\n')}\r\n`;
    const yaml = written(
      'bom.yaml',
      lines('name: acme', `baseUrl: ${target.baseUrl}`, 'calls:', '  group:', '    create: {}'),
    );
    const tokenFile = written('bom.token', lines(token));
    const issues = written(
      'bom-issues.yaml',
      lines('issues:', '  - match: auth.challenge', '    kind: flaky', '    reason: seen now and then'),
    );
    const words = ['--target', yaml, '--token-file', tokenFile, '--known-issues', issues, '--suite', 'status-codes'];
    const ended = await runCommand([...words, ...patientTimeouts, '--report-dir', emptyFolder()]);
    noteRun(task, ended, ended.stderr);
    expectCleanOutput(ended);
    expect(ended.stderr).not.toMatch(/line \d+/);
    expect(ended.exitCode).toBe(0);
  });
});
