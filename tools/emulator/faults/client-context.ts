import type { Fault } from '../deviation.ts';
import { withHeader } from '../editing.ts';
import { answering, echoing, onApp, refusingMutes, waiving } from '../mute-hooks.ts';
import type { RequestContext } from '../exchange.ts';
import { isObject } from '../../engine/catalogue/json-value.ts';
import { whenContextsAreLost } from './consequences.ts';

function clientContextOf({ request: { body } }: RequestContext): unknown {
  return isObject(body.value) ? body.value.clientContext : undefined;
}

/** Where no string comes back as it was sent. */
const anyString: Fault['breaks'] = [
  'context.echo',
  'context.echo-unicode',
  'context.echo-control-characters',
  'context.echo-empty',
];

/** What of random printable strings suffers too. */
const otherStrings: Fault['mayAlsoBreak'] = ['context.max-length', 'context.echo-unicode'];

/** A clientContext that is taken or refused and should not be, or comes back as another one. */
export const clientContextFaults: readonly Fault[] = [
  {
    id: 'client-context-as-text',
    summary: 'Turns a clientContext that is no string into one',
    breaks: ['context.type'],
    hooks: () => ({
      ...waiving(['client-context-type'])(),
      decision: (_context, decision) => {
        if (!decision.accepted) return decision;
        const { clientContext } = decision.operation;
        if (clientContext === undefined || clientContext === null) return decision;
        return { accepted: true, operation: { ...decision.operation, clientContext: String(clientContext) } };
      },
    }),
  },
  {
    id: 'client-context-256-refused',
    summary: 'Takes a clientContext of 255 characters at most',
    breaks: ['context.max-length'],
    settings: { clientContextLimit: 255 },
  },
  {
    id: 'client-context-cut-at-255',
    summary: 'Keeps the first 255 characters of a clientContext',
    breaks: ['context.max-length'],
    hooks: echoing((text) => text.slice(0, 255)),
  },
  {
    id: 'client-context-unlimited',
    summary: 'Takes a clientContext of any length',
    breaks: ['context.too-long'],
    settings: { clientContextLimit: Number.MAX_SAFE_INTEGER },
  },
  {
    id: 'client-context-cut-at-256',
    summary: 'Takes a clientContext of any length and keeps the first 256 characters',
    breaks: ['context.too-long', 'context.too-long-echo'],
    settings: { clientContextLimit: Number.MAX_SAFE_INTEGER },
    hooks: echoing((text) => text.slice(0, 256)),
  },
  {
    id: 'client-context-dropped',
    summary: 'Answers without a clientContext',
    breaks: [...anyString, 'context.max-length'],
    mayAlsoBreak: whenContextsAreLost,
    hooks: echoing(() => undefined),
  },
  {
    id: 'client-context-constant',
    summary: 'Answers every mute with the clientContext of the documentation',
    breaks: [...anyString, 'context.max-length'],
    mayAlsoBreak: whenContextsAreLost,
    hooks: echoing(() => 'clientContext-value'),
  },
  {
    id: 'client-context-null-as-text',
    summary: 'Echoes a clientContext that is null, or was not sent, as the word None',
    breaks: ['context.echo'],
    hooks: () => ({
      decision: (_context, decision) =>
        decision.accepted
          ? {
              accepted: true,
              operation: { ...decision.operation, clientContext: decision.operation.clientContext ?? 'None' },
            }
          : decision,
    }),
  },
  {
    id: 'client-context-quotes-unescaped',
    summary: 'Writes the clientContext into a template, with quotes and backslashes as they are',
    breaks: ['context.echo', 'response.schema'],
    mayAlsoBreak: [
      'context.max-length',
      'context.too-long-echo',
      'context.echo-unicode',
      'context.echo-control-characters',
    ],
    hooks: answering((reply) => {
      const { clientContext } = Object(reply.body) as { clientContext?: unknown };
      if (typeof clientContext !== 'string') return reply;
      const text = JSON.stringify(reply.body);
      return { ...reply, raw: text.replace(JSON.stringify(clientContext), () => `"${clientContext}"`) };
    }),
  },
  {
    id: 'answers-in-latin-1',
    summary: 'Writes its answers in the bytes of Latin-1',
    breaks: ['context.echo-unicode', 'response.schema'],
    hooks: answering((reply) => ({ ...reply, raw: Buffer.from(JSON.stringify(reply.body), 'latin1') })),
  },
  {
    id: 'content-length-in-characters',
    summary: 'Counts characters, and not bytes, for the Content-Length of its answers',
    breaks: ['context.echo-unicode', 'response.schema'],
    hooks: answering((reply) => {
      const raw = JSON.stringify(reply.body);
      return { ...withHeader(reply, 'Content-Length', String(raw.length)), raw };
    }),
  },
  {
    id: 'client-context-trimmed',
    summary: 'Strips spaces from both ends of the clientContext',
    breaks: ['context.echo'],
    mayAlsoBreak: ['context.echo-control-characters'],
    hooks: echoing((text) => text.trim()),
  },
  {
    id: 'client-context-lower-cased',
    summary: 'Writes the clientContext in small letters',
    breaks: ['context.echo'],
    mayAlsoBreak: otherStrings,
    hooks: echoing((text) => text.toLowerCase()),
  },
  {
    id: 'client-context-escaped',
    summary: 'Escapes markup in the clientContext',
    breaks: ['context.echo'],
    mayAlsoBreak: otherStrings,
    hooks: echoing((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
  },
  {
    id: 'client-context-percent-decoded',
    summary: 'Decodes percent signs in the clientContext as in a URL',
    breaks: ['context.echo'],
    mayAlsoBreak: otherStrings,
    hooks: echoing((text) =>
      text.replaceAll(/%[\da-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16))),
    ),
  },
  {
    id: 'client-context-backslashes-dropped',
    summary: 'Takes backslashes in the clientContext for escapes a second time',
    breaks: ['context.echo'],
    mayAlsoBreak: otherStrings,
    hooks: echoing((text) => text.replaceAll(/\\(.)/g, '$1')),
  },
  {
    id: 'client-context-as-number',
    summary: 'Takes digits in the clientContext for a number',
    breaks: ['context.echo'],
    hooks: echoing((text) => (/^\d+$/.test(text) ? String(Number(text)) : text)),
  },
  {
    id: 'client-context-as-json',
    summary: 'Reads the clientContext for what it looks like: a number, true, false or null',
    breaks: ['context.echo'],
    mayAlsoBreak: ['response.schema'],
    hooks: echoing((text) =>
      /^(-?\d+(\.\d+)?(e\d+)?|true|false|null)$/i.test(text) && !/^-?0\d/.test(text) ? JSON.parse(text) : text,
    ),
  },
  {
    id: 'client-context-null-dropped',
    summary: 'Takes the clientContext null for none',
    breaks: ['context.echo'],
    hooks: echoing((text) => (text === 'null' ? undefined : text)),
  },
  {
    id: 'client-context-empty-dropped',
    summary: 'Takes an empty clientContext for none',
    breaks: ['context.echo-empty'],
    hooks: echoing((text) => (text === '' ? undefined : text)),
  },
  {
    id: 'client-context-empty-refused',
    summary: 'Refuses an empty clientContext',
    breaks: ['context.echo-empty'],
    hooks: refusingMutes(
      { status: 400, code: 'BadRequest', message: 'clientContext is empty.' },
      (context) => clientContextOf(context) === '',
    ),
  },
  {
    id: 'client-context-on-one-line',
    summary: 'Writes a space for line breaks and tabs in the clientContext',
    breaks: ['context.echo-control-characters'],
    hooks: echoing((text) => text.replaceAll(/[\r\n\t]+/g, ' ')),
  },
  {
    id: 'client-context-with-unix-line-breaks',
    summary: 'Writes every line break in the clientContext as one line feed, those of Unicode too',
    breaks: ['context.echo-control-characters', 'context.echo-unicode'],
    hooks: echoing((text) => text.replaceAll(/\r\n|[\r\u2028\u2029]/g, '\n')),
  },
  {
    id: 'client-context-as-latin1',
    summary: 'Reads the clientContext in another charset than it was written',
    breaks: ['context.echo-unicode'],
    hooks: echoing((text) => Buffer.from(text, 'utf8').toString('latin1')),
  },
  {
    id: 'client-context-ascii-only',
    summary: 'Writes a question mark for every character beyond ASCII',
    breaks: ['context.echo-unicode'],
    hooks: echoing((text) => text.replaceAll(/[^\0-\x7f]/g, '?')),
  },
  {
    id: 'client-context-normalised',
    summary: 'Composes combining characters in the clientContext',
    breaks: ['context.echo-unicode'],
    hooks: echoing((text) => text.normalize('NFC')),
  },
  {
    id: 'client-context-unicode-refused-on-app',
    summary: 'Refuses a clientContext with characters beyond ASCII on the deprecated path',
    breaks: ['context.echo-unicode'],
    hooks: refusingMutes(
      { status: 400, code: 'BadRequest', message: 'clientContext is not ASCII.' },
      (context) => onApp(context) && /[^\0-\x7f]/.test(String(clientContextOf(context))),
    ),
  },
];
