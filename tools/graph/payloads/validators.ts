import type { ErrorObject } from 'ajv';
import { createRequire } from 'node:module';
import type { components } from '../../../specs/generated/openapi.ts';
import { pointerSegments } from '../../engine/catalogue/json-pointer.ts';
import { specification } from '../../engine/catalogue/package-root.ts';

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

/** What ajv makes of a schema; the errors are those of the last call. */
interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly ErrorObject[] | null;
}

let compiled: Readonly<Record<SchemaName, Validator>> | undefined;

/**
 * The validators that `npm run generate` compiles from specs/call-mute.openapi.yaml: parsing and compiling it in each
 * process costs 150 ms of it, and the run pays that in its worker.
 */
function validator(name: SchemaName): Validator {
  compiled ??= createRequire(import.meta.url)(specification('generated/validators.cjs')) as NonNullable<
    typeof compiled
  >;
  const found = Object.hasOwn(compiled, name) ? compiled[name] : undefined;
  if (found === undefined) throw new Error(`call-mute.openapi.yaml has no schema ${name}`);
  return found;
}

/** All that a schema of the contract does not allow in a value; none when it fits. The schemas are not recursive. */
export function validate(name: SchemaName, value: unknown): SchemaProblem[] {
  const check = validator(name);
  return check(value) ? [] : (check.errors ?? []).map((error) => problem(error, value));
}

/** Whether a value fits a schema of the contract. */
export function fits<N extends SchemaName>(name: N, value: unknown): value is Schemas[N] {
  return validator(name)(value);
}

function problem({ instancePath, keyword, params, message }: ErrorObject, value: unknown): SchemaProblem {
  const { missingProperty } = params as { missingProperty?: string };
  const about = { pointer: instancePath, keyword, message: message ?? keyword };
  return missingProperty === undefined
    ? { ...about, actual: valueAt(value, instancePath) }
    : { ...about, missing: missingProperty, actual: undefined };
}

/** What a pointer that a validator gave leads to; it leads somewhere. */
function valueAt(value: unknown, pointer: string): unknown {
  return pointerSegments(pointer).reduce<unknown>(
    (inside, segment) => (inside as Readonly<Record<string, unknown>>)[segment],
    value,
  );
}
