import { ConfigurationError } from '../catalogue/errors.ts';
import { schemaFileValidator } from '../catalogue/json-schema.ts';
import { readYaml } from '../catalogue/schema-file.ts';
import type { TargetFile } from './target.ts';

const reference = /\$\{([^}]*)\}/g;

type Look = (name: string, path: readonly string[]) => string;

/** Puts values for `${NAME}` in every text of a document; keys stay as they are. */
function interpolate(value: unknown, path: readonly string[], look: Look): unknown {
  if (typeof value === 'string') return value.replaceAll(reference, (_whole, name: string) => look(name.trim(), path));
  if (Array.isArray(value)) return value.map((item, index) => interpolate(item, [...path, String(index)], look));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, interpolate(item, [...path, name], look)]),
  );
}

/**
 * Reads a target file. `${NAME}` in a text stands for the environment variable of that name, and is filled in before
 * the schema is asked.
 * @param text YAML
 * @param file its name, for messages
 * @throws ConfigurationError when it is no YAML, against specs/target.schema.json, or names an environment variable
 *   that is not set; with path and line
 */
export function readTargetFile(text: string, file: string, environment: NodeJS.ProcessEnv): TargetFile {
  return readYaml<TargetFile>(text, {
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
  });
}
