/** The mutes that are to be refused on a walk: every kind of mistake in every form. */
import { type CaseContext, type MuteOptions, type RequirementId, unsupportedTypes } from '../tools/graph/suite.ts';
import { alterations } from './altered-token.ts';
import { brokenJson } from './broken-json.ts';
import { basicCredentials, jsonText, notObjects, notStrings, tokenInQuery } from './mistakes.ts';

export interface WalkedMute {
  /** As in “refused mute (broken JSON)”. */
  readonly name: string;
  /** What says that it is refused. */
  readonly refusedBy: RequirementId;
  readonly mute: MuteOptions;
}

export function walkedMistakes(context: CaseContext): WalkedMute[] {
  const { token, capabilities } = context.target;
  const kinds: readonly (readonly [RequirementId, readonly (readonly [name: string, mute: MuteOptions])[]])[] = [
    ['body.malformed', brokenJson.map(({ name, body }) => [name, { body: jsonText(body) }])],
    [
      'body.not-an-object',
      Object.entries(notObjects).map(([name, json]) => [`${name} as the body`, { body: { json } }]),
    ],
    [
      'context.type',
      Object.entries(notStrings).map(([name, clientContext]) => [`${name} as clientContext`, { clientContext }]),
    ],
    ['content-type.required', [['no Content-Type', { contentType: null }]]],
    ['content-type.unsupported', unsupportedTypes.map((contentType) => [contentType, { contentType }])],
    [
      'auth.missing',
      [
        ['no Authorization', { authorization: null }],
        ...(token === undefined ? [] : [['the token in the query', tokenInQuery(token)] as const]),
      ],
    ],
    [
      'auth.scheme',
      [
        ['Basic', { authorization: basicCredentials }],
        ...(token === undefined ? [] : [['the token under Basic', { authorization: `Basic ${token}` }] as const]),
      ],
    ],
    ['auth.invalid-token', capabilities.tokenValidation && token !== undefined ? alteredTokens(context, token) : []],
    ['method.refused', [['GET', { method: 'GET', body: 'none' }]]],
  ];
  return kinds.flatMap(([refusedBy, mutes]) => mutes.map(([name, mute]) => ({ name, refusedBy, mute })));
}

function alteredTokens({ uuid, keepSecret }: CaseContext, token: string): [string, MuteOptions][] {
  const more = uuid('more').replaceAll('-', '');
  return alterations.flatMap(({ name, alter }): [string, MuteOptions][] => {
    const altered = alter(token, more);
    return altered === undefined ? [] : [[name, { authorization: `Bearer ${keepSecret(altered)}` }]];
  });
}
