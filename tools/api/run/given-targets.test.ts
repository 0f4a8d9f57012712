import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import type { TargetFile } from '../../engine/target/target.ts';
import { readOptions } from './config.ts';
import { chooseGiven, expandSources } from './given-targets.ts';

const guid = '2f1a4b6c-8d0e-4f3a-9b5c-7d1e2f3a4b5c';
const undashed = guid.replaceAll('-', '').toUpperCase();

/** Chooses the one target that a file with these calls describes. */
function choose(calls: NonNullable<TargetFile['calls']>, environment: NodeJS.ProcessEnv = {}): void {
  chooseGiven(readOptions({ target: [{ name: 'acme', baseUrl: 'http://localhost:1/beta', calls }] }), {
    environment,
    workingDirectory: '/',
  });
}

describe('the calls that a target file gives', () => {
  it.each<[NonNullable<TargetFile['calls']>, string, string]>([
    [{ group: { id: 'a' }, peerToPeer: { id: 'a' } }, 'calls.group and calls.peerToPeer', 'a'],
    [{ group: { id: 'a' }, meeting: { id: 'b' }, peerToPeer: { id: 'b' } }, 'calls.meeting and calls.peerToPeer', 'b'],
    [
      { group: { id: 'a' }, meeting: { id: 'a' }, peerToPeer: { id: 'a' } },
      'calls.group and calls.meeting and calls.peerToPeer',
      'a',
    ],
    [{ group: { id: '${CALL}' }, meeting: { id: 'a' } }, 'calls.group and calls.meeting', 'a'],
    [{ group: { id: guid }, meeting: { id: undashed } }, 'calls.group and calls.meeting', undashed],
  ])('are refused where one is for two kinds: %j', (calls, kinds, id) => {
    expect(() => choose(calls, { CALL: 'a' })).toThrow(
      new ConfigurationError(
        `${kinds} give the same call, ${id}; give each kind a call of its own, or say none where the target has no such calls.`,
      ),
    );
  });

  it.each<NonNullable<TargetFile['calls']>>([
    { group: { id: 'a' }, peerToPeer: { id: 'A' } },
    { group: { id: 'a' }, meeting: 'none', peerToPeer: 'none' },
    { group: { id: 'a', participantId: 'p' }, meeting: { id: 'b', participantId: 'p' } },
    { group: { command: './make' }, peerToPeer: { command: './make' } },
  ])('are taken where each kind has its own: %j', (calls) => {
    expect(() => choose(calls)).not.toThrow();
  });
});

describe('globs of target files', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'target-files-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  mkdirSync(path.join(folder, 'targets', 'deep'), { recursive: true });
  for (const name of ['b.yaml', 'a.yaml', 'c.yml', 'deep/d.yaml', '[x].yaml']) {
    writeFileSync(path.join(folder, 'targets', name), '');
  }

  it.each([
    [
      ['targets/b.yaml', 'none.yaml'],
      ['targets/b.yaml', 'none.yaml'],
    ],
    [['targets/*.yaml'], ['targets/[x].yaml', 'targets/a.yaml', 'targets/b.yaml']],
    [['targets/**/*.yaml'], ['targets/[x].yaml', 'targets/a.yaml', 'targets/b.yaml', 'targets/deep/d.yaml']],
    [['targets/*/*.yaml'], ['targets/deep/d.yaml']],
    [
      ['targets/{a,c}.y*ml', 'targets/a.yaml'],
      ['targets/a.yaml', 'targets/c.yml'],
    ],
    [['./targets/?.yaml'], ['targets/a.yaml', 'targets/b.yaml']],
    [['targets/[x].yaml'], ['targets/[x].yaml']],
  ])('%j: %j', (names, files) => {
    expect(expandSources(names, folder)).toEqual(files);
  });

  it('takes absolute globs', () => {
    expect(expandSources([path.join(folder, 'targets', 'a*.yaml')], '/')).toEqual([
      path.join(folder, 'targets', 'a.yaml'),
    ]);
  });

  it.each(['targets/*.json', 'none/*.yaml'])('refuses %s, which matches nothing', (glob) => {
    expect(() => expandSources([glob], folder)).toThrow(ConfigurationError);
  });
});
