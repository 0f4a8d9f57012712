/** What other tools than this suite read in the OpenAPI fragment: Swagger UI, generators of clients, mock servers. */
import { describe, expect, it } from 'vitest';
import {
  fragment,
  methods,
  type FragmentOperation,
  resolved,
  servedExample,
} from '../../dev/testing/openapi-fragment.ts';

const operations = Object.entries(fragment.paths).flatMap(([path, item]) =>
  methods.flatMap((method) => {
    const operation = item[method];
    return operation === undefined ? [] : [{ path, method, operation, name: operation.operationId }];
  }),
);

const call = '/communications/calls/{call-id}';

function pathParameters({ parameters = [] }: FragmentOperation): string[] {
  return parameters
    .map((parameter) => resolved<{ name: string; in: string }>(parameter))
    .flatMap((parameter) => (parameter.in === 'path' ? [parameter.name] : []));
}

describe('the OpenAPI fragment', () => {
  it('says whom to ask', () => {
    expect(fragment.info.contact).toMatchObject({ name: expect.any(String), url: expect.stringMatching(/^https:/) });
  });

  it.each(operations)('$name names the parameters of its path itself, where Swagger UI looks for them', (one) => {
    const named = [...one.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
    expect(pathParameters(one.operation)).toEqual(named);
    expect(fragment.paths[one.path]).not.toHaveProperty('parameters');
  });

  it.each(operations)('$name describes its refusals and the failures of the server', ({ operation }) => {
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '4XX', '5XX']));
  });

  it('lists the spellings of operationStatus that the sources have, so that generated clients have a type for it', () => {
    const words = ['notStarted', 'running', 'completed', 'failed'];
    const inCsdl = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
    expect(fragment.components.schemas.operationStatus['enum']).toEqual([...words, ...inCsdl, null]);
  });

  it('has no null where no source has it', () => {
    const { participantInfo, mediaStream } = fragment.components.schemas;
    expect(participantInfo['type']).toBe('object');
    expect(mediaStream['properties']).toMatchObject({ serverMuted: { type: 'boolean' }, sourceId: { type: 'string' } });
  });

  it('has a call first that can be muted, so that a mock server that serves the first example has one', () => {
    const created = servedExample('/communications/calls', 'post', '201');
    const read = servedExample(call, 'get', '200');
    const roster = servedExample(`${call}/participants`, 'get', '200');
    expect(read).toEqual({ ...(created as object), state: 'established' });
    const { myParticipantId } = read as { myParticipantId: string };
    expect(roster).toMatchObject({ value: [{ id: myParticipantId }, { isMuted: false }] });
    expect(servedExample(`${call}/operations/{operation-id}`, 'get', '200')).toEqual(
      servedExample(`${call}/mute`, 'post', '200'),
    );
  });

  it('has the same examples in the schemas, of which Mockoon makes its first answers', () => {
    const { muteParticipantOperation, call: schema } = fragment.components.schemas;
    expect(muteParticipantOperation['example']).toEqual(servedExample(`${call}/mute`, 'post', '200'));
    expect(schema['example']).toEqual(servedExample(call, 'get', '200'));
  });

  it.each([
    ['400', /not valid JSON/],
    ['413', /too large/],
    ['422', /clientContext/],
    ['4XX', /group calls/],
  ])('has an example of its own for %s', (status, message) => {
    expect(servedExample(`${call}/mute`, 'post', status)).toMatchObject({
      error: { message: expect.stringMatching(message) },
    });
  });
});
