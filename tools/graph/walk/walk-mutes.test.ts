import { expect, it } from 'vitest';
import { runOnEmulator } from '../../dev/testing/run-suites.ts';
import { findFault } from '../../emulator/find-deviation.ts';
import { sporadic } from '../../emulator/sporadic.ts';

it.each([
  ['client-context-dropped', 'context.echo'],
  // Takes two mutes of a call that have the same clientContext.
  ['operation-id-of-context', 'response.id-unique'],
])('a walk with %s names the requirement that it stumbles over', { timeout: 30_000 }, async (id, promise) => {
  const fault = sporadic(findFault(id), { when: 'after-unmute' });
  const { records } = await runOnEmulator(fault, (one) => one.startsWith('state.any-sequence/'), { quietMs: 50 });
  expect(records.map(({ outcome }) => outcome)).toEqual([expect.objectContaining({ kind: 'violated', promise })]);
});
