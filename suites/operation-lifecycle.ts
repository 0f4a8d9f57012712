import {
  type Answer,
  type CallUnderTest,
  check,
  CouldNotRun,
  expectSilence,
  given,
  isPending,
  isTerminal,
  judge,
  NotApplicable,
  type OperationUpdate,
  operationUpdates,
  sameId,
  shown,
  suite,
} from '../tools/runner/suite.ts';

suite('operation-lifecycle');

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

check('operation.notification-shape', 'sends a well-formed update of the operation', async ({ groupCall, expect }) => {
  const { operationId } = await pendingMute(groupCall);
  const update = await groupCall.arrives(({ json }) => operationUpdates(json).length > 0);
  if (update === undefined) throw new CouldNotRun('no notification about an operation came');
  expect(judge(update.json, 'notification')).toKeep(
    'operation.notification-shape',
    'a notification that names …/operations/{id} and carries the operation',
  );
  expect(operationUpdates(update.json)[0]?.id, 'the operation that the notification names').toBeSameId(operationId);
});

check(
  'operation.notification-context',
  'repeats the clientContext when a pending operation ends',
  async ({ groupCall, uuid, expect }) => {
    const clientContext = uuid('context of the operation');
    const { operationId } = await pendingMute(groupCall, { clientContext });
    const isItsEnd = ({ id, status }: OperationUpdate) =>
      id !== undefined && sameId(id, operationId) && isTerminal(status);
    const update = await groupCall.arrives(({ json }) => operationUpdates(json).some(isItsEnd));
    if (update === undefined) throw new CouldNotRun('no notification came that the operation has ended');
    const ended = operationUpdates(update.json).find(isItsEnd);
    expect(ended?.clientContext, 'clientContext in the notification').toBe(clientContext);
  },
);
