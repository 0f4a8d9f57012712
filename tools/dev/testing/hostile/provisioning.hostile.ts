import http from 'node:http';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { emptyFolder, patientTimeouts } from './command-line.ts';
import { caseOf, causeOf, expectLeaksCounted, type HostileRun, noteRun, runAgainst, token } from './hostile-run.ts';
import { answer, json, rebodied, reheadered } from './misbehaviours.ts';
import {
  type HostileExchange,
  type HostileTarget,
  type Misbehaviour,
  type Place,
  relay,
  startHostileTarget,
} from './proxy.ts';
import { treacherous } from './texts.ts';

const targets: HostileTarget[] = [];

afterEach(async () => {
  await Promise.all(targets.splice(0).map((target) => target.close()));
});

async function start(...words: Parameters<typeof startHostileTarget>): Promise<HostileTarget> {
  const target = await startHostileTarget(...words);
  targets.push(target);
  return target;
}

function said({ results }: HostileRun): string {
  return results.run.unreachable?.problem ?? causeOf(caseOf(results, 'status.success'));
}

const someSuites = ['status-codes', 'location-header', 'transport'].flatMap((suite) => ['--suite', suite]);

describe('creating a call', () => {
  const refused: readonly (readonly [name: string, create: Misbehaviour, cause: RegExp])[] = [
    ['hangs', () => undefined, /no answer within 2000 ms/],
    ['is answered without an id', json({ state: 'established' }, 201), /without an id/],
    ['is answered with null', json(null, 201), /not a JSON object/],
    ['is answered with a number as id', json({ id: 1e21 }, 201), /the id 1e\+21, which is not a string/],
    ['is answered with an object as id', json({ id: { toString: 'x' } }, 201), /the id \{.*\}, which is not a string/],
    ['is answered with nothing as id', json({ id: '' }, 201), /./],
    ['is answered with . as id', json({ id: '.' }, 201), /./],
    ['is answered with .. as id', json({ id: '..' }, 201), /./],
    ['is answered with half a character as id', answer(201, {}, '{"id":"\\ud800"}'), /./],
    [
      'is answered with a treacherous refusal',
      json({ error: { code: treacherous, message: treacherous } }, 403),
      /403/,
    ],
    ['is answered with Location alone', answer(201, { Location: '/beta/communications/calls/a' }), /the body is empty/],
  ];
  for (const [name, create, cause] of refused) {
    test(name, async ({ task }) => {
      const target = await start('create', create, token);
      const run = await runAgainst(target);
      noteRun(task, run.ended, said(run));
      expect([3, 4]).toContain(run.ended.exitCode);
      expect(said(run)).toMatch(cause);
      expect(run.ended.seconds).toBeLessThan(40);
    });
  }

  test('hangs every other time', async ({ task }) => {
    let creates = 0;
    const target = await start(
      'create',
      async (exchange) => {
        creates += 1;
        if (creates % 2 === 1) await exchange.behave();
      },
      token,
    );
    const run = await runAgainst(target);
    noteRun(task, run.ended, said(run));
    expect([1, 3]).toContain(run.ended.exitCode);
    expectLeaksCounted(run.results, target);
  });

  test('goes well, but the call is never established', async ({ task }) => {
    const deviation = {
      id: 'never-established',
      summary: 'Never establishes a call',
      settings: { establishAfterMs: 1e9 },
    };
    const target = await start(
      () => false,
      () => undefined,
      token,
      deviation,
    );
    const run = await runAgainst(target);
    noteRun(task, run.ended, said(run));
    expect(run.ended.exitCode).toBe(3);
    expect(said(run)).toMatch(/not established within/);
    expectLeaksCounted(run.results, target);
  });
});

