import { expect, it } from 'vitest';
import { runOnEmulator } from '../../dev/testing/run-suites.ts';
import { findFault } from '../../emulator/find-deviation.ts';
import { sporadic } from '../../emulator/sporadic.ts';

it('a walk names the requirement that it stumbles over', { timeout: 30_000 }, async () => {
  const fault = sporadic(findFault('client-context-dropped'), { when: 'after-unmute' });
  const { records } = await runOnEmulator(fault, (id) => id.startsWith('state.any-sequence/'), { quietMs: 50 });
  expect(records.map(({ outcome }) => outcome)).toEqual([
    expect.objectContaining({ kind: 'violated', promise: 'context.echo' }),
  ]);
});
