import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Results } from '../../../engine/results/results.ts';
import { type Attack, envelope, forEver, once, rosterUpdate, type Victim } from './callback-attacks.ts';
import { token } from './hostile-run.ts';
import { gzipBomb } from './misbehaviours.ts';
import { treacherous } from './texts.ts';

/** One way to misuse callbacks, and how a run has to end all the same. */
export interface HostileCallback {
  readonly name: string;
  readonly attack: Attack;
  readonly exitCode: number | readonly number[];
  /** Requirements of which some case has to be broken; none when all that the target promised is kept. */
  readonly violated?: readonly string[];
  readonly traffic?: (traffic: NonNullable<Results['run']['traffic']>) => boolean;
  /** Only the suites that look at what is told are run. */
  readonly onUpdates?: boolean;
}

function guessed(callbackUri: string): string {
  return callbackUri.replace(/[0-9a-f]{32}/, randomBytes(16).toString('hex'));
}

const someCall = { callId: 'the-call', participantId: 'the-participant' };

/** A text about some call, as one about this call. */
function ofCall({ callId, participantId }: Victim, text: string): string {
  return text.replace(someCall.callId, callId).replace(someCall.participantId, participantId);
}

function rosterOf({ callId }: Pick<Victim, 'callId'>, resourceData: unknown): string {
  return envelope({ changeType: 'updated', resourceUrl: `/communications/calls/${callId}/participants`, resourceData });
}

/** What is no notification, in all forms. */
const junk: readonly (string | Buffer)[] = [
  '',
  ' ',
  'null',
  'true',
  '"text"',
  '[]',
  '{}',
  '{',
  '[1,2',
  '{"value":null}',
  '{"value":{"length":1e9}}',
  '{"value":[null,1,"x",[],{}]}',
  '{"value":[{"resourceUrl":5,"resource":{},"changeType":[],"resourceData":{"isMuted":"yes","id":{}}}]}',
  '{"value":[{"resourceUrl":"/communications/calls/%/participants","resourceData":[null,{"id":null,"info":5}]}]}',
  '{"__proto__":{"value":[{"resourceUrl":"/communications/calls/a/participants"}]}}',
  '{"value":[{"__proto__":null,"constructor":1,"toString":1,"@odata.type":{"toString":1}}]}',
  '['.repeat(100_000),
  '{"a":'.repeat(50_000),
  '\ufeff{"value":[]}',
  Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc0]),
  Buffer.from(envelope(), 'utf16le'),
  '\u0000'.repeat(1_000),
  `${' '.repeat(500_000)}{}`,
];

const oddRequests: readonly string[] = [
  'GET /callbacks/../../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n',
  'POST /callbacks/%2e%2e/%2e%2e/%00/etc/passwd HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n',
  'POST http://elsewhere.example/callbacks HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n',
  'CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: a\r\n\r\n',
  'TRACE / HTTP/1.1\r\nHost: a\r\nX-Reflect: me\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
  'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.1\r\n${'X-A: b\r\n'.repeat(20_000)}\r\n`,
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
  'hello\r\n\r\n',
];

/** What takes long to make, made when it is first needed. */
function made<T>(make: () => T): () => T {
  let value: { readonly it: T } | undefined;
  return () => (value ??= { it: make() }).it;
}

const smallBomb = made(() => gzipBomb(16));

/** About as much as a body may have, and far more. */
const spaces = made(() =>
  [1024 * 1024 - 1, 1024 * 1024 + 1, 8 * 1024 * 1024].map((bytes) => Buffer.alloc(bytes, 0x20)),
);

const entries = (amount: number) => Array.from({ length: amount }, () => 1);

/** For some call: see ofCall. */
const wrongRosters = made(() => [
  rosterOf(someCall, entries(90_000)),
  rosterOf(someCall, entries(400_000)),
  rosterOf(someCall, [{ id: someCall.participantId, mediaStreams: entries(90_000), isMuted: false }]),
  JSON.stringify({ value: entries(90_000) }),
  JSON.stringify({ value: Array.from({ length: 30_000 }, () => ({ a: [1] })) }),
]);

/** From those who have nothing to do with the run: it has to go on as if there were none. */
export const byStrangers: readonly HostileCallback[] = [
  {
    name: 'thousands of posts a second to nobody',
    attack: once(({ callbackUri, post, over }) => {
      let posts = 0;
      return forEver(over, 32, async () => {
        posts += 1;
        await post(guessed(callbackUri), { body: '{"value":[]}' });
        // The longer a run takes for them, the more there would be.
        if (posts > 10_000) await sleep(1_000);
      });
    }),
    exitCode: 0,
    traffic: ({ strangers }) => strangers > 2_000,
  },
  {
    name: 'a second target that guesses paths',
    attack: once(({ callbackUri, callId, post, over }) => {
      const { origin } = new URL(callbackUri);
      const paths = [
        '/',
        '/callbacks',
        '/callbacks/',
        `/callbacks/${callId}`,
        `/callbacks/shared/${callId}`,
        '/callbacks/shared/__proto__',
        `/callbacks/${'0'.repeat(32)}/notify`,
        `/api/calls?call=${callId}`,
      ];
      return forEver(
        over,
        1,
        () => Promise.all(paths.map((path) => post(origin + path, { body: '{"value":[]}' }))),
        50,
      );
    }),
    exitCode: 0,
    traffic: ({ strangers }) => strangers > 100,
  },
  {
    name: 'posts of 40 MB to nobody',
    attack: once(({ callbackUri, post, over }) => {
      const body = Buffer.alloc(40 * 1024 * 1024, 0x20);
      return forEver(over, 4, () => post(guessed(callbackUri), { body }), 300);
    }),
    exitCode: 0,
    traffic: ({ strangers }) => strangers > 0,
  },
  {
    name: 'four hundred connections that say nothing, or begin and never end',
    attack: once(async ({ connect, over }) => {
      for (let count = 0; count < 400 && !over.aborted; count += 1) {
        const socket = connect();
        if (count % 3 === 1) socket.write('POST /callbacks HTTP/1.1\r\nHo');
        if (count % 3 === 2) socket.write('POST /callbacks HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{');
        if (count % 20 === 0) await sleep(20);
      }
    }),
    exitCode: 0,
  },
  {
    name: 'requests that are hardly any',
    attack: once(async ({ connect, over }) => {
      await forEver(
        over,
        1,
        async () => {
          for (const request of oddRequests) connect().end(Buffer.from(request, 'latin1'));
        },
        300,
      );
    }),
    exitCode: 0,
  },
  {
    name: 'bombs packed with gzip to nobody',
    attack: once(({ callbackUri, post, over }) => {
      const body = gzipBomb(64);
      return forEver(over, 4, () => post(guessed(callbackUri), { body, headers: { 'Content-Encoding': 'gzip' } }), 20);
    }),
    exitCode: 0,
    traffic: ({ strangers }) => strangers > 0,
  },
];