/** Puts another id in the place of every call's own, on the way in and on the way out. */
function renaming(rename: (id: string) => string): Misbehaviour {
  const toOwn = new Map<string, string>();
  return async (exchange: HostileExchange) => {
    const [, before = '', shown = '', after = ''] = /^(.*\/calls\/)([^/?]+)(.*)$/.exec(exchange.path) ?? [];
    const own = shown === '' ? undefined : toOwn.get(decodeURIComponent(shown));
    const good = await exchange.forward(own === undefined ? exchange.path : before + own + after);
    if (exchange.method === 'POST' && exchange.path.endsWith('/calls')) {
      const call = JSON.parse(good.body.toString()) as { id: string };
      const id = rename(call.id);
      toOwn.set(id, call.id);
      relay(exchange.response, { ...good, body: Buffer.from(JSON.stringify({ ...call, id })) });
      return;
    }
    const rawHeaders = good.rawHeaders.map((text) => (own === undefined ? text : text.replace(own, shown)));
    relay(exchange.response, { ...good, rawHeaders });
  };
}

describe('the id of a call', () => {
  const renamed: readonly (readonly [name: string, rename: (id: string) => string])[] = [
    ['with slashes', (id) => `a/../b//${id}/mute`],
    ['with dots', (id) => `..${id}..`],
    ['with percent signs', (id) => `%2e%2e%2F%${id}%`],
    ['with what begins a query', (id) => `${id}?a=b#c&d`],
    ['with spaces and what a shell obeys', (id) => `${id} '"; $(id) \`id\` \\`],
    ['with characters of all kinds', (id) => `${id}äöü€😀\u202e\u001b[31m</script>`],
    ['of 10 kB', (id) => id + 'x'.repeat(10_000)],
  ];
  for (const [name, rename] of renamed) {
    test(name, async ({ task }) => {
      const target = await start('everything', renaming(rename), token);
      const run = await runAgainst(target, { words: someSuites, timeouts: patientTimeouts });
      noteRun(task, run.ended, `${run.results.summary.verdict} ${said(run)}`);
      // Every request has to name the call in one segment, whatever its id is made of; then all goes well.
      expect(caseOf(run.results, 'status.success').verdict).toBe('passed');
      expect([0, 1]).toContain(run.ended.exitCode);
      expectLeaksCounted(run.results, target);
    });
  }
});

