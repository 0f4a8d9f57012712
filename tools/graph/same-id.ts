import { sameId } from './ids.ts';
import { CallUnderTest } from './call.ts';
import { kindNames } from './call-source.ts';
import type { CallScope } from './call-scope.ts';
import { type CallKind, callKinds, type Target } from '../engine/target/target.ts';

/** Why nothing can be judged, in words, and what to do. */
export interface SameId {
  readonly problem: string;
  readonly advice: string;
}

/**
 * Whether the target gives two calls that are there at once the same id: makes one more call of each kind that is made
 * anew. A call that cannot be made is a matter of the cases.
 * @param first is there already
 * @returns undefined when the ids differ, as far as calls can be made
 */
export async function findSameId(
  scope: CallScope,
  first: { readonly kind: CallKind; readonly id: string },
): Promise<SameId | undefined> {
  const { session } = scope;
  const kinds = (['group', 'peerToPeer'] as const).filter((kind) => isMadeAnew(session.target, kind));
  const others = kinds.map((kind) => new CallUnderTest(session, scope, kind));
  try {
    const made = await Promise.all(others.map((other) => other.named().catch(() => undefined)));
    const kind = kinds[made.findIndex((id) => id !== undefined && sameId(id, first.id))];
    if (kind === undefined) return undefined;
    const both =
      kind === first.kind ? `two ${kindNames[kind]}s have` : `a ${kindNames[first.kind]} and a ${kindNames[kind]} have`;
    return {
      problem: `${both} the same id, ${first.id}, although both are there`,
      advice: `Give each call an id of its own. If the target has this one call alone, say so in the target file: calls.${first.kind}: {id: ${JSON.stringify(first.id)}}, and none for the other kinds`,
    };
  } finally {
    for (const other of others) session.track(other.release());
  }
}

/**
 * Whether a target file gives one id for calls of several kinds.
 * @returns what is wrong, and what to do, in a sentence; undefined when the ids differ
 */
export function givenTwice({ calls }: Pick<Target, 'calls'>): string | undefined {
  const given = callKinds.flatMap((kind) => {
    const source = calls[kind];
    return typeof source === 'object' && source.id !== undefined ? [{ kind, id: source.id }] : [];
  });
  const same = given.find(({ id }, index) => given.findIndex((other) => sameId(other.id, id)) !== index);
  if (same === undefined) return undefined;
  const kinds = given.filter(({ id }) => sameId(id, same.id)).map(({ kind }) => `calls.${kind}`);
  return `${kinds.join(' and ')} give the same call, ${same.id}; give each kind a call of its own, or say none where the target has no such calls.`;
}

/** Not one that is kept, of which there is one alone. */
function isMadeAnew({ calls }: Target, kind: CallKind): boolean {
  const source = calls[kind] ?? {};
  return source !== 'none' && source.id === undefined;
}
