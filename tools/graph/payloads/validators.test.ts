import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { documented } from '../../dev/testing/payloads.ts';
import { isObject } from '../../engine/catalogue/json-value.ts';
import { specification } from '../../engine/catalogue/package-root.ts';
import { fits, validate, type SchemaName } from './validators.ts';

const document = parse(readFileSync(specification('call-mute.openapi.yaml'), 'utf8')) as {
  components: { schemas: Record<SchemaName, Record<string, unknown>> };
};
const names = Object.keys(document.components.schemas) as SchemaName[];

interface Example {
  readonly at: string;
  readonly schema: SchemaName;
  readonly value: unknown;
}

function resolved(node: unknown): unknown {
  if (!isObject(node) || typeof node['$ref'] !== 'string') return node;
  return node['$ref']
    .slice(2)
    .split('/')
    .reduce<unknown>((inside, name) => (inside as Record<string, unknown>)[name], document);
}

/** Every example of the document that stands beside a reference to a schema. */
function examplesIn(node: unknown, at = ''): Example[] {
  if (typeof node !== 'object' || node === null) return [];
  const { schema, examples } = node as Record<string, unknown>;
  const reference = isObject(schema) && typeof schema['$ref'] === 'string' ? schema['$ref'] : undefined;
  const own = reference === undefined || !isObject(examples) ? [] : Object.entries(examples);
  return [
    ...own.map(([name, example]) => ({
      at: `${at}/${name}`,
      schema: (reference ?? '').split('/').at(-1) as SchemaName,
      value: (resolved(example) as { value: unknown }).value,
    })),
    ...Object.entries(node).flatMap(([name, inside]) => examplesIn(inside, `${at}/${name}`)),
  ];
}

describe('the schemas of the contract', () => {
  it('are JSON Schema 2020-12', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    addFormats.default(ajv);
    for (const schema of Object.values(document.components.schemas)) {
      expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
    }
  });

  it.each(['results', 'target', 'known-issues', 'requirements'])('so is the one of %s', (name) => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
    addFormats.default(ajv);
    expect(() =>
      ajv.compile(JSON.parse(readFileSync(specification(`${name}.schema.json`), 'utf8')) as object),
    ).not.toThrow();
  });

  it.each(names)('%s compiles, names its source and is open for unknown members', (name) => {
    expect(validate(name, 0).length).toBeGreaterThan(0);
    const { description, type, additionalProperties } = document.components.schemas[name];
    if (name !== 'muteRequest') expect(description).toMatch(/Source: /);
    if (type === 'object' || (Array.isArray(type) && type.includes('object'))) expect(additionalProperties).toBe(true);
  });

  const examples = examplesIn(document);

  it('have examples in the document', () => {
    expect(examples.length).toBeGreaterThan(10);
  });

  it.each(examples)('fit the example $at', ({ schema, value }) => {
    expect(validate(schema, value)).toEqual([]);
  });
});

describe('validate', () => {
  it('tells place, keyword and value of what is wrong', () => {
    expect(validate('muteParticipantOperation', { ...(documented('mute-response') as object), id: '' })).toEqual([
      { pointer: '/id', keyword: 'minLength', message: 'must NOT have fewer than 1 characters', actual: '' },
    ]);
  });

  it('tells what is missing', () => {
    expect(validate('errorResponse', {})).toMatchObject([{ pointer: '', keyword: 'required', missing: 'error' }]);
  });

  it('follows references inside the document', () => {
    expect(validate('errorResponse', { error: { code: 5, message: 'x' } })).toMatchObject([{ pointer: '/error/code' }]);
  });

  it('narrows the type of what fits', () => {
    const body: unknown = documented('mute-response');
    expect(fits('muteParticipantOperation', body) ? body.id : undefined).toBe('a4d1c7e2-58b3-4f96-8c0a-1e7b9d3f5260');
    expect(fits('muteParticipantOperation', {})).toBe(false);
  });

  it.each(['toString', 'constructor', '__proto__'])('takes no %s of Object.prototype for a member', (name) => {
    expect(validate('participant', JSON.parse(`{"${name}": {"id": "x"}}`))).toContainEqual(
      expect.objectContaining({ keyword: 'required', missing: 'id' }),
    );
  });
});
