import { describe, expect, it } from 'vitest';
import { changed, documented, told } from '../../dev/testing/payloads.ts';
import { judgeOperation } from './judge.ts';

const example = documented('mute-response');
const contexts = 'https://graph.microsoft.com/v1.0/$metadata';

function broken(pointer: string, value: unknown): string[] {
  return told(judgeOperation(changed(example, pointer, value)));
}

describe('judgeOperation', () => {
  it('has nothing to say of the documented example', () => {
    expect(judgeOperation(example)).toEqual([]);
  });

  it.each<[string, string, unknown]>([
    ['status null', '/status', null],
    ['status running', '/status', 'running'],
    ['status notStarted', '/status', 'notStarted'],
    ['status failed', '/status', 'failed'],
    ['no clientContext', '/clientContext', undefined],
    ['clientContext null', '/clientContext', null],
    ['resultInfo null', '/resultInfo', null],
    [
      'a whole resultInfo',
      '/resultInfo',
      { '@odata.type': '#microsoft.graph.resultInfo', code: 200, subcode: 0, message: 'x' },
    ],
    ['a subcode at the limit of 32 bits', '/resultInfo', { code: 200, subcode: 2147483647, message: null }],
    ['resultInfo without message', '/resultInfo', { code: 200, subcode: 0 }],
    ['an id that is no GUID', '/id', 'operation-7'],
    ['an unknown member', '/createdDateTime', '2024-04-05T10:20:30Z'],
    ['an unknown annotation', '/@odata.etag', 'W/"1"'],
    ['the namespaced context', '/@odata.context', `${contexts}#microsoft.graph.muteParticipantOperation`],
    ['another host in the context', '/@odata.context', 'http://127.0.0.1:8080/beta/$metadata#muteParticipantOperation'],
  ])('takes %s', (_title, pointer, value) => {
    expect(broken(pointer, value)).toEqual([]);
  });

  it.each<[string, string, unknown, string[]]>([
    ['no type', '/@odata.type', undefined, ['response.odata-type /@odata.type']],
    ['the base type', '/@odata.type', '#microsoft.graph.commsOperation', ['response.odata-type /@odata.type']],
    [
      'the type of another namespace',
      '/@odata.type',
      '#graph.muteParticipantOperation',
      ['response.odata-type /@odata.type'],
    ],
    [
      'the type in another case',
      '/@odata.type',
      '#Microsoft.Graph.MuteParticipantOperation',
      ['response.odata-type /@odata.type'],
    ],
    ['the base type without hash', '/@odata.type', 'commsOperation', ['response.odata-type /@odata.type']],
    ['two hashes', '/@odata.type', '##microsoft.graph.muteParticipantOperation', ['response.odata-type /@odata.type']],
    [
      'a dot that is none',
      '/@odata.type',
      '#microsoftXgraph.muteParticipantOperation',
      ['response.odata-type /@odata.type'],
    ],
    [
      'a type with more behind',
      '/@odata.type',
      '#microsoft.graph.muteParticipantOperation\n',
      ['response.odata-type /@odata.type'],
    ],
    ['no hash', '/@odata.type', 'microsoft.graph.muteParticipantOperation', ['response.odata-type-hash /@odata.type']],
    ['no id', '/id', undefined, ['response.id /id']],
    ['an empty id', '/id', '', ['response.id /id']],
    ['an id that is a number', '/id', 17, ['response.id /id']],
    ['an id that is null', '/id', null, ['response.id /id']],
    ['no status', '/status', undefined, ['response.status /status']],
    ['an unknown status', '/status', 'done', ['response.status /status']],
    ['a status with spaces', '/status', ' completed', ['response.status /status']],
    ['a status that every object has', '/status', 'constructor', ['response.status /status']],
    ['an empty status', '/status', '', ['response.status /status']],
    ['a status that is a number', '/status', 2, ['response.status /status']],
    ['a status that is true', '/status', true, ['response.status /status']],
    ['the status of the CSDL', '/status', 'Completed', ['response.status-case /status']],
    ['a status in upper case', '/status', 'NOTSTARTED', ['response.status-case /status']],
    ['a status in lower case', '/status', 'notstarted', ['response.status-case /status']],
    ['a clientContext that is a number', '/clientContext', 5, ['response.schema /clientContext']],
    ['a clientContext that is an object', '/clientContext', {}, ['response.schema /clientContext']],
    [
      'an empty resultInfo',
      '/resultInfo',
      {},
      ['response.result-info /resultInfo/code', 'response.result-info /resultInfo/subcode'],
    ],
    ['a resultInfo that is text', '/resultInfo', 'ok', ['response.result-info /resultInfo']],
    ['a resultInfo that is an array', '/resultInfo', [], ['response.result-info /resultInfo']],
    ['a code that is a string', '/resultInfo', { code: '200', subcode: 0 }, ['response.result-info /resultInfo/code']],
    ['a code that is null', '/resultInfo', { code: null, subcode: 0 }, ['response.result-info /resultInfo/code']],
    [
      'a code beyond 32 bits',
      '/resultInfo',
      { code: 2147483648, subcode: 0 },
      ['response.result-info /resultInfo/code'],
    ],
    [
      'a subcode with a fraction',
      '/resultInfo',
      { code: 200, subcode: 0.5 },
      ['response.result-info /resultInfo/subcode'],
    ],
    ['no subcode', '/resultInfo', { code: 200 }, ['response.result-info /resultInfo/subcode']],
    [
      'a message that is a number',
      '/resultInfo',
      { code: 200, subcode: 0, message: 5 },
      ['response.result-info /resultInfo/message'],
    ],
    [
      'a type of the resultInfo that is a number',
      '/resultInfo',
      { '@odata.type': 5, code: 200, subcode: 0 },
      ['response.result-info /resultInfo/@odata.type'],
    ],
    ['no context', '/@odata.context', undefined, ['response.odata-context /@odata.context']],
    ['a context that is a number', '/@odata.context', 5, ['response.odata-context /@odata.context']],
    [
      'the context of another type',
      '/@odata.context',
      `${contexts}#commsOperation`,
      ['response.odata-context /@odata.context'],
    ],
    [
      'a context without version',
      '/@odata.context',
      'https://graph.microsoft.com/$metadata#muteParticipantOperation',
      ['response.odata-context /@odata.context'],
    ],
    [
      'a context with more behind',
      '/@odata.context',
      `${contexts}#muteParticipantOperation/$entity`,
      ['response.odata-context /@odata.context'],
    ],
  ])('finds %s', (_title, pointer, value, expected) => {
    expect(broken(pointer, value)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['an array', [example]],
    ['text', 'completed'],
    ['a number', 200],
    ['nothing', undefined],
  ])('takes %s for no operation', (_title, body) => {
    expect(told(judgeOperation(body))).toEqual(['response.schema ']);
    expect(judgeOperation(body)).toMatchObject([{ level: 'must' }]);
  });

  it('tells level, expectation and finding', () => {
    expect(judgeOperation(changed(example, '/status', 'done'))).toEqual([
      {
        requirement: 'response.status',
        level: 'must',
        pointer: '/status',
        message: 'status must be notStarted, running, completed or failed, in any case, or null, and is "done"',
        expected: 'notStarted, running, completed or failed, in any case, or null',
        actual: '"done"',
      },
    ]);
  });

  it('wants the version of the request in the context, where it is known', () => {
    expect(judgeOperation(example, { apiVersion: 'v1.0' })).toEqual([]);
    expect(judgeOperation(example, { apiVersion: 'beta' })).toMatchObject([
      {
        requirement: 'response.odata-context',
        expected: 'a URL that ends in /beta/$metadata#muteParticipantOperation',
      },
    ]);
  });

  it('judges of a fragment only what is there', () => {
    expect(judgeOperation({}, { partial: true })).toEqual([]);
    expect(judgeOperation({ resultInfo: { code: 1 } }, { partial: true })).toEqual([]);
    expect(judgeOperation({ id: '', status: 'Failed' }, { partial: true })).toMatchObject([
      { requirement: 'response.id' },
      { requirement: 'response.status-case' },
    ]);
    expect(judgeOperation({ '@odata.context': 'x' }, { partial: true })).toMatchObject([
      {
        requirement: 'response.odata-context',
        expected: 'a URL that ends in /{version}/$metadata#muteParticipantOperation',
      },
    ]);
    const type = 'microsoft.graph.muteParticipantOperation';
    expect(judgeOperation({ '@odata.type': type }, { partial: true })).toMatchObject([
      { requirement: 'response.odata-type-hash', level: 'should', expected: `#${type}` },
    ]);
  });
});

describe('the code of an operation', () => {
  /** What is said of an operation of this status with this code. */
  function codeOf(status: string | null, code: number): string[] {
    return told(judgeOperation(changed(changed(example, '/status', status), '/resultInfo', { code, subcode: 0 })));
  }

  it.each([200, 201, 204, 299])('%i is one of a completed one', (code) => {
    expect(codeOf('completed', code)).toEqual([]);
  });

  it.each([-2147483648, 0, 199, 300, 400, 500, 2147483647])('%i is none of a completed one', (code) => {
    expect(codeOf('completed', code)).toEqual(['response.result-code /resultInfo/code']);
  });

  it('is held against one that is completed in any case', () => {
    expect(codeOf('Completed', 500)).toEqual(['response.status-case /status', 'response.result-code /resultInfo/code']);
    expect(codeOf('COMPLETED', 200)).toEqual(['response.status-case /status']);
  });

  it.each(['running', 'notStarted', 'failed', null])('may be any of 32 bits where the status is %s', (status) => {
    for (const code of [-2147483648, 0, 199, 200, 299, 300, 500, 2147483647]) expect(codeOf(status, code)).toEqual([]);
  });

  it.each(['running', 'failed', 'completed'])('is one of 32 bits where the status is %s', (status) => {
    for (const code of [-2147483649, 2147483648, 200.5]) {
      expect(codeOf(status, code)).toEqual(['response.result-info /resultInfo/code']);
    }
  });

  it('is a should, which says what belongs there', () => {
    const failed = changed(example, '/resultInfo', { code: 500, subcode: 0 });
    expect(judgeOperation(failed)).toMatchObject([
      { level: 'should', expected: 'an integer from 200 to 299, since the operation is completed', actual: '500' },
    ]);
  });
});

describe('judgeOperation of an operation inside another object', () => {
  it('says where the operation is', () => {
    const [first] = judgeOperation({ '@odata.context': 'x', muteParticipantOperation: example });
    expect(first).toMatchObject({ requirement: 'response.schema', pointer: '', actual: expect.anything() });
    expect(first?.expected).toContain('"muteParticipantOperation"');
  });

  it.each<[string, unknown]>([
    ['several members', { operation: example, more: 1 }],
    ['no operation', { error: { code: 'x', message: 'y' } }],
    ['an operation without id', { operation: { status: 'completed' } }],
    ['nothing', {}],
    ['text', { operation: 'x' }],
  ])('leaves an object with %s alone', (_what, body) => {
    expect(told(judgeOperation(body))).not.toContain('response.schema ');
  });
});
