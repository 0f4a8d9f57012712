/** What is promised of a notification that is about an operation. */
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import { sameId } from '../ids.ts';
import { judge } from '../payloads/judge.ts';
import { isTerminal, type OperationUpdate, operationUpdates } from '../payloads/operation-updates.ts';
import { doesNotSpeakOf, type Rule } from './rule.ts';

/** What a mute was answered with. */
export interface AnsweredOperation {
  readonly id: string;
  readonly status: unknown;
  /** The clientContext of the mute; undefined where none was sent. */
  readonly clientContext: unknown;
}

/** A notification that tells of operations, and those that the mutes of the call were answered with. */
export interface OperationNotice {
  readonly json: unknown;
  readonly answered: (id: string) => AnsweredOperation | undefined;
  /** The end that an earlier notification told of an operation, in small letters; undefined where none did. */
  readonly endBefore: (id: string) => string | undefined;
}

type OperationRule = Rule<OperationNotice>;

const shape: OperationRule = {
  requirement: 'operation.notification-shape',
  judge: ({ json }, { expect }) =>
    expect(judge(json, 'notification')).toSatisfy(
      'operation.notification-shape',
      'a notification that names …/operations/{id} and carries the operation',
    ),
};

/** The operations in a notice that a mute of the call was answered with. */
function known({ json, answered }: OperationNotice): { update: OperationUpdate; operation: AnsweredOperation }[] {
  return operationUpdates(json).flatMap((update) => {
    const operation = update.id === undefined ? undefined : answered(update.id);
    return operation === undefined ? [] : [{ update, operation }];
  });
}

const context: OperationRule = {
  requirement: 'operation.notification-context',
  judge(seen, { expect }) {
    const ends = known(seen).filter(
      ({ update, operation }) => isTerminal(update.status) && typeof operation.clientContext === 'string',
    );
    if (ends.length === 0) throw doesNotSpeakOf('the notification ends no mute that had a clientContext');
    for (const { update, operation } of ends) {
      expect(update.clientContext, 'clientContext in the notification').toBe(operation.clientContext);
    }
  },
};

const changeType: OperationRule = {
  requirement: 'operation.notification-change-type',
  judge(seen, { expect }) {
    const ends = known(seen).filter(({ update }) => isTerminal(update.status));
    if (ends.length === 0) throw doesNotSpeakOf('the notification ends no mute');
    for (const { update } of ends) {
      expect(update.changeType, 'changeType of the notification').toMatch(/^deleted$/i, 'to be deleted');
    }
  },
};

const terminalIsFinal: OperationRule = {
  requirement: 'operation.terminal-is-final',
  judge(seen, { demand }) {
    const all = known(seen);
    if (all.length === 0) throw new CouldNotRun('the notification is about no operation that a mute was answered with');
    for (const { operation } of all) {
      demand(
        !isTerminal(operation.status),
        'no notification about an operation that was answered completed or failed',
        `one came about operation ${operation.id}`,
      );
    }
  },
};

const endsOnce: OperationRule = {
  requirement: 'operation.terminal-is-final',
  caseOf: () => 'ends-a-pending-operation-once-in-one-way',
  judge(seen, { demand }) {
    const ends = known(seen).filter(
      ({ update, operation }) => isTerminal(update.status) && !isTerminal(operation.status),
    );
    if (ends.length === 0) throw doesNotSpeakOf('the notification ends no mute that was pending');
    for (const { update, operation } of ends) {
      const before = seen.endBefore(operation.id);
      const end = String(update.status).toLowerCase();
      demand(
        before === undefined || before === end,
        `no notification of another end of operation ${operation.id} after the one with status ${before ?? end}`,
        `one came with status ${end}`,
      );
    }
  },
};

/** By what they are about, for the suites. */
export const operationRules = {
  shape,
  context,
  changeType,
  terminalIsFinal,
  endsOnce,
} as const satisfies Readonly<Record<string, OperationRule>>;

/** Finds an operation among some, by an id in whatever form. */
export function findOperation(operations: readonly AnsweredOperation[]): (id: string) => AnsweredOperation | undefined {
  return (id) => operations.find((operation) => sameId(operation.id, id));
}
