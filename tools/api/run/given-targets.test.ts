import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import type { TargetFile } from '../../engine/target/target.ts';
import { chooseGiven } from './given-targets.ts';

const guid = '2f1a4b6c-8d0e-4f3a-9b5c-7d1e2f3a4b5c';
const undashed = guid.replaceAll('-', '').toUpperCase();

/** Chooses the one target that a file with these calls describes. */
function choose(calls: NonNullable<TargetFile['calls']>, environment: NodeJS.ProcessEnv = {}): void {
  chooseGiven(
    { target: [{ name: 'acme', baseUrl: 'http://localhost:1/beta', calls }] },
    { environment, workingDirectory: '/' },
  );
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
