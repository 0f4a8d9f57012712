import { CouldNotRun } from '../../../engine/target/could-not-run.ts';
import { callSource, kindNames } from '../call-source.ts';
import type { KnownCall } from '../known-call.ts';
import { provideByCommand } from './by-command.ts';
import { provideCreated } from './created.ts';
import { provideGiven } from './given.ts';
import type { Provided } from './provided.ts';

/**
 * Makes a call as the target file says: created over the API, made by a command, or one that is given; and
 * waits until it is ready.
 * @param exists gets the call as soon as it is there
 * @throws CouldNotRun with what to provide; NotApplicable where the target has no such calls
 */
export async function provide(call: KnownCall, exists: Provided): Promise<void> {
  const source = callSource(call.session.target, call.kind);
  const members = Object.keys(call.createMembers);
  if (source.create === undefined && members.length > 0 && (source.id ?? source.command) !== undefined) {
    throw new CouldNotRun(
      `this case creates a ${kindNames[call.kind]} with ${members.join(', ')} of its own, and the target file gives ${source.id === undefined ? 'a command' : `only ${source.id}`}; let calls be created (calls.${call.kind}: {create: {}})`,
    );
  }
  if (source.id !== undefined) return provideGiven(call, source.id, source.participantId, exists);
  if (source.command !== undefined) return provideByCommand(call, source.command, exists);
  return provideCreated(call, source, exists);
}
