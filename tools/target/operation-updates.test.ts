import { describe, expect, it } from 'vitest';
import { isTerminal, operationUpdates } from './operation-updates.ts';

describe('operationUpdates', () => {
  it('names the operation of the resource, else of the entity', () => {
    const value = [
      {
        resourceUrl: '/communications/calls/c/operations/of-url',
        resourceData: { id: 'of-entity', status: 'completed' },
      },
      { resourceUrl: '/x', resourceData: { '@odata.type': '#microsoft.graph.muteParticipantOperation', id: 'alone' } },
      { resourceUrl: '/communications/calls/c/operations/empty', resourceData: null },
      { resourceData: { '@odata.type': '#microsoft.graph.commsOperation', id: 5 } },
      { resourceUrl: '/communications/calls/c', resourceData: { id: 'c' } },
    ];
    expect(operationUpdates({ value })).toEqual([
      { id: 'of-url', status: 'completed' },
      { id: 'alone', status: undefined },
      { id: 'empty', status: undefined },
      { id: undefined, status: undefined },
    ]);
    expect(operationUpdates('x')).toEqual([]);
  });
});

describe('isTerminal', () => {
  it.each([
    ['completed', true],
    ['Completed', true],
    ['failed', true],
    ['running', false],
    ['notStarted', false],
    [null, false],
    [undefined, false],
    [{}, false],
  ])('judges %j', (status, terminal) => {
    expect(isTerminal(status)).toBe(terminal);
  });
});
