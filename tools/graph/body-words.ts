import { isObject } from '../engine/catalogue/json-value.ts';
import { bodyExcerpt, excerpt } from '../engine/http/excerpt.ts';

const shownMembers = 6;
const shownWord = 80;
const shownMessage = 200;
/** What is longer is no answer that words would help with. */
const longest = 1_000_000;

/**
 * What a body is, in words: reports show the body itself beside them, where it can be read.
 * @param text the body as it came
 */
export function bodyInWords(text: string): string {
  const json = parsed(text);
  if (json === undefined) return bodyExcerpt(text, 200);
  if (Array.isArray(json)) return json.length === 0 ? 'an empty JSON array' : `a JSON array of ${json.length}`;
  if (!isObject(json))
    return `the JSON ${json === null ? 'null' : `${typeof json} ${excerpt(String(json), shownWord)}`}`;
  return errorInWords(json) ?? entityInWords(json) ?? membersInWords(json);
}

/** @returns undefined for what is not JSON */
function parsed(text: string): unknown {
  if (text.length > longest || !/^\s*["[{\dtfn-]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error of a refusal, as OData has it: code and message. */
function errorInWords({ error }: Record<string, unknown>): string | undefined {
  if (!isObject(error)) return undefined;
  const { code, message } = error;
  const words = [code, message].filter((word) => typeof word === 'string' && word !== '');
  return words.length === 0
    ? undefined
    : `the error ${words.map((word) => excerpt(String(word), shownMessage)).join(': ')}`;
}

/** An operation with its status, or another entity by its type. */
function entityInWords(entity: Record<string, unknown>): string | undefined {
  const type = entity['@odata.type'];
  if (typeof type !== 'string') return undefined;
  const name = excerpt(type.replace(/^#?microsoft\.graph\./, ''), shownWord);
  if (!/operation$/i.test(name)) return `the JSON of a ${name}`;
  const { status } = entity;
  return `${typeof status === 'string' ? `a ${excerpt(status, shownWord)}` : 'a'} ${name}`;
}

function membersInWords(object: Record<string, unknown>): string {
  const names = Object.keys(object).map((name) => excerpt(name, shownWord));
  if (names.length === 0) return 'an empty JSON object';
  const more = names.length > shownMembers ? ` and ${names.length - shownMembers} more` : '';
  return `a JSON object with ${names.slice(0, shownMembers).join(', ')}${more}`;
}
