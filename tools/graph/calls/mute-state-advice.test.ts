import { describe, expect, it } from 'vitest';
import type { ScriptedReply, TargetOverrides } from '../../dev/testing/targets/scripted-target.ts';
import { startScriptedSession } from '../../dev/testing/targets/scripted-session.ts';

type Capabilities = NonNullable<TargetOverrides['capabilities']>;

const kept = { id: 'kept', participantId: 'me' };

/** Why a first mute of a call that is kept says nothing; undefined when it says something. */
async function reason(
  capabilities: Capabilities,
  {
    calls = { group: kept },
    applicationId,
    unmute,
    listed,
  }: Partial<TargetOverrides> & {
    unmute?: ScriptedReply;
    listed?: unknown;
  } = {},
): Promise<string | undefined> {
  const { call } = await startScriptedSession(
    ({ path }) => {
      if (path.endsWith('/unmute')) return unmute;
      return path.endsWith('/participants') ? { status: 200, json: { value: listed } } : undefined;
    },
    { capabilities, calls, ...(applicationId !== undefined && { applicationId }) },
  );
  return (await call().ready()).inconclusiveBecause;
}

const me = (isMuted: unknown) => [{ id: 'me', isMuted }];
const carla = { id: 'carla', isMuted: false, info: { identity: { user: { id: 'carla' } } } };
const byIdAlone = { group: { id: 'kept' } };

describe('of a call that is kept, why a mute may say nothing, with what has not been done yet', () => {
  it.each<[string, Capabilities, Parameters<typeof reason>[1], RegExp]>([
    ['nothing tells its state', {}, {}, /it is not known .*: declare unmute or participants in the target file, if/],
    [
      'it is listed as muted',
      { participants: true },
      { listed: me(true) },
      /was muted already, .*: declare unmute in the target file, if the target has it, or let calls be made/,
    ],
    [
      'it is listed as muted, and cannot be unmuted',
      { participants: true, unmute: true },
      { listed: me(true), unmute: { status: 409 } },
      /was muted already, .*: unmute is declared, and did not succeed: fix it, or let calls be made/,
    ],
    [
      'it cannot be unmuted',
      { unmute: true },
      { unmute: { status: 500 } },
      /it is not known .*: unmute is declared, and did not succeed: fix it, or let calls be made/,
    ],
    [
      'nothing tells who is the own participant',
      { participants: true },
      { calls: byIdAlone, listed: [carla] },
      /it is not known .*: GET …\/participants, which is declared, does not identify the .*: give participantId beside/,
    ],
    [
      'the own participant is not listed',
      { participants: true },
      { listed: [carla] },
      /it is not known .* does not list the application’s own participant .*: fix it, or the participantId/,
    ],
    [
      'no participant bears the application',
      { participants: true },
      { calls: byIdAlone, applicationId: 'ours', listed: [carla] },
      /it is not known .* does not list the application’s own participant .* or applicationId in the target file/,
    ],
    [
      'its state is not told',
      { participants: true },
      { listed: me('no') },
      /it is not known .* does not list the application’s own participant with isMuted true or false/,
    ],
  ])('%s', async (_what, capabilities, more, said) => {
    expect(await reason(capabilities, more)).toMatch(said);
  });

  it.each<[string, Capabilities, Parameters<typeof reason>[1]]>([
    ['it is unmuted first', { unmute: true }, {}],
    ['it is listed as not muted', { participants: true }, { listed: me(false) }],
    ['it is unmuted, though it was listed as muted', { participants: true, unmute: true }, { listed: me(true) }],
  ])('it says something where %s', async (_what, capabilities, more) => {
    expect(await reason(capabilities, more)).toBeUndefined();
  });
});
