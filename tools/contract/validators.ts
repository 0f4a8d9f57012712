import { readFileSync } from 'node:fs';
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { components } from '../../specs/generated/openapi.ts';
import { newAjv } from './json-schema.ts';
import { specification } from './package-root.ts';

/** The types of everything in specs/call-mute.openapi.yaml. */
export type Schemas = components['schemas'];
export type SchemaName = keyof Schemas;

/** Something in a value that a schema does not allow. */
export interface SchemaProblem {
  /** JSON pointer from the root of the value; to the object when a member is missing. */
  readonly pointer: string;
  /** The keyword of JSON Schema that does not hold: type, required, pattern … */
  readonly keyword: string;
  /** Of what is missing. */
  readonly missing?: string;
  readonly message: string;
  /** What is there; undefined for what is missing. */
  readonly actual: unknown;
}

const documentId = 'https://call-mute-conformance.example/specs/call-mute.openapi.yaml';
const compiled = new Map<SchemaName, ValidateFunction>();
let shared: Ajv2020 | undefined;

function ajv(): Ajv2020 {
  if (shared === undefined) {
    const { components: schemas } = parse(readFileSync(specification('call-mute.openapi.yaml'), 'utf8')) as {
      components: object;
    };
    shared = newAjv();
    // The only part that the references inside the schemas lead to.
    shared.addKeyword('components');
    shared.addSchema({ $id: documentId, components: schemas });
  }
  return shared;
}

function validator<N extends SchemaName>(name: N): ValidateFunction<Schemas[N]> {
  const known = compiled.get(name) ?? ajv().getSchema(`${documentId}#/components/schemas/${name}`);
  if (known === undefined) throw new Error(`call-mute.openapi.yaml has no schema ${name}`);
  compiled.set(name, known);
  return known as ValidateFunction<Schemas[N]>;
}

/** All that a schema of the contract does not allow in a value; none when it fits. The schemas are not recursive. */
export function validate(name: SchemaName, value: unknown): SchemaProblem[] {
  const check = validator(name);
  return check(value) ? [] : (check.errors ?? []).map(problem);
}

/** Whether a value fits a schema of the contract. */
export function fits<N extends SchemaName>(name: N, value: unknown): value is Schemas[N] {
  return validator(name)(value);
}

function problem({ instancePath, keyword, params, message, data }: ErrorObject): SchemaProblem {
  const { missingProperty } = params as { missingProperty?: string };
  const about = { pointer: instancePath, keyword, message: message ?? keyword };
  return missingProperty === undefined
    ? { ...about, actual: data }
    : { ...about, missing: missingProperty, actual: undefined };
}
