import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { specification } from './package-root.ts';

/**
 * An ajv for the schemas of this project, 2020-12 with formats. It does not check the schemas themselves: that would
 * compile the meta-schema at every start, for 20 ms, and a test does it.
 */
export function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    meta: false,
    validateSchema: false,
  });
  addFormats.default(ajv, ['uri', 'date', 'date-time', 'int32', 'int64']);
  return ajv;
}

const compiled = new Map<string, ValidateFunction>();

/**
 * The validator of a schema file in specs/, compiled when it is first asked for.
 * @param name such as `target.schema.json`; T is the generated type of the same file
 */
export function schemaFileValidator<T>(name: string): ValidateFunction<T> {
  const known = compiled.get(name);
  if (known !== undefined) return known as ValidateFunction<T>;
  const { $schema: _metaSchema, ...schema } = JSON.parse(readFileSync(specification(name), 'utf8')) as object & {
    $schema?: string;
  };
  const validator = newAjv().compile<T>(schema);
  compiled.set(name, validator);
  return validator;
}
