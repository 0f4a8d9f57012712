/** The models of Microsoft's TypeScript SDK of today, which Kiota generates from the CSDL: fact 74. */
import { JsonParseNodeFactory } from '@microsoft/kiota-serialization-json';
import {
  createMuteParticipantOperationFromDiscriminatorValue,
  type MuteParticipantOperation,
} from '@microsoft/msgraph-sdk/models/index.js';
import { describe, expect, it } from 'vitest';

function read(operation: object): MuteParticipantOperation | undefined {
  const bytes = new TextEncoder().encode(JSON.stringify(operation));
  const node = new JsonParseNodeFactory().getRootParseNode('application/json', bytes.buffer);
  return node.getObjectValue<MuteParticipantOperation>(createMuteParticipantOperationFromDiscriminatorValue);
}

const operation = {
  '@odata.type': '#microsoft.graph.muteParticipantOperation',
  id: '9d3b7f20-8c1e-4a65-b7f4-6e2a0c5d8b17',
  clientContext: 'before-the-break',
};

describe('the Kiota models for TypeScript', () => {
  it.each(['Completed', 'Running', 'NotStarted', 'Failed'])('read the status %s of the CSDL', (status) => {
    expect(read({ ...operation, status })).toMatchObject({ clientContext: 'before-the-break', status });
  });

  it.each(['completed', 'running', 'notStarted', 'failed', 'COMPLETED'])(
    'lose the status %s, which is not in the CSDL, without an error',
    (status) => {
      const { id, clientContext } = operation;
      expect(read({ ...operation, status })).toMatchObject({ id, clientContext, status: undefined });
    },
  );
});
