import { expect, it } from 'vitest';
import { startScriptedSession } from '../../dev/testing/targets/scripted-session.ts';
import { CallScope } from '../calls/call-scope.ts';
import { CaseContext } from '../context.ts';
import { type Variation, variedMute } from './varied-mute.ts';

/** The mutes that a target sees, as their Content-Type and body. */
async function mutes(variation: Variation | undefined, accepts: (body: string, contentType: string) => boolean) {
  const { target, session } = await startScriptedSession(({ path, text, headers }) =>
    path.endsWith('/mute') && !accepts(text, String(headers['content-type'])) ? { status: 400 } : undefined,
  );
  const { groupCall } = new CaseContext(new CallScope(session, 'one', '/communications', 'one'));
  const { status } = await variedMute(groupCall, variation);
  const sent = target.requests.filter(({ path }) => path.endsWith('/mute'));
  return { status, sent: sent.map(({ text, headers }) => `${String(headers['content-type'])} ${text}`) };
}

it.each<[Variation | undefined, RegExp]>([
  [undefined, /^application\/json \{"clientContext":"[-0-9a-f]{36}"\}$/],
  ['long context', /^application\/json \{"clientContext":".{200}"\}$/],
  ['non-ASCII context', /[^\0-\x7F]/],
  ['no context', /^application\/json \{\}$/],
  ['charset', /^application\/json; charset=utf-8 \{"clientContext":"[-0-9a-f]{36}"\}$/],
])('sends one mute with %s', async (variation, expected) => {
  const { status, sent } = await mutes(variation, () => true);
  expect(status).toBe(200);
  expect(sent).toEqual([expect.stringMatching(expected)]);
});

it('mutes plainly where that is refused', async () => {
  const { status, sent } = await mutes('charset', (_body, contentType) => contentType === 'application/json');
  expect(status).toBe(200);
  expect(sent).toHaveLength(2);
});
