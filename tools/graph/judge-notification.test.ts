import { describe, expect, it } from 'vitest';
import { changed, documented, told } from '../dev/testing/payloads.ts';
import { judgeEnvelope, judgeNotification } from './judge.ts';

const roster = documented('roster-update');
const operation = documented('operation-update');
const call = '0b8f6a3d-7c25-4e91-b4d0-9a2c6e1f8357';

function findings(body: unknown): string[] {
  return told(judgeNotification(body));
}

describe('judgeNotification of a roster update', () => {
  const item = '/value/0';
  const participant = `${item}/resourceData/0`;

  it('has nothing to say of the documented example', () => {
    expect(findings(roster)).toEqual([]);
    expect(findings(changed(roster, `${participant}/isMuted`, false))).toEqual([]);
  });

  it.each<[string, string, unknown]>([
    ['an envelope type without hash', '/@odata.type', 'microsoft.graph.commsNotifications'],
    ['an item type without hash', `${item}/@odata.type`, 'microsoft.graph.commsNotification'],
    ['a legacy resource beside resourceUrl', `${item}/resource`, `/app/calls/${call}/participants`],
    [
      'a GUID in upper case without dashes',
      `${item}/resourceUrl`,
      `/communications/calls/${call.replaceAll('-', '').toUpperCase()}/participants`,
    ],
    ['an id that is no GUID', `${item}/resourceUrl`, '/communications/calls/call-7/participants'],
    ['an unknown member of the envelope', '/validationTokens', []],
    ['an unknown member of the item', `${item}/callbackUri`, 'https://bot.contoso.com/api'],
    ['an empty roster', `${item}/resourceData`, []],
    ['the key of the call in parentheses', `${item}/resourceUrl`, `/communications/calls('${call}')/participants`],
  ])('takes %s', (_title, pointer, value) => {
    expect(findings(changed(roster, pointer, value))).toEqual([]);
  });

  it('takes a roster of one entity', () => {
    const [entity] = (roster as { value: { resourceData: unknown[] }[] }).value[0]?.resourceData ?? [];
    expect(findings(changed(roster, `${item}/resourceData`, entity))).toEqual([]);
  });

  describe('inside deltaParticipants', () => {
    const [entity] = (roster as { value: { resourceData: unknown[] }[] }).value[0]?.resourceData ?? [];
    const delta = {
      '@odata.type': '#microsoft.graph.deltaParticipants',
      participants: [entity],
      sequenceNumber: 10,
    };
    const alone = changed(roster, `${item}/resourceData`, delta);
    const collected = changed(roster, `${item}/resourceData`, [delta]);

    it('has nothing to say of a good one, alone and in a collection', () => {
      expect(findings(alone)).toEqual([]);
      expect(findings(collected)).toEqual([]);
      expect(findings(changed(roster, `${item}/resourceData`, [delta, delta]))).toEqual([]);
    });

    it.each<[string, string, unknown, string]>([
      ['no type', '/@odata.type', undefined, 'roster.participant'],
      ['the type of a participant list', '/@odata.type', '#microsoft.graph.participants', 'roster.participant'],
      ['no participants', '/participants', undefined, 'roster.participant'],
      ['participants null', '/participants', null, 'roster.participant'],
      ['a participant that is null', '/participants/0', null, 'roster.participant'],
      ['a participant without id', '/participants/0/id', undefined, 'roster.participant'],
      ['isMuted that is text', '/participants/0/isMuted', 'true', 'roster.participant'],
      ['no info', '/participants/0/info', undefined, 'roster.participant-info'],
    ])('finds %s', (_title, pointer, value, requirement) => {
      const alike = `${item}/resourceData`;
      expect(findings(changed(alone, `${alike}${pointer}`, value))).toEqual([`${requirement} ${alike}${pointer}`]);
      expect(findings(changed(collected, `${alike}/0${pointer}`, value))).toEqual([
        `${requirement} ${alike}/0${pointer}`,
      ]);
    });
  });

  it.each<[string, string, unknown, string[]]>([
    ['no envelope type', '/@odata.type', undefined, ['roster.envelope /@odata.type']],
    ['the type of an item', '/@odata.type', '#microsoft.graph.commsNotification', ['roster.envelope /@odata.type']],
    ['the type of 2018', '/@odata.type', '#Microsoft.Graph.Notifications', ['roster.envelope /@odata.type']],
    ['a legacy resource that is no text', `${item}/resource`, 5, [`roster.envelope ${item}/resource`]],
    ['no value', '/value', undefined, ['roster.envelope /value']],
    ['an empty value', '/value', [], ['roster.envelope /value']],
    ['a value that is one item', '/value', {}, ['roster.envelope /value']],
    ['an item that is text', '/value/1', 'x', ['roster.envelope /value/1']],
    ['an item that is null', '/value/1', null, ['roster.envelope /value/1']],
    ['no item type', `${item}/@odata.type`, undefined, [`roster.envelope ${item}/@odata.type`]],
    [
      'another item type',
      `${item}/@odata.type`,
      '#microsoft.graph.changeNotification',
      [`roster.envelope ${item}/@odata.type`],
    ],
    [
      'no changeType',
      `${item}/changeType`,
      undefined,
      [`roster.envelope ${item}/changeType`, `roster.change-type ${item}/changeType`],
    ],
    ['created', `${item}/changeType`, 'created', [`roster.change-type ${item}/changeType`]],
    ['deleted', `${item}/changeType`, 'deleted', [`roster.change-type ${item}/changeType`]],
    ['an unknown changeType', `${item}/changeType`, 'muted', [`roster.change-type ${item}/changeType`]],
    ['Updated', `${item}/changeType`, 'Updated', [`roster.change-type-case ${item}/changeType`]],
    [
      'no resourceUrl',
      `${item}/resourceUrl`,
      undefined,
      [`roster.envelope ${item}/resourceUrl`, `roster.resource ${item}/resourceUrl`],
    ],
    [
      'an absolute resourceUrl',
      `${item}/resourceUrl`,
      `https://graph.microsoft.com/v1.0/communications/calls/${call}/participants`,
      [`roster.resource ${item}/resourceUrl`],
    ],
    [
      'a resourceUrl in a list',
      `${item}/resourceUrl`,
      [`/communications/calls/${call}/participants`],
      [`roster.envelope ${item}/resourceUrl`, `roster.resource ${item}/resourceUrl`],
    ],
    [
      'a resourceUrl with more before it',
      `${item}/resourceUrl`,
      `/x/communications/calls/${call}/participants`,
      [`roster.resource ${item}/resourceUrl`],
    ],
    [
      'a resourceUrl with version',
      `${item}/resourceUrl`,
      `/beta/communications/calls/${call}/participants`,
      [`roster.resource ${item}/resourceUrl`],
    ],
    [
      'the legacy path',
      `${item}/resourceUrl`,
      `/app/calls/${call}/participants`,
      [`roster.resource ${item}/resourceUrl`],
    ],
    [
      'the URL of the call',
      `${item}/resourceUrl`,
      `/communications/calls/${call}`,
      [`roster.resource ${item}/resourceUrl`],
    ],
    [
      'a misspelled resourceUrl',
      `${item}/resourceUrl`,
      `/communications/calls/${call}/participant`,
      [`roster.resource ${item}/resourceUrl`],
    ],
    [
      'a slash too much',
      `${item}/resourceUrl`,
      `/communications/calls/${call}/participants/`,
      [`roster.resource ${item}/resourceUrl`],
    ],
    [
      'a resourceUrl without the first slash',
      `${item}/resourceUrl`,
      `communications/calls/${call}/participants`,
      [`roster.resource ${item}/resourceUrl`],
    ],
    ['no resourceData', `${item}/resourceData`, undefined, [`roster.envelope ${item}/resourceData`]],
    ['resourceData that is null', `${item}/resourceData`, null, [`roster.envelope ${item}/resourceData`]],
    ['a participant that is null', participant, null, [`roster.participant ${participant}`]],
    ['no participant type', `${participant}/@odata.type`, undefined, [`roster.participant ${participant}/@odata.type`]],
    ['isMuted that is text', `${participant}/isMuted`, 'true', [`roster.participant ${participant}/isMuted`]],
    [
      'a misspelled direction',
      `${participant}/mediaStreams/0/direction`,
      'sendRecieve',
      [`roster.participant ${participant}/mediaStreams/0/direction`],
    ],
    ['no info', `${participant}/info`, undefined, [`roster.participant-info ${participant}/info`]],
  ])('finds %s', (_title, pointer, value, expected) => {
    expect(findings(changed(roster, pointer, value))).toEqual(expected);
  });

  it('judges each of several items', () => {
    const [first] = (roster as { value: unknown[] }).value;
    const other = changed(first, '/changeType', 'created');
    expect(findings(changed(roster, '/value', [first, other]))).toEqual(['roster.change-type /value/1/changeType']);
  });

  it('tells what is wrong in any place once', () => {
    const [first] = (roster as { value: unknown[] }).value;
    const [entity] = (first as { resourceData: unknown[] }).resourceData;
    const many = Array.from({ length: 10 }, () => first);
    expect(findings(changed(roster, '/value', [...many, changed(first, '/changeType', 'muted')]))).toEqual([
      'roster.change-type /value/10/changeType',
    ]);
    const entities = [...Array.from({ length: 10 }, () => entity), null];
    expect(findings(changed(roster, `${item}/resourceData`, entities))).toEqual([
      `roster.participant ${item}/resourceData/10`,
    ]);
    expect(findings(changed(changed(roster, participant, null), `${item}/changeType`, undefined))).toEqual([
      `roster.envelope ${item}/changeType`,
      `roster.change-type ${item}/changeType`,
      `roster.participant ${participant}`,
    ]);
  });

  it('finds nothing wrong in a long roster that is good', () => {
    const [first] = (roster as { value: { resourceData: unknown[] }[] }).value;
    const entities = Array.from({ length: 150 }, () => first?.resourceData[0]);
    expect(findings(changed(roster, `${item}/resourceData`, entities))).toEqual([]);
  });

  it('is not deceived by a wrong URL about what the item is', () => {
    const body = changed(changed(roster, `${item}/resourceUrl`, '/nonsense'), `${participant}/@odata.type`, undefined);
    expect(findings(body)).toEqual([
      `roster.resource ${item}/resourceUrl`,
      `roster.participant ${participant}/@odata.type`,
    ]);
  });
});

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
