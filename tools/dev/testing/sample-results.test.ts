import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';

import { specification } from '../../engine/catalogue/package-root.ts';
import { healthyResults, hostileResults, variedResults } from './varied-results.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
formats.default(ajv);
const schema: unknown = JSON.parse(readFileSync(specification('results.schema.json'), 'utf8'));
const validate = ajv.compile(schema as object);

test.each([
  ['varied', variedResults()],
  ['healthy', healthyResults(60)],
  ['hostile', hostileResults('<b>')],
])('the %s sample obeys the schema of results.json', (_name, results) => {
  validate(results);
  expect(validate.errors ?? []).toEqual([]);
});
