import { describe, expect, it } from 'vitest';
import { Command } from 'commander';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { situationNames } from '../emulator/situations.ts';
import { fakeIo } from '../dev/testing/fake-io.ts';
import { applyEnvironment, environmentTwin, list, option, wholeNumber, words } from './options.ts';
import { buildProgram } from './program.ts';

const program = buildProgram(fakeIo(), new AbortController().signal, () => undefined);

/** Every option with a long name, of every command. */
const options = program.commands.flatMap((command) =>
  command.options
    .filter(({ long }) => long !== undefined)
    .map((each) => [command.name(), each.long ?? '', each] as const),
);

it.each(options.filter(([, long]) => long === '--when'))('%s %s lists every situation', (_name, _long, each) => {
  const [, listed = ''] = each.description.split(': ');
  expect(listed.split(/, | or /)).toEqual(situationNames);
});

describe('the environment twin', () => {
  it('is there for every long option of every command', () => {
    expect(options.length).toBeGreaterThan(60);
    for (const [, long, each] of options) {
      expect(environmentTwin(each)).toBe(`CALL_MUTE_${long.slice(2).toUpperCase().replaceAll('-', '_')}`);
    }
  });

  it.each(options)('of %s %s is read', (name, _long, each) => {
    const command = new Command(name).addOption(each);
    const key = each.attributeName();
    const [text = '1'] = each.argChoices ?? [];
    applyEnvironment(command, { [environmentTwin(each)]: text });
    expect([true, text, 1, ['1']]).toContainEqual(command.getOptionValue(key));
    expect(command.getOptionValueSource(key)).toBe('env');
  });

  const make = (...words: string[]) => {
    const command = new Command('test')
      .addOption(option('--base-url <url>', ''))
      .addOption(option('--strict', ''))
      .addOption(list('--formats <names>', ''))
      .addOption(wholeNumber('--seed <n>', '', 0))
      .exitOverride();
    return command.parse(words, { from: 'user' });
  };

  it('gives way to the command line', () => {
    const command = make('--base-url', 'http://a', '--strict', '--formats', 'md');
    const environment = { CALL_MUTE_BASE_URL: 'http://b', CALL_MUTE_STRICT: '0', CALL_MUTE_FORMATS: 'html' };
    applyEnvironment(command, environment);
    expect(command.opts()).toEqual({ baseUrl: 'http://a', strict: true, formats: ['md'] });
  });

  it.each([
    ['1', true],
    ['true', true],
    ['YES', true],
    ['on', true],
    ['0', false],
    ['false', false],
    ['No', false],
    ['off', false],
    ['', undefined],
    ['  ', undefined],
  ])('of a switch: %j is %j', (text, value) => {
    const command = make();
    applyEnvironment(command, { CALL_MUTE_STRICT: text });
    expect(command.getOptionValue('strict')).toBe(value);
  });

  it.each([
    [{ CALL_MUTE_STRICT: 'maybe' }, /CALL_MUTE_STRICT="maybe" is neither yes nor no/],
    [{ CALL_MUTE_SEED: 'x' }, /CALL_MUTE_SEED="x": Expected an integer/],
    [{ CALL_MUTE_FORMATS: ',' }, /CALL_MUTE_FORMATS=",": It is empty/],
  ])('refuses %j', (environment, message) => {
    expect(() => applyEnvironment(make(), environment)).toThrow(ConfigurationError);
    expect(() => applyEnvironment(make(), environment)).toThrow(message);
  });
});

describe('a list', () => {
  const parse = (...given: string[]) =>
    new Command('test')
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .addOption(list('--formats <names>', ''))
      .addOption(words('--case <glob>', ''))
      .argument('[rest...]')
      .parse(given, { from: 'user' });

  it.each([
    [['--formats', 'a,b', '--formats', 'c'], { formats: ['a', 'b', 'c'] }],
    [['--formats', 'a', 'rest'], { formats: ['a'] }],
    [['--case', 'a', 'b', '--case', 'c,d'], { case: ['a', 'b', 'c', 'd'] }],
    [['--case', 'status.{success,unknown-call}/*,x'], { case: ['status.{success,unknown-call}/*', 'x'] }],
  ])('%j', (given, expected) => {
    expect(parse(...given).opts()).toEqual(expected);
  });

  it('is not empty', () => {
    expect(() => parse('--case', '')).toThrow(/It is empty/);
  });
});

describe('a whole number', () => {
  const parse = (text: string) =>
    new Command('test')
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .addOption(wholeNumber('--n <n>', '', 1))
      .parse(['--n', text], { from: 'user' })
      .opts();

  it.each(['0', '-1', '1.5', '1e3', 'x', '', '99999999999999999999', 'Infinity', '0x10'])('is not %j', (text) => {
    expect(() => parse(text)).toThrow(/Expected an integer of at least 1/);
  });

  it('is what it says', () => {
    expect(parse('17')).toEqual({ n: 17 });
  });
});
