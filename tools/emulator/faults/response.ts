import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Fault } from '../deviation.ts';
import { withHeader, withoutHeader, withText } from '../editing.ts';
import { answering, describingOperation, onApp } from '../mute-hooks.ts';
import type { RequestContext } from '../exchange.ts';
import { bodyObject } from '../rules.ts';
import { whenContextsAreLost } from './consequences.ts';

/** Where no answer to a mute can be read. */
const answersThatAreNotJson: Fault['breaks'] = ['response.schema'];

/** Ids are compared within a call. */
function mutesOfCall({ call }: RequestContext): string {
  return call?.id ?? '';
}

/** Operations that are answered in another form, or say what is not so. */
export const responseFaults: readonly Fault[] = [
  {
    id: 'response-text-plain',
    summary: 'Declares the operation as text/plain',
    breaks: ['response.content-type'],
    hooks: answering((reply) => withHeader(reply, 'Content-Type', 'text/plain')),
  },
  {
    id: 'response-with-byte-order-mark',
    summary: 'Starts its answers with a byte order mark',
    breaks: answersThatAreNotJson,
    hooks: answering((reply) => ({ ...reply, raw: `\uFEFF${JSON.stringify(reply.body)}` })),
  },
  {
    id: 'response-in-utf-16',
    summary: 'Writes its answers in UTF-16',
    breaks: answersThatAreNotJson,
    hooks: answering((reply) => ({ ...reply, raw: Buffer.from(JSON.stringify(reply.body), 'utf16le') })),
  },
  {
    id: 'response-in-unannounced-gzip',
    summary: 'Packs its answers with gzip, and does not say so in Content-Encoding',
    breaks: answersThatAreNotJson,
    hooks: answering((reply) => ({ ...reply, raw: gzipSync(JSON.stringify(reply.body)) })),
  },
  {
    id: 'response-without-content-type',
    summary: 'Does not declare what the operation is written in on the deprecated path',
    breaks: ['response.content-type'],
    hooks: answering((reply) => withoutHeader(reply, 'Content-Type'), onApp),
  },
  {
    id: 'response-wrapped',
    summary: 'Wraps the operation in an object with a member value',
    breaks: ['response.schema', 'response.odata-type', 'response.id', 'response.status'],
    mayAlsoBreak: [
      ...whenContextsAreLost,
      'response.odata-context',
      'context.echo',
      'context.max-length',
      'context.echo-unicode',
      'context.echo-control-characters',
      'context.echo-empty',
    ],
    hooks: answering((reply) => ({ ...reply, body: { value: reply.body } })),
  },
  {
    id: 'response-empty',
    summary: 'Answers 200 without a body',
    breaks: ['response.schema'],
    hooks: answering((reply) => ({ ...reply, raw: '' })),
  },
  {
    id: 'response-html',
    summary: 'Answers 200 with a page of HTML',
    breaks: ['response.schema', 'response.content-type'],
    hooks: answering((reply) => withText(reply, 'text/html', '<!doctype html><title>Muted</title>')),
  },
  {
    id: 'operation-type-missing',
    summary: 'Leaves @odata.type out of the operation',
    breaks: ['response.odata-type'],
    hooks: describingOperation((operation) => {
      delete operation['@odata.type'];
    }),
  },
  {
    id: 'operation-type-base',
    summary: 'Calls the operation a commsOperation, as before November 2019',
    breaks: ['response.odata-type'],
    hooks: describingOperation((operation) => {
      operation['@odata.type'] = '#microsoft.graph.commsOperation';
    }),
  },
  {
    id: 'operation-type-without-hash',
    summary: 'Leaves the # out of the @odata.type of the operation',
    breaks: ['response.odata-type-hash'],
    hooks: describingOperation((operation) => {
      operation['@odata.type'] = 'microsoft.graph.muteParticipantOperation';
    }),
  },
  {
    id: 'operation-context-of-call',
    summary: 'Gives the operation the @odata.context of a call',
    breaks: ['response.odata-context'],
    hooks: describingOperation((operation) => {
      operation['@odata.context'] = String(operation['@odata.context']).replace(/#.*/, '#communications/calls/$entity');
    }),
  },
  {
    id: 'operation-id-missing',
    summary: 'Leaves the id out of the operation',
    breaks: ['response.id'],
    hooks: describingOperation((operation) => {
      delete operation.id;
    }),
  },
  {
    id: 'operation-id-empty',
    summary: 'Gives the operation an empty id',
    breaks: ['response.id'],
    hooks: describingOperation((operation) => {
      operation.id = '';
    }),
  },
  {
    id: 'operation-id-constant',
    summary: 'Gives every operation the same id',
    showsAmong: mutesOfCall,
    breaks: ['response.id-unique'],
    mayAlsoBreak: ['state.repeat', 'concurrency.same-call'],
    hooks: () => ({
      identifier: (kind, proposed) => (kind === 'operation' ? '9b2d6a52-0f1c-4d1e-8a43-5f5d0c1b7e10' : proposed),
    }),
  },
  {
    id: 'operation-id-of-call',
    summary: 'Gives an operation the id of its call',
    showsAmong: mutesOfCall,
    breaks: ['response.id-unique'],
    mayAlsoBreak: ['state.repeat', 'concurrency.same-call'],
    hooks: () => ({
      decision: ({ call }, decision) =>
        decision.accepted && call !== undefined
          ? { accepted: true, operation: { ...decision.operation, id: call.id } }
          : decision,
    }),
  },
  {
    id: 'operation-status-missing',
    summary: 'Leaves the status out of the operation',
    breaks: ['response.status'],
    hooks: describingOperation((operation) => {
      delete operation.status;
    }),
  },
  {
    id: 'operation-status-misspelt',
    summary: 'Writes the status complete',
    breaks: ['response.status'],
    hooks: describingOperation((operation) => {
      operation.status = 'complete';
    }),
  },
  {
    id: 'operation-status-upper-case',
    summary: 'Writes the status in capitals',
    breaks: ['response.status-case'],
    hooks: describingOperation((operation) => {
      operation.status = String(operation.status).toUpperCase();
    }),
  },
  {
    id: 'operation-id-of-context',
    summary: 'Makes the id of an operation of its clientContext',
    showsAmong: (context) => `${mutesOfCall(context)} ${JSON.stringify(bodyObject(context).clientContext)}`,
    breaks: ['response.id-unique'],
    mayAlsoBreak: ['concurrency.same-call'],
    hooks: () => ({
      decision: (_context, decision) =>
        decision.accepted && typeof decision.operation.clientContext === 'string'
          ? {
              accepted: true,
              operation: {
                ...decision.operation,
                id: createHash('sha256').update(decision.operation.clientContext).digest('hex').slice(0, 32),
              },
            }
          : decision,
    }),
  },
  {
    id: 'operation-failed',
    summary: 'Answers every mute 200 with an operation that has failed',
    breaks: ['response.status'],
    hooks: describingOperation((operation) => {
      operation.status = 'failed';
    }),
  },
  {
    id: 'result-code-500',
    summary: 'Gives a completed operation the result code of a server error',
    breaks: ['response.result-code'],
    hooks: describingOperation((operation) => {
      operation.resultInfo = { code: 500, subcode: 0, message: null };
    }),
  },
  {
    id: 'result-info-strings',
    summary: 'Writes the codes of resultInfo as strings',
    breaks: ['response.result-info'],
    hooks: describingOperation((operation) => {
      operation.resultInfo = { code: '200', subcode: '0', message: '' };
    }),
  },
  {
    id: 'result-info-empty',
    summary: 'Writes an empty object for resultInfo where there is none',
    breaks: ['response.result-info'],
    hooks: describingOperation((operation) => {
      operation.resultInfo = {};
    }),
  },
];
