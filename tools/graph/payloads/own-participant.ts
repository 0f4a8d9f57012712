import { isObject } from '../../engine/catalogue/json-value.ts';
import { sameId } from '../ids.ts';
import type { RosterEntry } from './roster.ts';

/** By what the application's own participant can be told from others. */
export interface OwnClues {
  /** What the call names as myParticipantId. */
  readonly participantId: string | undefined;
  readonly applicationId: string | undefined;
}

/**
 * The application's own participant in a roster: by the id that the call names (fact 45), else by the id of the
 * application, else the only one that bears the identity of an application, as application or as applicationInstance
 * (fact 80).
 * @returns undefined when the roster does not have it, or it cannot be told
 */
export function ownEntry(
  entries: readonly RosterEntry[],
  { participantId, applicationId }: OwnClues,
): RosterEntry | undefined {
  if (participantId !== undefined) return entries.find(({ id }) => id !== undefined && sameId(id, participantId));
  const applications = entries.flatMap((entry) => applicationOf(entry) ?? []);
  if (applicationId === undefined) return only(applications)?.entry;
  const named = applications.find(({ ids }) => ids.some((id) => sameId(id, applicationId)));
  return (named ?? only(applications.filter(({ isAnonymous }) => isAnonymous)))?.entry;
}

function only<T>(entries: readonly T[]): T | undefined {
  return entries.length === 1 ? entries[0] : undefined;
}

/** A participant that is an application, by its identity. */
interface Application {
  readonly entry: RosterEntry;
  /** By these it says which application it is. */
  readonly ids: readonly string[];
  /** An applicationInstance has an id of its own: where nothing else names the application, it may be any. */
  readonly isAnonymous: boolean;
}

function applicationOf(entry: RosterEntry): Application | undefined {
  const { info } = entry.entity;
  if (!isObject(info)) return undefined;
  const { identity, clientVersion } = info;
  const application = idOf(identity, 'application');
  const instance = idOf(identity, 'applicationInstance');
  if (instance === undefined) {
    return application === undefined ? undefined : { entry, ids: [application], isAnonymous: false };
  }
  // As in "TestBot (appid:8616fcc0-…)" (fact 80).
  const version = typeof clientVersion === 'string' ? /\(appid:([^()\s]+)\)/i.exec(clientVersion)?.[1] : undefined;
  const names = [application, version].flatMap((id) => id ?? []);
  return { entry, ids: [...names, instance], isAnonymous: names.length === 0 };
}

function idOf(identity: unknown, kind: 'application' | 'applicationInstance'): string | undefined {
  const member = isObject(identity) ? identity[kind] : undefined;
  return isObject(member) && typeof member['id'] === 'string' ? member['id'] : undefined;
}
