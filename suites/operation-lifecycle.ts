import {
  CouldNotRun,
  defineSuite,
  expectSilence,
  experiment,
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

/** The ends of an operation that a callback body tells of. */
function endsOf(json: unknown, operationId: string): OperationUpdate[] {
  return operationUpdates(json).filter(
    ({ id, status }) => id !== undefined && sameId(id, operationId) && isTerminal(status),
  );
}

/** A mute, and what is told of its operation. */
const muteWithOperation = experiment('a mute and its operation', async ({ groupCall, uuid }, step) => {
  const clientContext = uuid('context of the operation');
  const answer = await step(() => given(groupCall.mute({ clientContext })));
  /** The id of an operation that is not yet at its end; what is no status is judged elsewhere. */
  const pending = await step(() => {
    const { members, operationId } = answer.result();
    const { status } = members;
    if (isTerminal(status)) {
      throw new NotApplicable('condition', 'the mute was answered with an operation that had ended');
    }
    if (!isPending(status)) {
      throw new CouldNotRun(
        `the mute was answered with the status ${shown(status)}, which is neither pending nor terminal`,
      );
    }
    return operationId;
  });
  /** The first notification about any operation. */
  const firstUpdate = await step(async () => {
    pending.result();
    const update = await groupCall.callback.arrives(({ json }) => operationUpdates(json).length > 0);
    if (update === undefined) throw new CouldNotRun('no notification about an operation came');
    return update;
  });
  /** The first notification that this one has ended; undefined where none came. */
  const ended = await step(() => {
    const operationId = pending.result();
    return groupCall.callback.arrives(({ json }) => endsOf(json, operationId).length > 0);
  });
  /** What is told of the end, and when. */
  const ending = await step(() => {
    const operationId = pending.result();
    const update = ended.result();
    const [end] = endsOf(update?.json, operationId);
    if (update === undefined || end === undefined) {
      throw new CouldNotRun('no notification came that the operation has ended');
    }
    return { end, receivedAt: update.receivedAt, clientContext };
  });
  const endsOnce = await step(async () => {
    const operationId = pending.result();
    const { end, receivedAt } = ending.result();
    const status = String(end.status).toLowerCase();
    await expectSilence(
      groupCall,
      ({ json }) => endsOf(json, operationId).some((another) => String(another.status).toLowerCase() !== status),
      `no notification of another end after the one with status ${status}`,
      groupCall,
      receivedAt,
    );
  });
  /** An operation that was answered as ended is spoken of no more. */
  const staysEnded = await step(async () => {
    const { members, operationId } = answer.result();
    if (!isTerminal(members['status'])) {
      throw new NotApplicable('condition', 'the mute was answered with an operation that had not ended');
    }
    await expectSilence(
      groupCall,
      ({ json }) => operationUpdates(json).some(({ id }) => id !== undefined && sameId(id, operationId)),
      'no notification about an operation that was answered completed or failed',
    );
    if ((await groupCall.callback.ownReported(true)) === undefined) {
      throw new CouldNotRun('no roster update came either (see roster.delivered), so silence says nothing');
    }
  });
  return { pending, firstUpdate, ended, ending, endsOnce, staysEnded };
});

check('operation.terminal-is-final', 'sends no update of an operation that it answered as ended', async (context) =>
  (await muteWithOperation(context)).staysEnded(),
);

check(
  'operation.terminal-is-final',
  'ends a pending operation once, in one way',
  { since: 'call-mute/2026-11' },
  async (context) => (await muteWithOperation(context)).endsOnce(),
);

check('operation.pending-completes', 'brings a pending operation to its end', async (context) => {
  const update = await (await muteWithOperation(context)).ended();
  context.demand(
    update !== undefined,
    `a notification within ${context.target.timeouts.notificationMs} ms that the operation is completed or failed`,
    'none came',
  );
});

check('operation.notification-shape', 'sends a well-formed update of the operation', async (context) => {
  const mute = await muteWithOperation(context);
  const operationId = await mute.pending();
  const { json } = await mute.firstUpdate();
  operationRules.shape.judge({ json, answered: () => undefined, endBefore: () => undefined }, context);
  context.expect(operationUpdates(json)[0]?.id, 'the operation that the notification names').toBeSameId(operationId);
});

check('operation.notification-context', 'repeats the clientContext when a pending operation ends', async (context) => {
  const { end, clientContext } = await (await muteWithOperation(context)).ending();
  context.expect(end.clientContext, 'clientContext in the notification').toBe(clientContext);
});

check(
  'operation.notification-change-type',
  'calls the change deleted when a pending operation ends',
  async (context) => {
    const { end } = await (await muteWithOperation(context)).ending();
    context.expect(end.changeType, 'changeType of the notification').toMatch(/^deleted$/i, 'to be deleted');
  },
);

export default suite;
