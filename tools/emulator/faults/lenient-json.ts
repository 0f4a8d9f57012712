import type { Fault } from '../deviation.ts';
import type { RequestContext } from '../exchange.ts';
import { failing, type MakesHooks, waiving } from '../mute-hooks.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Of what is not JSON, such texts are taken as if they were. */
function taking(isTaken: (text: string) => boolean): MakesHooks {
  return waiving(
    ['body-syntax', 'body-object'],
    ({ request: { body } }) => body.problem === 'malformed' && isTaken(body.text),
  );
}

/** Whether a text begins with a whole object. */
function beginsWithObject(text: string): boolean {
  return [...text.matchAll(/\}/g)].some(({ index }) => isJson(text.slice(0, index + 1)));
}

/** What was not UTF-8 is kept as ISO 8859-1. */
const isNotUtf8 = ({ request: { body } }: RequestContext) =>
  body.problem === 'malformed' && /[\x80-\xff]/.test(body.text) && isJson(body.text);

/** Parsers that take for JSON what is none. */
export const lenientJsonFaults: readonly Fault[] = [
  {
    id: 'body-read-to-first-value',
    summary: 'Takes the first JSON value of a body and ignores what follows, as the decoder of Go does',
    breaks: ['body.malformed'],
    hooks: taking(beginsWithObject),
  },
  {
    id: 'body-read-as-yaml',
    summary: 'Reads bodies with a parser for what people write, with comments, single quotes and bare names',
    breaks: ['body.malformed'],
    hooks: taking((text) => /\/\*|^\{\s*'|^\{\s*\w+:|,\s*\}$/.test(text)),
  },
  {
    id: 'body-with-nan-accepted',
    summary: 'Takes NaN for a number in JSON, as the parser of Python does',
    breaks: ['body.malformed'],
    hooks: taking((text) => isJson(text.replace(/\bNaN\b/, '0'))),
  },
  {
    id: 'blank-body-accepted',
    summary: 'Takes a body of spaces for none',
    breaks: ['body.malformed'],
    hooks: taking((text) => text.trim() === ''),
  },
  {
    id: 'body-of-any-bytes-accepted',
    summary: 'Replaces what is not UTF-8 in a body, and reads the rest',
    breaks: ['body.malformed'],
    hooks: waiving(['body-syntax', 'body-object'], isNotUtf8),
  },
  {
    id: 'body-of-other-bytes-500',
    summary: 'Fails with 500 when a body is not UTF-8',
    breaks: ['status.never-5xx', 'body.malformed'],
    hooks: failing('body-syntax', isNotUtf8),
  },
];
