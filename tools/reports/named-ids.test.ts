import { expect, test } from 'vitest';

import { createExchange, muteExchange } from '../dev/testing/sample-exchanges.ts';
import { sampleCase } from '../dev/testing/sample-results.ts';
import { namedIds, requestName } from './named-ids.ts';

const call = '6f1d3a52-9d0e-4c57-8a31-0b7c5f0e9a11';
const operation = '0c9be7a4-2f3d-4a86-9d25-7be1e3c1f5d2';
const request = '3f0a8c8e-6d5e-5a3c-9b7e-2d4f6a8b0c1d';
const context = '0a0a0a0a-0b0b-4c0c-8d0d-0e0e0e0e0e0e';
const foreign = '11111111-2222-4333-8444-555555555555';

const sent = muteExchange();
sent.request.body = JSON.stringify({ clientContext: context });

test.each([
  [`POST /communications/calls/${call}/mute was answered 404`, [[call, 'in the answer to “create call”']]],
  [`client-request-id is ${request}`, [[request, 'the client-request-id of “mute”']]],
  [`clientContext is "${context.toUpperCase()}"`, [[context.toUpperCase(), 'sent in the body of “mute”']]],
  [
    `operation ${operation}, then ${call}, then ${operation}`,
    [
      [operation, 'in the answer to “mute”'],
      [call, 'in the answer to “create call”'],
    ],
  ],
  [`operation ${foreign}`, []],
  ['status 404', []],
])('%s', (actual, expected) => {
  const each = sampleCase('a.b/c', 'failed', { actual, exchanges: [createExchange(), sent] });
  expect(namedIds(each).map(({ id, words }) => [id, words])).toEqual(expected);
});

test('requests of the same name are told by their order', () => {
  const exchanges = [createExchange(), muteExchange(), muteExchange()];
  expect(exchanges.map((exchange) => requestName(exchange, exchanges))).toEqual([
    '“create call”',
    '“mute” 1 of 2',
    '“mute” 2 of 2',
  ]);
});
