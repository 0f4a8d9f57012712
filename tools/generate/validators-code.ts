import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { isObject } from '../contract/json-value.ts';
import { specification } from '../contract/package-root.ts';

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
  ajv.addSchema({ $id: documentId, components: { schemas: withoutProse(components.schemas) } });
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
