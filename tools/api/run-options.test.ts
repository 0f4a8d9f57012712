import { describe, expect, expectTypeOf, it } from 'vitest';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { optionNames, refuseMistakes, type RunOptions } from './run-options.ts';

it('the names are those of the options', () => {
  expectTypeOf<(typeof optionNames)[number]>().toEqualTypeOf<keyof RunOptions>();
  expect(new Set(optionNames).size).toBe(optionNames.length);
});

describe('what would lead to the embedded emulator by mistake is refused', () => {
  it.each<[object, string]>([
    [
      { baseUrl: undefined },
      'run() was given baseUrl as undefined; give it a value, or leave it out to test the embedded emulator.',
    ],
    [{ baseUrl: null, token: 'any' }, 'run() was given baseUrl as null; '],
    [{ target: undefined }, 'run() was given target as undefined; '],
    [{ replay: undefined }, 'run() was given replay as undefined; '],
    [{ target: [] }, 'run() was given no target in the list target; put one into it, or leave it out'],
    [{ target: ['a.yaml', undefined] }, 'run() was given target 2 of 2 as undefined.'],
    [{ target: [null, 'a.yaml'] }, 'run() was given target 1 of 2 as null.'],
    [{ targets: [] }, 'run() has no option "targets"; did you mean target?'],
    [{ baseURL: 'http://localhost/beta' }, 'run() has no option "baseURL"; did you mean baseUrl?'],
    [{ emulator: true }, 'run() has no option "emulator".'],
  ])('%j', (options, message) => {
    const refusing = () => refuseMistakes(options, 'run');
    expect(refusing).toThrow(ConfigurationError);
    expect(refusing).toThrow(message);
  });

  it.each<[string, object]>([
    ['nothing', {}],
    ['a base URL', { baseUrl: 'http://localhost/beta' }],
    ['a target', { target: { baseUrl: 'http://localhost/beta' } }],
    ['two targets', { target: ['a.yaml', 'b.yaml'] }],
    ['a fault that is none', { fault: undefined }],
    ['a token that is none', { baseUrl: 'http://localhost/beta', token: undefined }],
    ['every option', Object.fromEntries(optionNames.map((name) => [name, 'any']))],
  ])('and %s is not', (_what, options) => {
    expect(() => refuseMistakes(options, 'run')).not.toThrow();
  });
});