/** From the target itself, to the callbacks of its calls. */
export const byTarget: readonly HostileCallback[] = [
  {
    name: 'deliveries after the case has ended',
    attack: async (victim) => {
      // A case that deletes its call before it mutes it goes on, and is right to hold such an update against the target.
      let isMuted = false;
      victim.onMute(async () => {
        isMuted = true;
      });
      await victim.ended;
      if (isMuted) await victim.post(victim.callbackUri, { body: rosterUpdate(victim, true) });
    },
    exitCode: 0,
  },
  {
    name: 'junk in every form to every call',
    attack: async ({ callbackUri, post }) => {
      for (const body of junk) await post(callbackUri, { body });
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']) await post(callbackUri, { method });
      for (const type of ['', 'text/plain', 'application/json;;;=', `${'x'.repeat(5_000)}`]) {
        await post(callbackUri, { headers: { 'Content-Type': type }, body: '{"value":[]}' });
      }
    },
    exitCode: [0, 1, 3],
  },
  {
    name: 'junk in every form right after every mute',
    onUpdates: true,
    attack: ({ callbackUri, post, onMute }) => {
      // The first is there before the true update, and is taken for it.
      onMute(() => {
        const [first] = junk.map((body) => post(callbackUri, { body }));
        return first ?? Promise.resolve();
      });
    },
    exitCode: 1,
    violated: ['roster.json'],
  },
  {
    name: 'bodies of a megabyte and more to every call',
    onUpdates: true,
    attack: async ({ callbackUri, post }) => {
      for (const body of spaces()) await post(callbackUri, { body });
    },
    exitCode: [0, 1, 3],
  },
  {
    name: 'bombs packed with gzip to every call',
    onUpdates: true,
    attack: async ({ callbackUri, post }) => {
      for (const encoding of ['gzip', 'deflate', 'br', 'rot13']) {
        await post(callbackUri, { body: smallBomb(), headers: { 'Content-Encoding': encoding } });
      }
      await post(callbackUri, {
        body: gzipSync('{"value":[]}').subarray(0, 10),
        headers: { 'Content-Encoding': 'gzip' },
      });
    },
    exitCode: [0, 1, 3],
  },
  {
    name: 'rosters with a hundred thousand wrong entries to every call',
    onUpdates: true,
    attack: async (victim) => {
      const bodies = wrongRosters().map((text) => ofCall(victim, text));
      for (const body of bodies) await victim.post(victim.callbackUri, { body });
    },
    exitCode: [0, 1, 3],
  },
  {
    name: 'a hundred true rosters to every call',
    attack: async (victim) => {
      await Promise.all(
        Array.from({ length: 100 }, () => victim.post(victim.callbackUri, { body: rosterUpdate(victim, false) })),
      );
    },
    exitCode: [0, 1, 3],
    traffic: ({ notifications }) => notifications > 5_000,
  },
  {
    name: 'every call is reported muted before anybody asked',
    attack: async (victim) => {
      for (let count = 0; count < 20; count += 1) {
        await victim.post(victim.callbackUri, { body: rosterUpdate(victim, true) });
      }
    },
    exitCode: 1,
    violated: ['roster.unsolicited'],
  },
  {
    name: 'the secrets of the run, treacherous texts and tokens in notifications',
    attack: async (victim) => {
      const said = `${token} ${Buffer.from(token).toString('base64')} ${encodeURIComponent(token)} ${treacherous}`;
      const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJob3N0aWxlIn0.bm8gc2lnbmF0dXJlIGF0IGFsbA';
      const url = `${victim.callbackUri}&${encodeURIComponent(said).slice(0, 4_000)}&token=${encodeURIComponent(token)}`;
      const headers = { Authorization: `Bearer ${token}`, 'X-Token': token, 'X-Jwt': `Bearer ${jwt}` };
      const body = rosterOf(victim, [{ id: said, info: { identity: { user: { displayName: said } } }, isMuted: said }]);
      await victim.post(url, { headers, body });
      await victim.post(victim.callbackUri, { headers: { Authorization: `Bearer ${jwt}` }, body: said });
      await victim.post(victim.callbackUri, { headers: { Authorization: `Bearer ${jwt}` }, body });
    },
    exitCode: [0, 1, 3],
  },
];
