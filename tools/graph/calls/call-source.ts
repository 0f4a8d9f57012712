import { NotApplicable } from '../../engine/target/could-not-run.ts';
import type { CallKind, CallSource, Target } from '../../engine/target/target.ts';

/** The words for a kind of call in messages. */
export const kindNames: Readonly<Record<CallKind, string>> = {
  group: 'group call',
  meeting: 'group call in a meeting',
  peerToPeer: 'peer-to-peer call',
};

/**
 * How calls of a kind are made on a target; over the API where nothing is said.
 * @throws NotApplicable where the target file says that there are none
 */
export function callSource({ calls }: Target, kind: CallKind): CallSource {
  const source = calls[kind] ?? {};
  if (source !== 'none') return source;
  throw new NotApplicable('capability', `the target file says calls.${kind}: none, so there is no ${kindNames[kind]}`);
}
