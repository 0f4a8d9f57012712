import { describe, expect, it } from 'vitest';
import { rosterItem, type ScriptedReply } from '../dev/testing/targets/scripted-target.ts';
import { startScriptedSession } from '../dev/testing/targets/scripted-session.ts';
import { ExpectationFailure } from '../engine/cases/expect.ts';
import { CallScope } from './calls/call-scope.ts';
import { answersSatisfy, mistakeSatisfies, refusalSatisfies, updatesSatisfy } from './cases-of-rules.ts';
import { CaseContext } from './context.ts';
import { rosterUpdates } from './effects.ts';
import { watchedMute } from './experiments/watched-mute.ts';
import { answerRules } from './rules/answer-rules.ts';
import { mistakeRules, refusalRules } from './rules/refusal-rules.ts';
import { updateRules } from './rules/update-rules.ts';

const brokenJson = {
  mistake: 'broken JSON',
  requirement: 'body.malformed',
  mute: () => ({ body: { text: '{', contentType: 'application/json' } }),
} as const;
const noType = {
  mistake: 'no Content-Type',
  requirement: 'content-type.required',
  mute: () => ({ contentType: null }),
} as const;

const broken = 'the ask of the case';
const cases = {
  answers: answersSatisfy(answerRules.odataType),
  refusals: refusalSatisfies(refusalRules.body, brokenJson),
  mistakes: mistakeSatisfies(mistakeRules.noServerError, 'broken JSON', brokenJson.mute, async () => {
    throw new Error(broken);
  }),
  updates: updatesSatisfy([updateRules.changeType], rosterUpdates),
};

const good = { id: 'op', '@odata.type': '#microsoft.graph.muteParticipantOperation' };
const error = { error: { code: 'BadRequest', message: 'No.' } };

type Act = 'mute' | 'broken JSON' | 'no Content-Type' | 'roster' | 'first roster';

/** Other cases do these things, and then one of these cases is judged. */
async function judge(
  name: keyof typeof cases,
  acts: readonly Act[],
  more: { readonly mute?: ScriptedReply; readonly refusal?: ScriptedReply; readonly changeType?: string } = {},
) {
  const { mute = { status: 200, json: good }, refusal = { status: 400, json: error }, changeType = 'updated' } = more;
  const { target, session } = await startScriptedSession(({ path, text, headers }): ScriptedReply | undefined => {
    if (!path.endsWith('/mute')) return undefined;
    return text === '{' || headers['content-type'] === undefined ? refusal : mute;
  });
  const contextOf = (id: string) => new CaseContext(new CallScope(session, id, '/communications', id));
  const other = contextOf('other');
  const { groupCall } = other;
  for (const act of acts) {
    await groupCall.ready();
    if (act === 'mute') await groupCall.mute();
    else if (act === 'broken JSON') await other.muteMistakenly(brokenJson.mute());
    else if (act === 'no Content-Type') await other.muteMistakenly(noType.mute());
    else {
      const roster = rosterItem('call-1', { id: 'me', isMuted: act === 'roster', isInLobby: false, mediaStreams: [] });
      await target.notify(groupCall.mailbox.url, { ...roster, changeType });
    }
    await groupCall.hear();
  }
  const before = target.requests.length;
  const context = contextOf('case');
  const outcome = await cases[name].body(context).then(
    () => 'satisfied',
    (thrown: unknown) => (thrown instanceof ExpectationFailure ? thrown.actual : String(thrown)),
  );
  context.calls.release();
  other.calls.release();
  const lines = target.lines().slice(before);
  return { outcome, lines, counts: context.scope.observation.counts, shows: context.scope.exchanges.length };
}

describe('a case of a rule', () => {
  it.each<[keyof typeof cases, Act[], { count: number; violated: number }]>([
    ['answers', ['mute'], { count: 1, violated: 0 }],
    ['answers', ['mute', 'mute', 'broken JSON'], { count: 2, violated: 0 }],
    ['refusals', ['mute', 'broken JSON', 'broken JSON'], { count: 2, violated: 0 }],
    ['mistakes', ['no Content-Type', 'broken JSON'], { count: 1, violated: 0 }],
    ['updates', ['mute', 'roster'], { count: 1, violated: 0 }],
  ])('about %s is judged by what others have shown, and sends nothing: %j', async (name, acts, counts) => {
    const { outcome, lines, counts: found } = await judge(name, acts);
    expect({ outcome, lines, counts: found }).toEqual({ outcome: 'satisfied', lines: [], counts });
  });

  it.each<[keyof typeof cases, Act[], string, number]>([
    ['answers', ['mute', 'mute'], 'microsoft.graph.other', 3],
    ['refusals', ['mute', 'broken JSON'], 'the body is empty', 2],
    ['mistakes', ['broken JSON'], 'was answered 500', 2],
    ['updates', ['mute', 'roster'], 'created', 0],
  ])('about %s is broken by what others have shown, and shows it: %j', async (name, acts, expected, shows) => {
    const refusal = name === 'mistakes' ? { status: 500, json: error } : { status: 400, text: '' };
    const mute = { status: 200, json: { ...good, '@odata.type': 'microsoft.graph.other' } };
    const found = await judge(name, acts, { mute, refusal, changeType: 'created' });
    expect(found).toMatchObject({ outcome: expect.stringContaining(expected) as string, lines: [], shows });
  });

  const created = 'POST calls';
  const muted = 'POST calls/call-2/mute';

  it.each<[keyof typeof cases, Act[], string[]]>([
    ['answers', [], ['POST calls', 'POST calls/call-1/mute']],
    ['answers', ['broken JSON'], [created, muted]],
    // A refusal may have any reason where no valid mute succeeded.
    ['refusals', ['broken JSON'], [created, muted, muted]],
    ['refusals', ['mute', 'no Content-Type'], [created, muted, muted]],
    // A first roster is of another making.
    ['updates', ['first roster'], [created, muted]],
  ])('about %s asks for itself where nothing has shown it: %j', async (name, acts, lines) => {
    expect((await judge(name, acts)).lines).toEqual(lines);
  });

  it('about updates asks nothing where others have waited in vain', async () => {
    const { target, session } = await startScriptedSession();
    const contextOf = (id: string) => new CaseContext(new CallScope(session, id, '/communications', id));
    await watchedMute(contextOf('other'));
    await session.released();
    const before = target.requests.length;
    await expect(cases.updates.body(contextOf('case'))).rejects.toThrow('no roster update came');
    expect(target.requests).toHaveLength(before);
  });

  it('asks in its own way where it has one', async () => {
    expect((await judge('mistakes', ['mute', 'no Content-Type'])).outcome).toBe(`Error: ${broken}`);
  });
});
