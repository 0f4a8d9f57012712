import { sameId } from '../ids.ts';
import { CallUnderTest } from './call.ts';
import { kindNames } from './call-source.ts';
import type { CallScope } from './call-scope.ts';
import { type CallKind, callKinds, type Target } from '../../engine/target/target.ts';

/** Why nothing can be judged, in words, and what to do. */
export interface SameId {
  /** What has given the id a second time. */
  readonly request: string;
  readonly problem: string;
  readonly advice: string;
}

interface NamedCall {
  readonly kind: CallKind;
  readonly id: string;
}

/**
 * Whether two calls that are there at once have the same id: makes one more call of each kind that is made anew, and
 * looks at those that are given. A call that cannot be made is a matter of the cases.
 * @param first is there already
 * @returns undefined when the ids differ, as far as calls can be made
 */
export async function findSameId(scope: CallScope, first: NamedCall): Promise<SameId | undefined> {
  const { session } = scope;
  const { target } = session;
  const others = kindsToMake(target).map((kind) => new CallUnderTest(session, scope, kind));
  try {
    const made = await Promise.all(
      others.map((other) =>
        other.named().then(
          (id) => [{ kind: other.kind, id }],
          () => [],
        ),
      ),
    );
    const calls = [first, ...given(target, first), ...made.flat()];
    for (const [index, later] of calls.entries()) {
      const earlier = calls.slice(0, index).find(({ id }) => sameId(id, later.id));
      if (earlier !== undefined) return describe(target, earlier, later);
    }
    return undefined;
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

/** Of calls over the API the two whose requests differ; of commands each, for each may be a program of its own. */
function kindsToMake({ calls }: Target): CallKind[] {
  return callKinds.filter((kind) => {
    const source = calls[kind] ?? {};
    if (source === 'none' || source.id !== undefined) return false;
    return kind !== 'meeting' || source.command !== undefined;
  });
}

/** The calls that the target file gives, without the first where it is one of them. */
function given({ calls }: Target, first: NamedCall): NamedCall[] {
  return callKinds.flatMap((kind) => {
    const source = calls[kind] ?? {};
    return source === 'none' || source.id === undefined || kind === first.kind ? [] : [{ kind, id: source.id }];
  });
}

function describe(target: Target, { kind: one, id }: NamedCall, { kind: other }: NamedCall): SameId {
  const both = one === other ? `two ${kindNames[one]}s have` : `a ${kindNames[one]} and a ${kindNames[other]} have`;
  const kept = `If the target only has this one call, say so in the target file: calls.${one}: {id: ${JSON.stringify(id)}}, and none for the other kinds`;
  const line = commandOf(target, other);
  return {
    request:
      line === undefined ? `POST ${target.baseUrl}/communications/calls` : `the command for calls.${other} (${line})`,
    problem: `${both} the same id, ${id}, although both exist`,
    advice:
      line === undefined
        ? `Give each call an id of its own. ${kept}; where it posts no notifications, callbacks: none, too (docs/mocks.md has such a file)`
        : `Let the command make a call each time that it is run, and print the id of that call. ${kept}`,
  };
}

function commandOf({ calls }: Target, kind: CallKind): string | undefined {
  const source = calls[kind] ?? {};
  return source === 'none' ? undefined : source.command;
}
