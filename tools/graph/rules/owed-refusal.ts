/** What is promised of a mute with one mistake: with which status it is refused. */
import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import { isObject } from '../../engine/catalogue/json-value.ts';
import type { Answer } from '../mute-answer.ts';
import type { Rule } from './rule.ts';
import { clientContextOf, isModest, type SentMute } from './sent-mute.ts';

/** The answer to a mute with the mistake that the promise is about. */
export interface MistakenMuteAnswered {
  readonly answer: Answer;
}

export interface OwedRefusalRule extends Rule<MistakenMuteAnswered> {
  /** What a refusal is answered with that is about the mistake, well or badly: another may be about something else. */
  readonly about: ReadonlySet<number>;
}

const aboutContent: ReadonlySet<number> = new Set([400, 406, 413, 415, 422]);
const aboutCredentials: ReadonlySet<number> = new Set([400, 401, 403]);

function refusedWith(
  requirement: RequirementId,
  statuses: readonly number[],
  about: ReadonlySet<number>,
): OwedRefusalRule {
  return { requirement, about, judge: ({ answer }, { expect }) => expect(answer).toHaveStatus(...statuses) };
}

export const owedRefusalRules = {
  noContentType: refusedWith('content-type.required', [400, 415], aboutContent),
  unsupportedType: refusedWith('content-type.unsupported', [400, 415], aboutContent),
  malformedBody: refusedWith('body.malformed', [400], aboutContent),
  notAnObject: refusedWith('body.not-an-object', [400, 422], aboutContent),
  contextType: refusedWith('context.type', [400, 422], aboutContent),
  noAuthorization: refusedWith('auth.missing', [401], aboutCredentials),
  otherScheme: refusedWith('auth.scheme', [401], aboutCredentials),
  emptyToken: refusedWith('auth.empty', [401], aboutCredentials),
  wrongToken: refusedWith('auth.invalid-token', [401], aboutCredentials),
} as const satisfies Readonly<Record<string, OwedRefusalRule>>;

const badCredentials = {
  missing: owedRefusalRules.noAuthorization,
  'other scheme': owedRefusalRules.otherScheme,
  empty: owedRefusalRules.emptyToken,
  wrong: owedRefusalRules.wrongToken,
} as const satisfies Readonly<Record<NonNullable<SentMute['badCredentials']>, OwedRefusalRule>>;

/** The media types that are tried; what is closer to JSON, a target may take. */
export const unsupportedTypes: readonly string[] = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
];

/** @returns undefined where nothing is wrong, more than one thing, or something of which another promise speaks */
export function owedRefusalOf(sent: SentMute): OwedRefusalRule | undefined {
  const { method, callKind } = sent;
  const isOfGroup = callKind === 'group' || callKind === 'meeting';
  if (method !== 'POST' || !isOfGroup) return undefined;
  const ofContent = ofContentOf(sent);
  if (sent.isAuthorized) return sent.query === '' ? ofContent : undefined;
  const { badCredentials: which } = sent;
  return which === undefined || ofContent !== undefined ? undefined : badCredentials[which];
}

function ofContentOf(sent: SentMute): OwedRefusalRule | undefined {
  const { contentType, json, bytes } = sent;
  if (bytes === 0 || !isModest(sent)) return undefined;
  const isProper = isObject(json) && hasProperContext(sent);
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase();
  if (mediaType === undefined) return isProper ? owedRefusalRules.noContentType : undefined;
  if (unsupportedTypes.includes(mediaType)) return isProper ? owedRefusalRules.unsupportedType : undefined;
  if (mediaType !== 'application/json' || json === null) return undefined;
  if (json === undefined) return owedRefusalRules.malformedBody;
  if (!isObject(json)) return owedRefusalRules.notAnObject;
  return hasProperContext(sent) ? undefined : owedRefusalRules.contextType;
}

function hasProperContext(sent: SentMute): boolean {
  const clientContext = clientContextOf(sent) ?? '';
  return typeof clientContext === 'string';
}
