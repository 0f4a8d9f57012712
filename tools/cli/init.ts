import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { specification } from '../engine/catalogue/package-root.ts';
import { type Ask, askForTarget, checkBaseUrl, checkName, checkVariable, type Defaults } from './init-questions.ts';
import type { CommandIo } from './command-io.ts';
import { renderTargetFile, type TargetAnswers } from './target-template.ts';

export interface InitOptions {
  readonly name?: string;
  readonly baseUrl?: string;
  readonly tokenEnv?: string;
  /** Asks nothing. */
  readonly yes?: boolean;
  /** Replaces a file that is there. */
  readonly force?: boolean;
}

/** Where editors find the schema: relative to the file, unless that is the longer way. */
function schemaFrom(folder: string): string {
  const schema = specification('target.schema.json');
  const relative = path.relative(folder, schema);
  return relative.length <= schema.length ? relative.split(path.sep).join('/') : schema;
}

function write(file: string, shown: string, text: string, force: boolean): void {
  try {
    writeFileSync(file, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') {
      throw new ConfigurationError(`${shown} already exists; give another name, or --force to overwrite it.`);
    }
    const problem = code === 'ENOENT' ? 'its folder does not exist' : `(${String(code)})`;
    throw new ConfigurationError(`${shown} cannot be written: ${problem}.`);
  }
}

function next(file: string, { tokenEnv }: TargetAnswers, environment: NodeJS.ProcessEnv): string {
  const unset =
    tokenEnv !== undefined && !environment[tokenEnv] ? `Set ${tokenEnv} to the token, and then:\n` : 'Next:\n';
  const shown = /\s/.test(file) ? JSON.stringify(file) : file;
  return `${unset}  call-mute-conformance doctor --target ${shown}\n  call-mute-conformance --target ${shown}\n`;
}

/**
 * Writes a target file with comments, and prints the next command.
 * @param file its name; by default that of the target
 * @param ask puts the questions; without it, all is as the options and the defaults say
 * @throws ConfigurationError when an option is wrong, or the file is there already or cannot be written
 */
export async function init(
  file: string | undefined,
  options: InitOptions,
  { stdout, environment, workingDirectory }: CommandIo,
  ask: Ask | undefined,
): Promise<void> {
  const defaults: Defaults = {
    name: checkName(options.name ?? 'acme'),
    baseUrl: checkBaseUrl(options.baseUrl ?? 'http://localhost:8080/beta'),
    tokenEnv: options.tokenEnv === undefined ? undefined : checkVariable(options.tokenEnv),
  };
  const accept: Ask = async (_question, byDefault) => byDefault;
  const answers = await askForTarget(ask ?? accept, (text) => void stdout.write(`${text}\n`), defaults);
  const shown = file ?? `${answers.name}.yaml`;
  const absolute = path.resolve(workingDirectory, shown);
  write(absolute, shown, renderTargetFile(answers, schemaFrom(path.dirname(absolute))), options.force ?? false);
  stdout.write(`${shown} is written. ${next(shown, answers, environment)}`);
}
