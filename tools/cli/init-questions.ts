import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { readBaseUrl } from '../engine/target/base-url.ts';
import { splitCommand } from '../engine/target/call-command.ts';
import { readListenAddress } from '../engine/callback/callback-address.ts';
import type { SourceAnswer, TargetAnswers } from './target-template.ts';

/** Puts a question; the default is the answer to an empty line. */
export type Ask = (question: string, byDefault: string) => Promise<string>;

export interface Defaults {
  readonly name: string;
  readonly baseUrl: string;
  readonly tokenEnv: string | undefined;
}

const invalid = (problem: string) => new ConfigurationError(problem);

export function checkName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) return name;
  throw invalid(`${JSON.stringify(name)} is not a valid folder name; use at most 64 letters, digits, dots and dashes.`);
}

export function checkBaseUrl(text: string): string {
  return readBaseUrl(text, undefined, 'The base URL', true).baseUrl;
}

export function checkVariable(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return name;
  throw invalid(`${JSON.stringify(name)} is not a valid name of an environment variable.`);
}

function checkYes(text: string): boolean {
  if (/^(y|yes|n|no)$/i.test(text)) return /^y/i.test(text);
  throw invalid('Please answer yes or no.');
}

function checkSource(text: string): 'create' | 'id' | 'command' {
  const [way] = (['create', 'id', 'command'] as const).filter((name) => name === text.toLowerCase());
  if (way !== undefined) return way;
  throw invalid('Please answer create, id or command.');
}

function checkGiven(text: string): string {
  if (text !== '') return text;
  throw invalid('Please give one.');
}

function checkCommand(text: string): string {
  if (splitCommand(text) !== undefined) return text;
  throw invalid('Not a valid command line: a quote is not closed, or it is empty.');
}

/**
 * Asks for everything, again where an answer will not do.
 * @param say tells what is wrong with an answer
 * @throws ConfigurationError when even the default will not do
 */
export async function askForTarget(ask: Ask, say: (text: string) => void, defaults: Defaults): Promise<TargetAnswers> {
  async function until<T>(question: string, byDefault: string, check: (answer: string) => T): Promise<T> {
    for (;;) {
      const answer = (await ask(question, byDefault)).trim() || byDefault;
      try {
        return check(answer);
      } catch (error) {
        // An empty line where there is no default is asked about again; a default that will not do never will.
        const isHopeless = answer === byDefault && byDefault !== '';
        if (!(error instanceof ConfigurationError) || isHopeless) throw error;
        say(error.message);
      }
    }
  }
  async function source(what: string): Promise<SourceAnswer> {
    const way = await until(
      `How are ${what} made: create (over the API), id (an existing call) or command?`,
      'create',
      checkSource,
    );
    if (way === 'id') return { id: await until('Its id?', '', checkGiven) };
    if (way === 'command') return { command: await until('The command?', './make-call.sh', checkCommand) };
    return undefined;
  }

  const name = await until('What is the target called?', defaults.name, checkName);
  const baseUrl = await until('Its service root with the version?', defaults.baseUrl, checkBaseUrl);
  const variable = await until(
    'The environment variable with its bearer token (none: a random one)?',
    defaults.tokenEnv ?? 'none',
    (answer) => (answer === 'none' ? undefined : checkVariable(answer)),
  );
  const group = await source('group calls');
  const peerToPeer = await source('peer-to-peer calls');
  const isContainer = await until('Does the target run in a container on this machine (yes or no)?', 'no', checkYes);
  const port = isContainer
    ? await until(
        'The port for its callbacks, on all addresses of this machine?',
        '9000',
        (answer) => readListenAddress(answer).port,
      )
    : undefined;
  const callbackTls = await until('Does it only accept https callbacks (yes or no)?', 'no', checkYes);
  return {
    name,
    baseUrl,
    tokenEnv: variable,
    calls: { group, peerToPeer },
    container: port === undefined ? undefined : { port },
    callbackTls,
  };
}
