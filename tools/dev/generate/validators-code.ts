import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { isObject } from '../../engine/catalogue/json-value.ts';
import { specification } from '../../engine/catalogue/package-root.ts';

const documentId = 'https://call-mute-conformance.example/specs/call-mute.openapi.yaml';

/**
 * The code of the validators of all schemas in specs/call-mute.openapi.yaml, one export for each by its name. It is
 * CommonJS, because what ajv writes requires its own small helpers so, and because Node loads it from specs/ as it is.
 */
export function validatorsCode(): string {
  const { components } = parse(readFileSync(specification('call-mute.openapi.yaml'), 'utf8')) as {
    components: { schemas: Record<string, unknown> };
  };
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    meta: false,
    validateSchema: false,
    code: { source: true },
  });
  addFormats.default(ajv, ['int32']);
  // The only part that the references inside the schemas lead to.
  ajv.addKeyword('components');
  ajv.addKeyword('example');
  ajv.addSchema({ $id: documentId, components: { schemas: inAnyCase(withoutProse(components.schemas)) } });
  const names = Object.keys(components.schemas);
  const code = standaloneCode.default(
    ajv,
    Object.fromEntries(names.map((name) => [name, `${documentId}#/components/schemas/${name}`])),
  );
  // A line for each, so that a change of one schema is seen as such.
  return code.replaceAll(/;exports\.(?=\w+ = validate)/g, ';\nexports.');
}

/**
 * The code of the validator of a schema file in specs/, for a file that is too large to be read at leisure. It tells
 * the first problem alone, and does not look at formats, for which it would need ajv.
 */
export function schemaFileValidatorCode(name: string): string {
  const { $schema: _metaSchema, ...schema } = JSON.parse(readFileSync(specification(name), 'utf8')) as object & {
    $schema?: string;
  };
  const ajv = new Ajv2020({ meta: false, validateSchema: false, validateFormats: false, code: { source: true } });
  return standaloneCode.default(ajv, ajv.compile(withoutProse(schema) as object));
}

/**
 * A schema that takes the words of its enums in any case where `x-any-case` says so. The fragment lists the spellings
 * of the sources instead, so that generated clients have a type for them.
 */
function inAnyCase(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(inAnyCase);
  if (!isObject(schema)) return schema;
  const { enum: spellings, 'x-any-case': isAnyCase, ...rest } = schema;
  if (isAnyCase === true && Array.isArray(spellings)) return { ...rest, pattern: anyCasePattern(spellings) };
  return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, inAnyCase(value)]));
}

/** Regular expressions of JSON Schema have no flags. */
function anyCasePattern(spellings: readonly unknown[]): string {
  const words = new Set(spellings.filter((word) => typeof word === 'string').map((word) => word.toLowerCase()));
  const letters = (word: string) => word.replaceAll(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
  return `^(${[...words].map(letters).join('|')})$`;
}

/** A schema without what only people read; a member that is called description stays. */
function withoutProse(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutProse);
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([name, value]) => !(['description', 'examples'].includes(name) && !isObject(value)))
      .map(([name, value]) => [name, withoutProse(value)]),
  );
}
