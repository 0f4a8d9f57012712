import {
  type Answer,
  type CallUnderTest,
  CouldNotRun,
  defineSuite,
  expectSilence,
  given,
  isPending,
  isTerminal,
  NotApplicable,
  type OperationUpdate,
  operationRules,
  operationUpdates,
  sameId,
  shown,
} from '../tools/graph/suite.ts';

const { suite, check } = defineSuite('operation-lifecycle', { waits: true });

/** A mute that was answered with an operation that is not yet at its end; what is no status is judged elsewhere. */
async function pendingMute(groupCall: CallUnderTest, options: { clientContext?: string } = {}): Promise<Answer> {
  const answer = await given(groupCall.mute(options));
  const { status } = answer.members;
  if (isTerminal(status)) {
    throw new NotApplicable('condition', 'the mute was answered with an operation that had ended');
  }
  if (!isPending(status)) {
    throw new CouldNotRun(
      `the mute was answered with the status ${shown(status)}, which tells neither end nor beginning`,
    );
  }
  return answer;
}

/** The ends of an operation that a callback body tells of. */
function endsOf(json: unknown, operationId: string): OperationUpdate[] {
  return operationUpdates(json).filter(
    ({ id, status }) => id !== undefined && sameId(id, operationId) && isTerminal(status),
  );
}

/** What is told of the end of an operation, and when. @throws CouldNotRun when nothing is: another case judges that */
async function endOf(
  groupCall: CallUnderTest,
  operationId: string,
): Promise<{ end: OperationUpdate; receivedAt: number }> {
  const update = await groupCall.arrives(({ json }) => endsOf(json, operationId).length > 0);
  const [end] = endsOf(update?.json, operationId);
  if (update === undefined || end === undefined) {
    throw new CouldNotRun('no notification came that the operation has ended');
  }
  return { end, receivedAt: update.receivedAt };
}

check(
  'operation.terminal-is-final',
  'sends no update of an operation that it answered as ended',
  async ({ groupCall }) => {
    const answer = await given(groupCall.mute());
    if (!isTerminal(answer.members['status'])) {
      throw new NotApplicable('condition', 'the mute was answered with an operation that had not ended');
    }
    const { operationId } = answer;
    await expectSilence(
      groupCall,
      ({ json }) => operationUpdates(json).some(({ id }) => id !== undefined && sameId(id, operationId)),
      'no notification about an operation that was answered completed or failed',
    );
    if ((await groupCall.ownReported(true)) === undefined) {
      throw new CouldNotRun('no roster update came either, so that silence says nothing');
    }
  },
);

check(
  'operation.terminal-is-final',
  'ends a pending operation once, in one way',
  { since: 'call-mute/2026-11' },
  async ({ groupCall }) => {
    const { operationId } = await pendingMute(groupCall);
    const { end, receivedAt } = await endOf(groupCall, operationId);
    const status = String(end.status).toLowerCase();
    await expectSilence(
      groupCall,
      ({ json }) => endsOf(json, operationId).some((another) => String(another.status).toLowerCase() !== status),
      `no notification of another end after the one with status ${status}`,
      groupCall,
      receivedAt,
    );
  },
);

check('operation.pending-completes', 'brings a pending operation to its end', async ({ groupCall, target, demand }) => {
  const { operationId } = await pendingMute(groupCall);
  const update = await groupCall.arrives(({ json }) =>
    operationUpdates(json).some(({ id, status }) => id !== undefined && sameId(id, operationId) && isTerminal(status)),
  );
  demand(
    update !== undefined,
    `a notification within ${target.timeouts.notificationMs} ms that the operation is completed or failed`,
    'none came',
  );
});

check('operation.notification-shape', 'sends a well-formed update of the operation', async (context) => {
  const { groupCall, expect } = context;
  const { operationId } = await pendingMute(groupCall);
  const update = await groupCall.arrives(({ json }) => operationUpdates(json).length > 0);
  if (update === undefined) throw new CouldNotRun('no notification about an operation came');
  operationRules.shape.judge({ json: update.json, answered: () => undefined, endBefore: () => undefined }, context);
  expect(operationUpdates(update.json)[0]?.id, 'the operation that the notification names').toBeSameId(operationId);
});

check(
  'operation.notification-context',
  'repeats the clientContext when a pending operation ends',
  async ({ groupCall, uuid, expect }) => {
    const clientContext = uuid('context of the operation');
    const { operationId } = await pendingMute(groupCall, { clientContext });
    const { end } = await endOf(groupCall, operationId);
    expect(end.clientContext, 'clientContext in the notification').toBe(clientContext);
  },
);

check(
  'operation.notification-change-type',
  'calls the change deleted when a pending operation ends',
  async ({ groupCall, expect }) => {
    const { operationId } = await pendingMute(groupCall);
    const { end } = await endOf(groupCall, operationId);
    expect(end.changeType, 'changeType of the notification').toMatch(/^deleted$/i, 'to be deleted');
  },
);

export default suite;
