import { type Command, InvalidArgumentError, Option } from 'commander';
import { ConfigurationError } from '../engine/catalogue/errors.ts';

/** The variable of the environment that stands for an option: --base-url is CALL_MUTE_BASE_URL. */
export function environmentTwin(option: Option): string {
  return `CALL_MUTE_${option.name().replaceAll('-', '_').toUpperCase()}`;
}

/** An option with one value, given once, or, without a value in its flags, a switch. */
export function option(flags: string, description: string): Option {
  const made = new Option(flags, description);
  return made.isBoolean() ? made : made.argParser(once((value) => value));
}

/** Of two values only one could be heeded: both are refused. */
function once<T>(read: (value: string) => T): (value: string, previous: T | undefined) => T {
  return (value, previous) => {
    if (previous !== undefined) throw new InvalidArgumentError('The option was given twice, but takes one value.');
    return read(value);
  };
}

/** A list: with commas, or the option several times. Commas inside braces belong to a glob. */
export function list(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string, previous: string[] | undefined) => {
    const items = value
      .split(/,(?![^{]*\})/)
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (items.length === 0) throw new InvalidArgumentError('It is empty.');
    return [...(previous ?? []), ...items];
  });
}

/** A list that also takes several words after one option; not for commands with arguments, which it would swallow. */
export function words(flags: string, description: string): Option {
  return list(flags.replace(/>$/, '...>'), description);
}

/** An option whose value is a whole number of at least so much. */
export function wholeNumber(flags: string, description: string, least: number): Option {
  return new Option(flags, description).argParser(
    once((value) => {
      const parsed = Number(value);
      if (!/^\d+$/.test(value.trim()) || !Number.isSafeInteger(parsed) || parsed < least) {
        throw new InvalidArgumentError(`Expected an integer of at least ${least}.`);
      }
      return parsed;
    }),
  );
}

/** An option whose value is a number over 0 and up to 1. */
export function share(flags: string, description: string): Option {
  return new Option(flags, description).argParser(
    once((value) => {
      const parsed = Number(value);
      if (!(parsed > 0 && parsed <= 1))
        throw new InvalidArgumentError('Expected a number greater than 0 and at most 1.');
      return parsed;
    }),
  );
}

const switchWords: Readonly<Record<string, boolean>> = {
  '1': true,
  true: true,
  yes: true,
  on: true,
  '0': false,
  false: false,
  no: false,
  off: false,
};

function readSwitch(name: string, text: string): boolean {
  const value = switchWords[text.trim().toLowerCase()];
  if (value !== undefined) return value;
  throw new ConfigurationError(
    `${name}=${JSON.stringify(text)} is neither yes nor no; write 1, true, yes or on, or 0, false, no or off.`,
  );
}

/** The value that the variable of an option gives it, read as the command line would read it. */
function readTwin(twin: string, option: Option, text: string): unknown {
  if (option.isBoolean()) return readSwitch(twin, text);
  if (option.parseArg === undefined) return text;
  try {
    return option.parseArg(text, undefined);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new ConfigurationError(`${twin}=${JSON.stringify(text)}: ${error.message}`);
  }
}

/**
 * Gives each option of a command that the command line leaves out the value of its variable. Commander's own `env`
 * takes a switch for given as soon as its variable is set, whatever it says, and reads only the process's environment.
 * A variable that is set and empty counts as not set, as CI systems leave them.
 * @throws ConfigurationError for a value that the option does not take
 */
export function applyEnvironment(command: Command, environment: NodeJS.ProcessEnv): void {
  for (const option of command.options) {
    if (option.long === undefined || option.long === '--version') continue;
    const text = environment[environmentTwin(option)];
    const source = command.getOptionValueSource(option.attributeName());
    if (text === undefined || text.trim() === '' || (source !== undefined && source !== 'default')) continue;
    const value = readTwin(environmentTwin(option), option, text);
    command.setOptionValueWithSource(option.attributeName(), value, 'env');
  }
}

/** An option that takes one of a few words. */
export function choice(flags: string, description: string, words: readonly string[]): Option {
  const made = new Option(flags, description).choices(words);
  const { parseArg } = made;
  return made.argParser(once((value) => parseArg?.(value, undefined)));
}
