import { readListenAddress, readPublicUrl } from '../callback/callback-address.ts';
import { ConfigurationError } from '../catalogue/errors.ts';
import { schemaFileValidator } from '../catalogue/json-schema.ts';
import { checkData, readYaml, type SchemaFile } from '../catalogue/schema-file.ts';
import { readDuration } from './duration.ts';
import type { TargetFile } from './target.ts';
import type { TargetConfig } from './target-config.ts';
import { readUserFile } from './user-file.ts';

/** A target file by its name, or what would be written in one. */
export type TargetSource = string | TargetFile;

const reference = /\$\{([^}]*)\}/g;

type Look = (name: string, path: readonly string[]) => string;

/** Puts values for `${NAME}` in every text of a document; keys stay as they are. What is undefined counts as not there. */
function interpolate(value: unknown, path: readonly string[], look: Look): unknown {
  if (typeof value === 'string') return value.replaceAll(reference, (_whole, name: string) => look(name.trim(), path));
  if (value instanceof URL) return value.href;
  if (Array.isArray(value)) return value.map((item, index) => interpolate(item, [...path, String(index)], look));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [name, interpolate(item, [...path, name], look)]),
  );
}

/** What a target file holds. `${NAME}` in a text stands for the environment variable of that name. */
function targetFile(file: string, environment: NodeJS.ProcessEnv): SchemaFile<TargetFile> {
  return {
    file,
    validator: schemaFileValidator<TargetFile>('target.schema.json'),
    prepare: (written, place) =>
      interpolate(written, [], (name, path) => {
        const value = environment[name];
        if (value !== undefined && value !== '') return value;
        throw new ConfigurationError(
          name === ''
            ? `${file}, ${place(path)}: \${} names no environment variable; write one between the braces.`
            : `${file}, ${place(path)}: the environment variable ${name} is ${value === '' ? 'empty' : 'not set'}; set it, or take \${${name}} out.`,
        );
      }),
  };
}

/**
 * Reads a target file. Environment variables are filled in before the schema is asked.
 * @param text YAML
 * @param file its name, for messages
 * @throws ConfigurationError when it is not YAML, against specs/target.schema.json, or names an environment variable
 *   that is not set; with path and line
 */
export function readTargetFile(text: string, file: string, environment: NodeJS.ProcessEnv): TargetFile {
  return readYaml(text, targetFile(file, environment));
}

/**
 * Reads what a target file says, or what would stand in one.
 * @throws ConfigurationError as readTargetFile, and for a value that is not what it should be
 */
export function readTarget(
  source: TargetSource,
  { environment, workingDirectory }: { readonly environment: NodeJS.ProcessEnv; readonly workingDirectory: string },
): TargetConfig {
  if (typeof source === 'object') {
    const name = 'the target';
    return configOf(checkData(source, targetFile(name, environment)), name);
  }
  const text = readUserFile(source, 'The target file', workingDirectory);
  return configOf(readTargetFile(text, source, environment), source);
}

function configOf({ baseUrl, token, callback, timeouts, rate, ...same }: TargetFile, source: string): TargetConfig {
  const duration = (name: keyof NonNullable<TargetFile['timeouts']>) => {
    const written = timeouts?.[name];
    return written === undefined ? undefined : readDuration(written, `timeouts.${name}`);
  };
  const { listen, publicUrl, ...others } = callback ?? {};
  return {
    ...same,
    source,
    baseUrl: baseUrl === undefined ? undefined : { text: baseUrl, from: `${source}: baseUrl` },
    token: token === undefined ? undefined : { written: { text: token, from: `${source}: token` } },
    callback: {
      ...others,
      listen: listen === undefined ? undefined : readListenAddress(listen),
      publicUrl: publicUrl === undefined ? undefined : readPublicUrl(publicUrl),
    },
    timeouts: {
      requestMs: duration('request'),
      notificationMs: duration('notification'),
      quietMs: duration('quiet'),
      throttleMs: duration('throttle'),
    },
    requestsPerSecond: rate === undefined ? undefined : requestsPerSecond(rate),
  };
}

function requestsPerSecond(rate: string): number {
  const [, amount, unit] = /^(\d+)\/(s|m)$/.exec(rate) ?? [];
  return Number(amount) / (unit === 'm' ? 60 : 1);
}
