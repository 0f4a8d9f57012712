import { readFileSync } from 'node:fs';
import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js';
import { newAjv } from '../catalogue/json-schema.ts';
import { specification } from '../catalogue/package-root.ts';

/** What specs/results.schema.json describes: results.json itself, and the lines of events.jsonl. */
export type Definition = 'results' | 'runHeader' | 'caseEvent' | 'targetEvent' | 'endEvent';

const schemaId = 'https://call-mute-conformance.example/specs/results.schema.json';
let shared: Ajv2020 | undefined;

function validator(definition: Definition): ValidateFunction {
  if (shared === undefined) {
    const { $schema: _metaSchema, ...schema } = JSON.parse(
      readFileSync(specification('results.schema.json'), 'utf8'),
    ) as { $schema: string };
    shared = newAjv();
    shared.addSchema(schema);
  }
  const found = shared.getSchema(definition === 'results' ? schemaId : `${schemaId}#/$defs/${definition}`);
  if (found === undefined) throw new Error(`results.schema.json does not describe ${definition}`);
  return found;
}

/**
 * What is wrong with a value by specs/results.schema.json.
 * @returns the first problem with its JSON pointer, as one sentence; undefined when the value fits
 */
export function resultsProblem(definition: Definition, value: unknown): string | undefined {
  const check = validator(definition);
  if (check(value)) return undefined;
  // Errors of alternatives come before that of the whole, and the deepest says most.
  const [problem] = (check.errors ?? []).toSorted(
    (one, other) => other.instancePath.split('/').length - one.instancePath.split('/').length,
  );
  const { instancePath = '', message = 'is not as described', params = {} } = problem ?? {};
  const extra = 'additionalProperty' in params ? ` (${String(params.additionalProperty)})` : '';
  return `${instancePath === '' ? 'the value' : instancePath} ${message}${extra}.`;
}
