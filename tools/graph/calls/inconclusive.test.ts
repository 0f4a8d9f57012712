import { describe, expect, it } from 'vitest';
import { targetAt } from '../../dev/testing/targets/scripted-target.ts';
import { inconclusiveBecause, ownUnidentifiableReason } from './inconclusive.ts';

const baseUrl = 'http://target.test/v1.0';

interface Row {
  readonly mutedBefore: boolean | undefined;
  readonly joinedMuted?: boolean;
  readonly isOwn?: boolean;
  readonly ownIsKnown?: boolean;
  readonly unmute?: boolean;
  readonly participants?: boolean;
}

describe('an update that reports a call muted', () => {
  it.each<[string, Row, RegExp | undefined]>([
    ['says something where it was not', { mutedBefore: false, joinedMuted: true }, undefined],
    ['says nothing where its case had muted it', { mutedBefore: true, isOwn: true }, /^this case had muted the call/],
    ['says nothing where it was muted already', { mutedBefore: true }, /kept was muted already.*declare unmute in/],
    ['… and unmute fails', { mutedBefore: true, unmute: true }, /kept was muted already.*did not succeed: fix it, or/],
    [
      'says nothing where it joined muted',
      { mutedBefore: true, joinedMuted: true, isOwn: true },
      /from the start .*: declare unmute in the target file, if the target has it$/,
    ],
    [
      'says nothing where nobody knows',
      { mutedBefore: undefined },
      /^it is not known whether.*declare unmute or participants/,
    ],
    [
      '… and unmute fails',
      { mutedBefore: undefined, unmute: true, participants: true },
      /^it is not known whether.*unmute is declared, and did not/,
    ],
    [
      '… and is not listed',
      { mutedBefore: undefined, participants: true, ownIsKnown: true },
      /^it is not known whether.*does not list the/,
    ],
    [
      '… and is not known',
      { mutedBefore: undefined, participants: true },
      /^it is not known whether.*does not identify the/,
    ],
  ])(
    '%s',
    (
      _what,
      { mutedBefore, joinedMuted = false, isOwn = false, ownIsKnown = false, unmute = false, participants = false },
      said,
    ) => {
      const target = targetAt(baseUrl, { capabilities: { unmute, participants } });
      const reason = inconclusiveBecause({
        id: 'kept',
        isOwn,
        ownIsKnown,
        state: { mutedBefore, joinedMuted },
        target,
      });
      if (said === undefined) expect(reason).toBeUndefined();
      else expect(reason).toMatch(said);
    },
  );
});

describe('the own participant cannot be told', () => {
  it.each<[string, boolean, string | undefined, RegExp]>([
    [
      'in a call of the case',
      true,
      undefined,
      /identity of an application; give applicationId .* print participantId$/,
    ],
    [
      'in a given call',
      false,
      undefined,
      /identity of an application; give applicationId .* beside the id of the call$/,
    ],
    [
      'by the applicationId',
      true,
      'ours',
      /applicationId ours .*is that applicationId right\? .* print participantId$/,
    ],
    ['by that of a given call', false, 'ours', /applicationId ours .*right\? .* beside the id of the call$/],
  ])('%s', (_what, isOwn, applicationId, said) => {
    const target = targetAt(baseUrl, applicationId === undefined ? {} : { applicationId });
    expect(ownUnidentifiableReason({ isOwn, target })).toMatch(said);
  });
});
