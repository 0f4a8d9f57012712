import { describe, expect, it } from 'vitest';
import { changed, documented, told } from '../../dev/testing/payloads.ts';
import { judgeEnvelope, judgeNotification } from './judge.ts';

const roster = documented('roster-update');
const operation = documented('operation-update');
const call = '0b8f6a3d-7c25-4e91-b4d0-9a2c6e1f8357';

function findings(body: unknown): string[] {
  return told(judgeNotification(body));
}

describe('judgeNotification of an operation', () => {
  const item = '/value/0';
  const data = `${item}/resourceData`;
  const shape = 'operation.notification-shape';

  it('has nothing to say of the documented example', () => {
    expect(findings(operation)).toEqual([]);
  });

  it.each<[string, string, unknown]>([
    ['Completed', `${data}/status`, 'Completed'],
    ['an id without dashes', `${data}/id`, 'A4D1C7E258B34F968C0A1E7B9D3F5260'],
    ['updated', `${item}/changeType`, 'updated'],
    ['another operation', `${data}/@odata.type`, '#microsoft.graph.inviteParticipantsOperation'],
    ['the base type', `${data}/@odata.type`, 'microsoft.graph.commsOperation'],
    ['a null resultInfo', `${data}/resultInfo`, null],
    ['no legacy resource', `${item}/resource`, undefined],
    ['no id', `${data}/id`, undefined],
    ['an @odata.id that names no operation', `${data}/@odata.id`, 'operations(1)'],
    [
      'the @odata.id of the operation',
      `${data}/@odata.id`,
      `/communications/calls/${call}/operations/A4D1C7E258B34F968C0A1E7B9D3F5260`,
    ],
  ])('takes %s', (_title, pointer, value) => {
    expect(findings(changed(operation, pointer, value))).toEqual([]);
  });

  it.each<[string, string, unknown, string[]]>([
    ['the URL of the call', `${item}/resourceUrl`, `/communications/calls/${call}`, [`${shape} ${item}/resourceUrl`]],
    [
      'the URL of another operation',
      `${item}/resourceUrl`,
      `/communications/calls/${call}/operations/x`,
      [`${shape} ${data}/id`],
    ],
    [
      'no resourceUrl',
      `${item}/resourceUrl`,
      undefined,
      [`roster.envelope ${item}/resourceUrl`, `${shape} ${item}/resourceUrl`],
    ],
    ['another id', `${data}/id`, 'x', [`${shape} ${data}/id`]],
    ['an empty id', `${data}/id`, '', [`${shape} ${data}/id`]],
    ['a null id', `${data}/id`, null, [`${shape} ${data}/id`]],
    [
      'the @odata.id of another operation',
      `${data}/@odata.id`,
      `/communications/calls/${call}/operations/x`,
      [`${shape} ${data}/@odata.id`],
    ],
    ['an array', data, [], [`${shape} ${data}`]],
    ['null', data, null, [`roster.envelope ${data}`, `${shape} ${data}`]],
    ['nothing', data, undefined, [`roster.envelope ${data}`, `${shape} ${data}`]],
    ['no type', `${data}/@odata.type`, undefined, [`${shape} ${data}/@odata.type`]],
    ['a type that is no operation', `${data}/@odata.type`, '#microsoft.graph.call', [`${shape} ${data}/@odata.type`]],
    ['an unknown status', `${data}/status`, 'done', [`${shape} ${data}/status`]],
    ['a code that is text', `${data}/resultInfo`, { code: '200', subcode: 0 }, [`${shape} ${data}/resultInfo/code`]],
    [
      'a subcode that is text',
      `${data}/resultInfo`,
      { code: 200, subcode: '0' },
      [`${shape} ${data}/resultInfo/subcode`],
    ],
    ['a resultInfo that is text', `${data}/resultInfo`, 'ok', [`${shape} ${data}/resultInfo`]],
    ['a clientContext that is a number', `${data}/clientContext`, 5, [`${shape} ${data}/clientContext`]],
    ['an unknown changeType', `${item}/changeType`, 'done', [`roster.envelope ${item}/changeType`]],
  ])('finds %s', (_title, pointer, value, expected) => {
    expect(findings(changed(operation, pointer, value))).toEqual(expected);
  });
});

