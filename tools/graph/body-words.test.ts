import { expect, it } from 'vitest';
import { bodyInWords } from './body-words.ts';

const operation = { '@odata.type': '#microsoft.graph.muteParticipantOperation', id: 'a', status: 'completed' };

it.each<[string, unknown, string]>([
  ['an operation', operation, 'a completed muteParticipantOperation'],
  ['one without a status', { ...operation, status: null }, 'a muteParticipantOperation'],
  ['another entity', { '@odata.type': 'microsoft.graph.call', id: 'a' }, 'the JSON of a call'],
  [
    'an error',
    { error: { code: '8522', message: 'There is no such call.' } },
    'the error 8522: There is no such call.',
  ],
  ['an error without a code', { error: { message: 'no' } }, 'the error no'],
  ['an error without words', { error: {}, more: 1 }, 'a JSON object with error, more'],
  ['any object', { a: 1, b: 2 }, 'a JSON object with a, b'],
  [
    'one of many members',
    { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 },
    'a JSON object with a, b, c, d, e, f and 1 more',
  ],
  ['an empty object', {}, 'an empty JSON object'],
  ['an array', [{}, {}], 'a JSON array of 2'],
  ['an empty array', [], 'an empty JSON array'],
  ['null', null, 'the JSON null'],
  ['a string', 'Muted', 'the JSON string Muted'],
  ['a number', 7, 'the JSON number 7'],
])('%s', (_name, json, words) => {
  expect(bodyInWords(JSON.stringify(json))).toBe(words);
});

it.each<[string, string, string]>([
  ['nothing', ' ', 'an empty body'],
  ['text', 'no permission', 'no permission'],
  ['JSON that was cut off', '{"a": ', '{"a":'],
  ['a page', '<!doctype html><title>x</title><p>Bad gateway', 'an HTML page: x Bad gateway'],
])('%s', (_name, text, words) => {
  expect(bodyInWords(text)).toBe(words);
});

it('quotes no JSON, and nothing at length', () => {
  const long = 'x'.repeat(1000);
  for (const json of [{ error: { code: long, message: long } }, { [long]: 1 }, { '@odata.type': long }, long]) {
    expect(bodyInWords(JSON.stringify(json)).length).toBeLessThan(450);
  }
});
