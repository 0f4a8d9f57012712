import { token } from './hostile-run.ts';
import { answer, json, rebodied, reheadered } from './misbehaviours.ts';
import { type Misbehaviour, relay } from './proxy.ts';
import type { HostileReply } from './hostile-reply.ts';

/** Texts that some reader obeys, hides or trips over. */
export const treacherous = [
  '\u001b[2J\u001b]0;owned\u0007\u009b31m',
  '\u202egnp.exe\u202c\u2066\u200b\ufeff',
  '\u0000\u0008\u000b\u000c\u007f\u0085\u2028\u2029',
  ']]><!--<!DOCTYPE a><![CDATA[',
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</pre></details></textarea><svg/onload=alert(1)>',
  "' onmouseover='alert(1)",
  '&#0;&nbsp;&amp;&#x1b;&lt',
  '`|`\n\n# heading\n<b>|',
  '::error file=a.ts,line=1::owned%0A\n##[set-output name=a]b',
  '${HOSTILE_TOKEN} $(id) `id` %s %d %o',
  '__proto__',
].join(' ');

/** Half of a pair: only an escape can write it in JSON. */
const withLoneSurrogates = `${JSON.stringify(treacherous).slice(1, -1)}\\ud800 \\udc00\\ud800`;

/** A JSON body in which every text is treacherous. */
const treacherousBody = (members: readonly string[]): string =>
  `{${members.map((name) => `"${name}":"${withLoneSurrogates}"`).join(',')},"${withLoneSurrogates}":"${withLoneSurrogates}"}`;

/** The token in the ways in which a target may write it. */
function written(text: string): string[] {
  const base64 = Buffer.from(text).toString('base64');
  return [
    text,
    encodeURIComponent(text),
    base64,
    Buffer.from(`user:${text}`).toString('base64url'),
    Buffer.from(`..${text}..`).toString('base64'),
    JSON.stringify(JSON.stringify({ text })),
    text.replaceAll('/', '\\/'),
    text.replaceAll('+', '\\u002b'),
    text.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;'),
    text.replaceAll('.', '%2e').replaceAll('~', '%7E'),
    [...text].map((character) => `%${character.charCodeAt(0).toString(16)}`).join(''),
    [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  ];
}

const echoes = written(token).join(' ');
const headerSafe = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '');

/** What makes a pattern that is applied to it slow, if that pattern can be slow. */
const slowForPatterns = [
  '-bearereyJ'.repeat(6_000),
  '-authorization:eyJ'.repeat(3_500),
  'Bearer eyJ'.padEnd(60_000, '-eyJ'),
  'eyJ.'.repeat(16_000),
  '%'.repeat(60_000),
  '\\'.repeat(60_000),
  '`'.repeat(60_000),
  '&'.repeat(60_000),
  '"\\"'.repeat(20_000),
];

function fieldsOf(id: string, extra: Readonly<Record<string, unknown>>): Misbehaviour {
  return rebodied((text) => JSON.stringify({ ...(JSON.parse(text) as object), id, ...extra }));
}

