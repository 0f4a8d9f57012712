import { describe, expect, it } from 'vitest';
import { answered } from '../dev/testing/answered.ts';
import type { Answer } from './mute-answer.ts';
import { TransportFault, type TransportFaultKind } from '../engine/http/transport-fault.ts';
import { answerOrCrash } from './answer-or-crash.ts';
import { demandIn, ExpectationFailure } from '../engine/cases/expect.ts';

function fault(kind: TransportFaultKind, onIdleConnection = false): TransportFault {
  return new TransportFault({ kind, message: kind }, {} as never, onIdleConnection);
}

/** What comes of requests that end so, one after another; the control is the second of them, where there is one. */
function outcome(...ends: (number | TransportFault)[]): Promise<unknown> {
  const next = (): Promise<Answer> => {
    const end = ends.shift() ?? 200;
    return typeof end === 'number' ? Promise.resolve(answered(end)) : Promise.reject(end);
  };
  return answerOrCrash(next, next, demandIn({ checked: [] })).then(
    ({ status }) => status,
    (error: unknown) => error,
  );
}

describe('answerOrCrash', () => {
  it('gives the answer that comes', async () => {
    expect(await outcome(400)).toBe(400);
  });

  it.each<TransportFaultKind>(['reset', 'torn'])(
    'fails where a connection is %s twice around a control',
    async (kind) => {
      expect(await outcome(fault(kind), 200, fault(kind))).toBeInstanceOf(ExpectationFailure);
    },
  );

  it.each<[string, (number | TransportFault)[]]>([
    ['the second request is answered', [fault('reset'), 200, 400]],
    ['the control breaks too', [fault('reset'), fault('reset'), fault('reset')]],
    ['the second request is left hanging', [fault('reset'), 200, fault('timeout')]],
    ['the first request is left hanging', [fault('timeout'), 200, fault('timeout')]],
    ['the connection had been idle', [fault('reset', true), 200, fault('reset')]],
  ])('leaves it open where %s', async (_what, ends) => {
    expect(await outcome(...ends)).toBeInstanceOf(TransportFault);
  });
});