describe('another origin', () => {
  async function listening(): Promise<{ origin: string; heard: string[]; close: () => void }> {
    const heard: string[] = [];
    const server = http.createServer((request, response) => {
      heard.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`);
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return { origin: `http://127.0.0.1:${port}`, heard, close: () => void server.close() };
  }

  const redirects: readonly (readonly [place: Place & string, status: number])[] = [
    ['mute', 301],
    ['mute', 302],
    ['mute', 303],
    ['mute', 307],
    ['mute', 308],
    ['create', 307],
    ['everything', 302],
  ];
  for (const [place, status] of redirects) {
    test(`${place} is redirected there with ${status}: nothing is sent to it`, async ({ task }) => {
      const other = await listening();
      const location = ({ path: asked }: HostileExchange) => ({ Location: other.origin + asked });
      const target = await start(place, answer(status, location), token);
      const run = await runAgainst(target, { words: someSuites });
      other.close();
      noteRun(task, run.ended, said(run));
      expect(other.heard).toEqual([]);
      expect(run.ended.exitCode).toBe(place === 'mute' ? 1 : 4);
      expect(said(run)).toMatch(new RegExp(`answered ${status}`));
    });
  }

  test('is where Location leads: the operation is asked for at the target’s own', async ({ task }) => {
    const other = await listening();
    const target = await start(
      'mute',
      async (exchange) => {
        const good = await exchange.forward();
        const rawHeaders = good.rawHeaders.map((text) => text.replace(/^http:\/\/[^/]+/, other.origin));
        relay(exchange.response, { ...good, rawHeaders });
      },
      token,
    );
    const targetFile = path.join(emptyFolder(), 'target.yaml');
    writeFileSync(
      targetFile,
      [
        'name: elsewhere',
        `baseUrl: ${target.baseUrl}`,
        'token: ${HOSTILE_TOKEN}',
        'capabilities: { operations: true }',
      ].join('\n'),
    );
    const run = await runAgainst(target, { targetFile, words: someSuites });
    other.close();
    noteRun(task, run.ended, run.results.summary.verdict);
    expect(other.heard).toEqual([]);
    expect(caseOf(run.results, 'location.resolves').verdict).toBe('passed');
    expect(caseOf(run.results, 'location.origin').verdict).toBe('warned');
  });

  test('mute is redirected to itself: it is asked once', async ({ task }) => {
    let asked = 0;
    const target = await start(
      'mute',
      (exchange) => {
        asked += 1;
        return answer(302, { Location: target.origin + exchange.path })(exchange);
      },
      token,
    );
    const run = await runAgainst(target, { words: someSuites });
    noteRun(task, run.ended, said(run));
    expect(run.ended.exitCode).toBe(1);
    expect(asked).toBeLessThan(200);
  });
});

describe('Location', () => {
  const operation = '17e3b46c-f61d-4f4d-9635-c626ef18e6ad';
  const locations: readonly (readonly [name: string, value: string])[] = [
    ['of javascript', 'javascript:alert(document.domain)'],
    ['of data', 'data:text/html,<script>alert(1)</script>'],
    ['of a file', 'file:///etc/passwd'],
    ['of 12 kB', `/beta/communications/calls/a/operations/${'x'.repeat(12_000)}`],
    ['of slashes', `${'/'.repeat(5_000)}communications/calls/a/operations/b`],
    ['of dots', `/beta/communications/calls/../../../../etc/passwd/operations/${operation}`],
    [
      'with credentials',
      `http://user:${encodeURIComponent(token)}@elsewhere.example/beta/communications/calls/a/operations/b`,
    ],
    ['of percent signs', '/beta/communications/calls/%/operations/%zz%00%2e%2e'],
    ['with an address that is none', 'http://[::1/communications/calls/a/operations/b'],
    ['of nothing', ''],
    ['of a space', ' '],
  ];
  for (const [name, value] of locations) {
    test(name, async ({ task }) => {
      const target = await start(
        'mute',
        reheadered(() => ({ Location: value })),
        token,
      );
      const targetFile = path.join(emptyFolder(), 'target.yaml');
      writeFileSync(
        targetFile,
        [
          'name: location',
          `baseUrl: ${target.baseUrl}`,
          'token: ${HOSTILE_TOKEN}',
          'capabilities: { operations: true }',
        ].join('\n'),
      );
      const run = await runAgainst(target, { targetFile, words: someSuites });
      noteRun(task, run.ended, causeOf(caseOf(run.results, 'location.call')));
      expect(run.ended.exitCode).toBe(1);
    });
  }

  test('that is five hundred', async ({ task }) => {
    const target = await start(
      'mute',
      async (exchange) => {
        const good = await exchange.forward();
        const many = Array.from({ length: 500 }, (_, index) => ['Location', `/${index}`]).flat();
        relay(exchange.response, { ...good, rawHeaders: [...good.rawHeaders, ...many] });
      },
      token,
    );
    const run = await runAgainst(target, { words: someSuites });
    noteRun(task, run.ended, causeOf(caseOf(run.results, 'location.present')));
    expect(caseOf(run.results, 'location.present').verdict).toBe('failed');
  });

  test('that forges a header with CRLF', async ({ task }) => {
    const target = await start(
      'mute',
      ({ socket }) => {
        socket.write(
          'HTTP/1.1 200 OK\r\nLocation: /a\r\nSet-Cookie: forged=1\r\n folded: yes\r\nContent-Length: 2\r\n\r\n{}',
        );
      },
      token,
    );
    const run = await runAgainst(target, { words: someSuites });
    noteRun(task, run.ended, said(run));
    expect([1, 3]).toContain(run.ended.exitCode);
  });

  test('and body change with every answer', async ({ task }) => {
    let mutes = 0;
    const target = await start(
      'mute',
      rebodied((text) => ((mutes += 1) % 2 === 0 ? text : '{}')),
      token,
    );
    // What the Location leads to is judged by the answers that have an id; that the others have none is the body's fault.
    const run = await runAgainst(target, { words: [...someSuites, '--suite', 'response-shape'] });
    noteRun(task, run.ended, run.results.summary.verdict);
    const failed = run.results.cases
      .filter(({ verdict }) => verdict === 'failed')
      .map(({ requirement }) => requirement);
    expect(failed).toEqual(expect.arrayContaining(['response.odata-type', 'response.id', 'response.status']));
    expect(run.ended.exitCode).toBe(1);
  });
});