/** Answers whose words are meant for the reports, not for the suite. */
export const texts: readonly HostileReply[] = [
  {
    name: 'mute: treacherous texts in every member',
    reply: answer(
      200,
      { 'Content-Type': 'application/json' },
      treacherousBody(['@odata.type', '@odata.context', 'id', 'status', 'clientContext', 'resultInfo']),
    ),
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
  },
  {
    name: 'everything: treacherous refusals',
    place: 'everything',
    reply: answer(
      400,
      { 'Content-Type': 'application/json' },
      `{"error":${treacherousBody(['code', 'message'])},"${withLoneSurrogates}":1}`,
    ),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /could not be created/,
  },
  {
    name: 'mute: treacherous refusals in the header, too',
    reply: ({ socket }) => {
      const body = `{"error":${treacherousBody(['code', 'message'])}}`;
      // What a header may not hold, parsers refuse: that is another entry.
      const bytes = Buffer.from(treacherous.replaceAll(/[\u0000-\u001f\u007f]/g, ' '));
      const line = (name: string) => Buffer.concat([Buffer.from(`${name}: `), bytes, Buffer.from('\r\n')]);
      socket.write('HTTP/1.1 400 ');
      socket.write(Buffer.concat([bytes, Buffer.from('\r\n')]));
      for (const name of ['Content-Type', 'Location', 'request-id', 'WWW-Authenticate', 'X-Any'])
        socket.write(line(name));
      socket.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    },
    exitCode: 1,
    verdict: 'failed',
    cause: /was answered 400|./,
  },
  {
    name: 'mute: the Authorization header echoed in body and header',
    reply: ({ authorization, response }) =>
      relay(response, {
        status: 200,
        rawHeaders: ['Content-Type', 'application/json', 'X-Echo', authorization, 'X-Echoes', headerSafe(echoes)],
        body: Buffer.from(JSON.stringify({ id: authorization, clientContext: echoes, status: echoes, [echoes]: 1 })),
      }),
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
  },
  {
    name: 'everything: the Authorization header echoed in refusals',
    place: 'everything',
    reply: ({ authorization, response }) =>
      relay(response, {
        status: 403,
        rawHeaders: ['Content-Type', 'application/json', 'WWW-Authenticate', authorization],
        body: Buffer.from(JSON.stringify({ error: { code: authorization, message: echoes } })),
      }),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /\[redacted\]/,
  },
  {
    name: 'mute: the Authorization header echoed in Location, as status and in what is not HTTP',
    reply: (() => {
      let mutes = 0;
      return ({ authorization, socket }) => {
        mutes += 1;
        const variants = [
          `HTTP/1.1 200 ${authorization}\r\nLocation: /${headerSafe(echoes)}\r\nContent-Length: 2\r\n\r\n{}`,
          `HTTP/1.1 ${authorization} OK\r\n\r\n`,
          `${authorization}\r\n\r\n`,
          `HTTP/1.1 200 OK\r\n${authorization}\r\n\r\n`,
        ];
        socket.end(variants[mutes % variants.length] ?? '');
      };
    })(),
    exitCode: 1,
    // The answers take turns, and which of them a case meets is chance.
    verdict: ['passed', 'indeterminate'],
    cause: /^$|not valid HTTP/,
  },
  ...slowForPatterns.map((text, index): HostileReply => ({
    name: `mute: a text that makes patterns slow, ${index + 1}`,
    reply: fieldsOf('one and the same', { clientContext: text, authorization: text, [text]: text }),
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
  })),
  {
    name: 'mute: names that JavaScript has a use for',
    reply: answer(
      200,
      { 'Content-Type': 'application/json', __proto__x: 'x', constructor: 'x', hasOwnProperty: 'x' },
      '{"__proto__":{"isMuted":true,"id":"of the prototype","status":"completed"},"constructor":{"prototype":{"polluted":1}},"toString":1,"hasOwnProperty":1,"toJSON":"x","then":1,"length":-1}',
    ),
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
  },
  {
    name: 'mute: a header named __proto__',
    reply: reheadered(() => ({ ['__proto__']: 'x', constructor: 'x' })),
    exitCode: 0,
    verdict: 'passed',
    cause: /^$/,
  },
  {
    name: 'mute: invalid UTF-8',
    reply: async (exchange) => {
      const good = await exchange.forward();
      const bad = Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80]);
      const body = Buffer.concat([good.body.subarray(0, -1), Buffer.from(',"more":"'), bad, Buffer.from('"}')]);
      relay(exchange.response, { ...good, body });
    },
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
  },
  {
    name: 'mute: UTF-16',
    reply: rebodied((text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
  },
  {
    name: 'everything: UTF-16',
    place: 'everything',
    reply: rebodied((text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /cannot be read: the body is not valid UTF-8/,
  },
  {
    name: 'mute: a byte order mark',
    reply: rebodied((text) => `\ufeff${text}`),
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
  },
  {
    name: 'everything: a page with status 200',
    place: 'everything',
    reply: answer(
      200,
      { 'Content-Type': 'text/html' },
      '<!doctype html><title>Welcome</title><script>alert(1)</script>',
    ),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /answered 200 with a body that cannot be read: the body is not JSON/,
  },
  {
    name: 'mute: a page with status 200',
    reply: answer(
      200,
      { 'Content-Type': 'text/html' },
      '<!doctype html><title>Welcome</title><script>alert(1)</script>',
    ),
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
  },
  {
    name: 'everything: 500',
    place: 'everything',
    reply: json({ error: { code: 'Oops', message: 'always' } }, 500),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /answered 500/,
  },
  {
    name: 'mute: 500',
    reply: json({ error: { code: 'Oops', message: 'always' } }, 500),
    exitCode: 1,
    verdict: 'failed',
    cause: /answered 500/,
  },
  {
    name: 'everything: 204',
    place: 'everything',
    reply: answer(204, {}),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /answered 204/,
  },
  { name: 'mute: 204', reply: answer(204, {}), exitCode: 1, verdict: 'failed', cause: /answered 204/ },
  { name: 'mute: null', reply: json(null), exitCode: 1, verdict: 'passed', cause: /^$/ },
  {
    name: 'mute: status 200 for everybody, with what was right once',
    reply: json({
      '@odata.type': '#microsoft.graph.muteParticipantOperation',
      id: '17e3b46c-f61d-4f4d-9635-c626ef18e6ad',
      status: 'completed',
      clientContext: 'clientContext-value',
    }),
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
  },
];
