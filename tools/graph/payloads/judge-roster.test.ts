import { describe, expect, it } from 'vitest';
import { changed, documented, told } from '../../dev/testing/payloads.ts';
import { judgeNotification } from './judge.ts';

const roster = documented('roster-update');
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