describe('judgeNotification of other things', () => {
  it('judges the envelope alone', () => {
    const item = {
      '@odata.type': '#microsoft.graph.commsNotification',
      changeType: 'Created',
      resourceUrl: '/communications/calls/x',
    };
    const body = (resourceData: unknown) => ({
      '@odata.type': '#microsoft.graph.commsNotifications',
      value: [{ ...item, resourceData }],
    });
    expect(findings(body({ '@odata.type': '#microsoft.graph.call', state: 'Established' }))).toEqual([]);
    expect(findings(body({ state: 5 }))).toEqual([]);
    expect(findings(body('x'))).toEqual(['roster.envelope /value/0/resourceData']);
  });

  it.each([null, [], 'x', 5, undefined])('takes %j for no notification', (body) => {
    expect(told(judgeNotification(body))).toEqual(['roster.envelope ']);
    expect(judgeNotification(body)).toMatchObject([{ level: 'must' }]);
    expect(judgeEnvelope(body)).toHaveLength(1);
  });
});

describe('judgeEnvelope', () => {
  it('looks at the first hundred items, and at as much of what each carries', () => {
    const empty = Array.from({ length: 150 }, () => ({}));
    const pointers = judgeEnvelope(changed(roster, '/value', empty)).map(({ pointer }) => pointer);
    expect(pointers).toContain('/value/99/changeType');
    expect(pointers).not.toContain('/value/100/changeType');
    const [first] = (roster as { value: unknown[] }).value;
    const good = Array.from({ length: 100 }, () => first);
    expect(findings(changed(roster, '/value', [...good, changed(first, '/changeType', 'created')]))).toEqual([]);
    const nulls = Array.from({ length: 150 }, () => null);
    expect(judgeEnvelope(changed(roster, '/value/0/resourceData', nulls)).map(({ pointer }) => pointer)).toEqual(
      Array.from({ length: 100 }, (_nothing, index) => `/value/0/resourceData/${index}`),
    );
  });
});

describe('judgeNotification of fragments', () => {
  const partial = { partial: true };

  it.each<[string, unknown, string[]]>([
    ['nothing at all', {}, []],
    ['an empty item', { value: [{}] }, []],
    ['an envelope without items', { value: [] }, []],
    ['something of another kind', { id: '' }, []],
    ['a changeType alone', { changeType: 5 }, ['roster.envelope /changeType']],
    ['a resourceUrl alone', { resourceUrl: '' }, ['roster.envelope /resourceUrl']],
    ['a resource alone', { resource: 5 }, ['roster.envelope /resource']],
    ['a resourceData alone', { resourceData: 'x' }, ['roster.envelope /resourceData']],
    ['a roster without data', { resourceUrl: '/app/calls/x/participants' }, ['roster.resource /resourceUrl']],
    ['an operation without data', { resourceUrl: '/communications/calls/x/operations/y' }, []],
    [
      'an operation without URL',
      { resourceData: { '@odata.type': '#microsoft.graph.commsOperation', status: 'done' } },
      ['operation.notification-shape /resourceData/status'],
    ],
    [
      'an operation of a wrong URL',
      { resourceUrl: '/communications/calls/x', resourceData: { clientContext: 'x' } },
      ['operation.notification-shape /resourceUrl'],
    ],
    [
      'an item without envelope',
      { changeType: 'Updated', resource: '/app/calls/x/participants' },
      ['roster.change-type-case /changeType'],
    ],
    ['a roster without envelope', [{ isMuted: 'yes' }], ['roster.participant /0/isMuted']],
    ['an operation without envelope', { status: 'done' }, ['operation.notification-shape /status']],
    [
      'a participant in its envelope',
      { value: [{ resourceData: [{ isMuted: 'yes' }] }] },
      ['roster.participant /value/0/resourceData/0/isMuted'],
    ],
    ['a wrong envelope type', { '@odata.type': 'x', value: [{}] }, ['roster.envelope /@odata.type']],
  ])('judges of %s what is there', (_title, body, expected) => {
    expect(told(judgeNotification(body, partial))).toEqual(expected);
  });

  it('tells of a hundred problems at most', () => {
    const entities = Array.from({ length: 40 }, () => ({ id: '', isMuted: 'yes', isInLobby: 'no' }));
    expect(judgeNotification(entities, partial)).toHaveLength(100);
  });
});
