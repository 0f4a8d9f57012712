import { describe, expect, it } from 'vitest';
import { findFault, findVariant } from '../../emulator/find-deviation.ts';
import { startMirrorSink } from './mirror-sink.ts';
import { type Description, describedMute } from './described.ts';
import { newFailures } from './judged-peer.ts';
import { chosenFaults, chosenVariants } from './parts/peers.ts';
import { junitCases } from './peers/junit-cases.ts';
import { readStepCi } from './peers/stepci.ts';

describe('the chosen faults and variants', () => {
  it('are those of the emulator, each once', () => {
    expect(new Set([...chosenFaults, ...chosenVariants]).size).toBe(chosenFaults.length + chosenVariants.length);
    // A peer cannot be told that a target declares less.
    const overrides = [...chosenFaults.map(findFault), ...chosenVariants.map(findVariant)].filter(
      ({ target }) => target?.capabilities !== undefined || target?.apiVersion !== undefined,
    );
    expect(overrides.map(({ id }) => id)).toEqual([]);
  });
});

describe('what a peer noticed', () => {
  it.each([
    [[], ['a'], ['a']],
    [['a'], ['a'], []],
    [['a', 'b'], ['b', 'c'], ['c']],
    [['a'], [], []],
  ])('beside %j, of %j, is %j', (usual, now, expected) => {
    expect(newFailures(usual, now)).toEqual(expected);
  });
});

describe('the output of Step CI', () => {
  it.each([
    ['✔ group › create\n\nChecks\n\n✔ Status\n\nExpected\n', { checks: 1, failures: [] }],
    [
      '✕ group › muted\n\nChecks\n\n✕ JSONPath > $.id\n\n✔ Status\n\n⚠\ufe0e group › located\n\nStep was skipped\n',
      { checks: 2, failures: ['group › muted', 'group › muted: JSONPath > $.id', 'group › located'] },
    ],
    ['  ✔ create passed after 0.1s\n', { checks: 0, failures: [] }],
  ])('%j', (output, expected) => {
    expect(readStepCi(output)).toEqual(expected);
  });
});

describe('a JUnit file', () => {
  it.each([
    ['<testsuite name="x"><testcase name="a"/></testsuite>', [{ name: 'a', failed: false }]],
    [
      '<testsuite><testcase name="a"><failure>no</failure></testcase><testcase name="b"><skipped/></testcase><testcase name="c"><error/></testcase></testsuite>',
      [
        { name: 'a', failed: true },
        { name: 'c', failed: true },
      ],
    ],
    ['<testsuite name="x"></testsuite>', []],
  ])('%s', (xml, expected) => {
    expect(junitCases(xml)).toEqual(expected);
  });
});

describe('what peers are given of the fragment', () => {
  const fragment: Description = {
    servers: [{ url: 'https://graph.microsoft.com/beta' }],
    webhooks: { rosterUpdate: {} },
    paths: {
      '/communications/calls': { post: { responses: { 201: {} } } },
      '/communications/calls/{call-id}/mute': { post: { responses: { 200: {}, 404: {}, '4XX': {} } } },
      '/communications/calls/{call-id}/unmute': { post: { responses: { 200: {} } } },
    },
    components: {
      parameters: { callId: {} },
      requestBodies: {},
      responses: {
        muted: {
          content: {
            'application/json': {
              examples: { here: { value: 1 }, there: { $ref: '#/components/examples/operation' } },
            },
          },
        },
      },
      examples: { operation: { value: { status: 'completed' } } },
    },
  };

  it('is mute alone, at one address, with a call that exists', () => {
    const { components, ...rest } = describedMute(fragment, 'http://127.0.0.1:1/beta', 'a-call');
    expect(rest).toEqual({
      servers: [{ url: 'http://127.0.0.1:1/beta' }],
      paths: { '/communications/calls/{callId}/mute': { post: { responses: { 200: {}, 404: {} } } } },
    });
    expect(components.parameters).toEqual({ callId: { example: 'a-call' } });
    expect(
      components.responses['muted']?.content['application/json']?.examples,
      'examples are in their places',
    ).toEqual({
      here: { value: 1 },
      there: { value: { status: 'completed' } },
    });
    expect(fragment.webhooks, 'the fragment stays what it is').toBeDefined();
  });

  it('is nothing without a mute', () => {
    expect(() => describedMute({ ...fragment, paths: {} }, 'http://127.0.0.1:1/beta', 'a-call')).toThrow(/no mute/);
  });
});

describe('the sink of the peers', () => {
  it('tells what was posted to a path, and nothing of other paths', async () => {
    const sink = await startMirrorSink();
    try {
      const post = (name: string, body: string) => fetch(`${sink.origin}/${name}`, { method: 'POST', body });
      expect((await post('one', '{"a":1}')).status).toBe(202);
      await post('one/', 'no JSON');
      await post('two', '2');
      const read = async (name: string) => (await fetch(`${sink.origin}/${name}`)).json();
      expect(await Promise.all([read('one'), read('two/'), read('three')])).toEqual([[{ a: 1 }, 'no JSON'], [2], []]);
    } finally {
      await sink.close();
    }
  });
});
