import { ConfigurationError } from '../contract/errors.ts';
import { schemaFileValidator } from '../contract/json-schema.ts';
import { readYaml } from '../contract/schema-file.ts';
import type { TargetFile } from './target.ts';

const reference = /\$\{([^}]*)\}/g;

/**
 * Puts the environment's values for `${NAME}` in every text of a document.
 * @throws ConfigurationError naming the variable that is not set and where it stands
 */
function interpolate(value: unknown, environment: NodeJS.ProcessEnv, file: string, path: string): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(reference, (_whole, name: string) => {
      const set = environment[name];
      if (set !== undefined) return set;
      throw new ConfigurationError(
        `${file}, ${path}: the environment variable ${name} is not set; set it, or take \${${name}} out.`,
      );
    });
  }
  if (Array.isArray(value))
    return value.map((item, index) => interpolate(item, environment, file, `${path}[${index}]`));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        interpolate(item, environment, file, path === '' ? name : `${path}.${name}`),
      ]),
    );
  }
  return value;
}

/**
 * Reads a target file.
 * @param text YAML
 * @param file its name, for messages
 * @throws ConfigurationError when it is no YAML, against specs/target.schema.json (naming path and line), or names an
 *   environment variable that is not set
 */
export function readTargetFile(text: string, file: string, environment: NodeJS.ProcessEnv): TargetFile {
  const validator = schemaFileValidator<TargetFile>('target.schema.json');
  const written = readYaml<TargetFile>(text, { file, validator });
  const filled = interpolate(written, environment, file, '');
  if (validator(filled)) return filled;
  const [problem] = validator.errors ?? [];
  throw new ConfigurationError(
    `${file}: with the environment’s values in it, ${problem?.instancePath.slice(1).replaceAll('/', '.') ?? ''} ${problem?.message ?? 'is not valid'}.`,
  );
}
