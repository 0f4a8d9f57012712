import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { components as knownIssues } from '../../../specs/generated/known-issues.ts';
import type { components as target } from '../../../specs/generated/target.ts';
import { ConfigurationError } from './errors.ts';
import { schemaFileValidator } from './json-schema.ts';
import { readYaml } from './schema-file.ts';

type Target = target['schemas']['target'];
type KnownIssues = knownIssues['schemas']['knownIssues'];

function readTarget(text: string): Target {
  return readYaml(text, { file: 'acme.yaml', validator: schemaFileValidator<Target>('target.schema.json') });
}

function readKnownIssues(text: string): KnownIssues {
  const validator = schemaFileValidator<KnownIssues>('known-issues.schema.json');
  return readYaml(text, { file: 'known.yaml', validator });
}

function complaint(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).message;
  }
  throw new Error('nothing was thrown');
}

describe('readYaml', () => {
  it('reads what fits the schema', () => {
    expect(readTarget('name: acme\ncapabilities: { app: true }\n')).toEqual({
      name: 'acme',
      capabilities: { app: true },
    });
  });

  it.each([
    ['a byte order mark', '\uFEFFname: acme\n'],
    ['Windows line ends', 'name: acme\r\n'],
    ['no line end', 'name: acme'],
    ['a document start and comments', '# yaml-language-server: $schema=x\n---\nname: acme # here\n'],
    ['JSON', '{"name": "acme"}'],
  ])('takes %s', (_title, text) => {
    expect(readTarget(text)).toEqual({ name: 'acme' });
  });

  it('names line, path and the key that was meant', () => {
    const text = 'name: acme\ncapabilities:\n  app: true\n  operation: true\n';
    expect(complaint(() => readTarget(text))).toBe(
      'acme.yaml, line 4, capabilities.operation: the key is not known; did you mean operations?',
    );
  });

  it('counts lines after Windows line ends', () => {
    expect(complaint(() => readTarget('name: acme\r\n\r\nbaseurl: x\r\n'))).toContain('line 3, baseurl');
  });

  it.each([
    [
      'a wrong type',
      'capabilities: { app: yes please }',
      'line 1, capabilities.app: must be a boolean and is a string',
    ],
    ['a wrong type of a possible secret', 'token: 12345', 'line 1, token: must be a string and is a number'],
    [
      'a value that is not one of those allowed',
      'apiVersion: v1',
      'must be one of beta, v1.0 and is "v1"; did you mean v1.0?',
    ],
    ['a mapping where a word is asked for', 'apiVersion: { toString: beta }', 'beta, v1.0 and is {"toString":"beta"}.'],
    ['a word that is far from those allowed', 'apiVersion: latest', 'must be one of beta, v1.0 and is "latest".'],
    [
      'a form',
      'timeouts: { request: 5 sec }',
      '"5 sec" does not match the expected format (A number with its unit: 300ms, 5s, 2m)',
    ],
    ['a missing key', 'oauth: { tokenUrl: x, clientId: y }', 'line 1, oauth: the key clientSecret is missing'],
    [
      'keys that exclude each other',
      'calls:\n  group: { create: {}, id: x }',
      'line 2, calls.group: has keys that exclude each other: create, id, command',
    ],
    [
      'the branch of a choice that was meant',
      'headers:\n  X-Key: { value: x, secert: true }',
      'line 2, headers.X-Key.secert: the key is not known; did you mean secret?',
    ],
    [
      'a choice when none was meant',
      'headers: { X-Key: 5 }',
      'line 1, headers.X-Key: must be a string or a mapping and is a number',
    ],
    [
      'a word where it says how calls are made',
      'calls: { group: room-42 }',
      'line 1, calls.group: "room-42" does not match the expected format ({ create: … }, { command: … } or { id: … }; or none',
    ],
    ['a number there', 'calls: { group: 42 }', 'line 1, calls.group: must be a mapping or a string and is a number'],
    ['another word than none', 'callbacks: all', 'line 1, callbacks: "all" does not match the expected format (none:'],
    ['a list', '- name: acme', 'line 1: must be a mapping and is a list'],
    ['nothing', '', 'line 1: must be a mapping and is empty'],
    ['text', 'acme', 'line 1: must be a mapping and is a string'],
  ])('refuses %s', (_title, text, expected) => {
    expect(complaint(() => readTarget(text))).toContain(expected);
  });

  it('names the item of a list', () => {
    const text =
      'issues:\n  - match: a\n    kind: failing\n    reason: b\n  - match: c\n    kind: flakey\n    reason: d\n';
    expect(complaint(() => readKnownIssues(text))).toContain('line 6, issues[1].kind: must be one of');
  });

  it('does not quote what may be a secret', () => {
    expect(complaint(() => readTarget('token: [hush-hush]'))).not.toContain('hush');
  });

  it('tells several problems at once, and how many more there are', () => {
    const message = complaint(() => readTarget('a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1'));
    expect(message).toMatch(/^acme\.yaml, line 1, a: .*; line 2, b: .*; and 2 more\.$/);
  });

  it.each([
    ['a syntax error', 'name: acme\nbaseUrl: "http://x', /^acme\.yaml, line 2, column \d+: this is not valid YAML: /],
    ['a tab for indentation', 'capabilities:\n\tapp: true', /line 2, .*not valid YAML/],
    ['a key twice', 'name: a\nname: b', /line 2, .*not valid YAML: Map keys must be unique/],
    ['two documents', 'name: a\n---\nname: b', /not valid YAML/],
    ['an unknown tag', 'name: !!js/function a', /line 1, .*not valid YAML/],
    ['an alias of nothing', 'name: *a', /cannot be read as YAML: Unresolved alias/],
    ['levels without end', '['.repeat(100_000), /cannot be read as YAML|not valid YAML/],
    ['more than 1 MiB', `name: ${'a'.repeat(1024 * 1024)}`, /larger than 1 MiB/],
  ])('refuses %s', (_title, text, expected) => {
    expect(complaint(() => readTarget(text))).toMatch(expected);
  });

  it('refuses aliases of aliases', () => {
    const bomb = ['a: &a0 [x, x]', ...Array.from({ length: 25 }, (_, i) => `b${i}: &a${i + 1} [*a${i}, *a${i}]`)].join(
      '\n',
    );
    expect(complaint(() => readTarget(bomb))).toMatch(/cannot be read as YAML/);
  });

  it('refuses an alias within what it stands for', () => {
    for (const text of ['calls: &a { group: *a }', 'calls: &a { group: { create: { list: [1, *a] } } }']) {
      expect(complaint(() => readTarget(text))).toMatch(/cannot be read as YAML: an alias refers to itself/);
    }
    expect(complaint(() => readTarget('name: &a x\ntoken: *a\nbaseUrl: 1'))).not.toMatch(/alias/);
  });

  it('has no way into the prototypes of objects', () => {
    expect(complaint(() => readTarget('__proto__: { token: x }'))).toContain('__proto__: the key is not known');
  });

  it('throws nothing but ConfigurationError, on one line', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('name: acme', 'calls:', '  group: {', '- a', '? b', '*a', '&a x'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (parts) => {
        try {
          readTarget(parts.join('\n'));
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
          expect((error as Error).message.startsWith('acme.yaml')).toBe(true);
        }
      }),
    );
  });
});
