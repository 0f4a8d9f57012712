import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkHeader, readGivenToken } from './given-token.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'given-token-'));
writeFileSync(path.join(folder, 'token'), ' from-file\r\n');
writeFileSync(path.join(folder, 'empty'), '\n');
writeFileSync(path.join(folder, 'two-lines'), 'one\ntwo\n');

function read(sources: Parameters<typeof readGivenToken>[0], environment: NodeJS.ProcessEnv = {}) {
  return readGivenToken(sources, environment, folder);
}

describe('readGivenToken', () => {
  it('takes the flags before the target file', () => {
    const written = { text: 'written', from: 'acme.yaml: token' };
    expect(read({})).toBeUndefined();
    expect(read({ written })).toBe('written');
    expect(read({ written, env: 'T' }, { T: ' from-env ' })).toBe('from-env');
    expect(read({ written, file: 'token' })).toBe('from-file');
  });

  it.each([
    ['both flags', { env: 'T', file: 'token' }, 'keep one of them'],
    ['a variable that is not set', { env: 'NOT_SET' }, 'the environment variable NOT_SET is not set or empty'],
    ['an empty variable', { env: 'EMPTY' }, 'not set or empty'],
    ['a file that is not there', { file: 'none' }, '--token-file none does not exist'],
    ['a folder', { file: '.' }, '--token-file . is a folder'],
    ['an empty file', { file: 'empty' }, '--token-file empty is empty'],
    ['two lines', { file: 'two-lines' }, 'contains characters that are not valid in a bearer token'],
    ['an empty token', { written: { text: ' ', from: 'acme.yaml: token' } }, 'acme.yaml: token is empty'],
  ])('refuses %s', (_what, sources, problem) => {
    expect(() => read(sources, { EMPTY: '' })).toThrow(problem);
  });

  it('does not repeat what it refuses', () => {
    expect(() => read({ env: 'T' }, { T: 's3cret s3cret' })).toThrow(/^(?!.*s3cret)/);
  });
});

describe('checkHeader', () => {
  it('takes what can be sent', () => {
    expect(() => checkHeader('X-Api_Key.1', 'a b\tc é', '')).not.toThrow();
  });

  it.each([
    ['X Key', 'a', '"X Key" is not a valid header name'],
    ['', 'a', '"" is not a valid header name'],
    ['X-Key', 's3cret\r\nHost: evil', 'the value of X-Key contains characters'],
    ['X-Key', '\u2603', 'the value of X-Key contains characters'],
  ])('refuses %j with %j', (name, value, problem) => {
    expect(() => checkHeader(name, value, 'acme.yaml: ')).toThrow(`acme.yaml: headers: ${problem}`);
    expect(() => checkHeader(name, value, '')).toThrow(/^(?!.*s3cret)/);
  });
});
