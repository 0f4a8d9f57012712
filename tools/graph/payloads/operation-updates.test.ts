import { describe, expect, it } from 'vitest';
import { isPending, isTerminal, operationUpdates } from './operation-updates.ts';

describe('operationUpdates', () => {
  it('names the operation of the resource, else of the entity', () => {
    const value = [
      {
        changeType: 'deleted',
        resourceUrl: '/communications/calls/c/operations/of-url',
        resourceData: { id: 'of-entity', status: 'completed' },
      },
      { resourceUrl: '/x', resourceData: { '@odata.type': '#microsoft.graph.muteParticipantOperation', id: 'alone' } },
      { resourceUrl: '/communications/calls/c/operations/empty', resourceData: null },
      { resourceData: { '@odata.type': '#microsoft.graph.commsOperation', id: 5 } },
      {
        resourceData: {
          '@odata.type': '#microsoft.graph.commsOperation',
          '@odata.id': '/communications/calls/c/operations/of-odata-id',
        },
      },
      { resourceData: { '@odata.type': '#microsoft.graph.commsOperation', '@odata.id': 5 } },
      { resourceUrl: '/communications/calls/c', resourceData: { id: 'c' } },
    ];
    expect(operationUpdates({ value })).toEqual([
      { changeType: 'deleted', id: 'of-url', status: 'completed' },
      { id: 'alone', status: undefined },
      { id: 'empty', status: undefined },
      { id: undefined, status: undefined },
      { id: 'of-odata-id', status: undefined },
      { id: undefined, status: undefined },
    ]);
    expect(operationUpdates('x')).toEqual([]);
  });
});

describe('isTerminal and isPending', () => {
  it.each([
    ['completed', true, false],
    ['Completed', true, false],
    ['failed', true, false],
    ['running', false, true],
    ['Running', false, true],
    ['notStarted', false, true],
    ['NOTSTARTED', false, true],
    [null, false, true],
    ['done', false, false],
    ['', false, false],
    [undefined, false, false],
    [{}, false, false],
    [['running'], false, false],
    [5, false, false],
  ])('judge %j', (status, terminal, pending) => {
    expect([isTerminal(status), isPending(status)]).toEqual([terminal, pending]);
  });
});
