import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { specification } from '../../engine/catalogue/package-root.ts';
import type { SchemaName } from '../../graph/payloads/validators.ts';

export interface Reference {
  readonly $ref: string;
}

interface MediaType {
  readonly schema: Reference;
  readonly examples?: Readonly<Record<string, Reference | { readonly value: unknown }>>;
}

export interface FragmentAnswer {
  readonly content?: Readonly<Record<string, MediaType>>;
}

export interface FragmentOperation {
  readonly operationId: string;
  readonly parameters?: readonly (Reference | { readonly name: string; readonly in: string })[];
  readonly responses: Readonly<Record<string, Reference | FragmentAnswer>>;
}

export const methods = ['get', 'post', 'delete'] as const;
export type Method = (typeof methods)[number];

interface Fragment {
  readonly info: { readonly contact?: Readonly<Record<string, string>> };
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, unknown>> & Partial<Record<Method, FragmentOperation>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<SchemaName, Readonly<Record<string, unknown>>>> };
}

/** specs/call-mute.openapi.yaml, with the references in it as they are. */
export const fragment = parse(readFileSync(specification('call-mute.openapi.yaml'), 'utf8')) as Fragment;

/** What a reference within the fragment leads to; anything else is returned as it is. */
export function resolved<T extends object>(node: T | Reference): T {
  if (!('$ref' in node)) return node;
  return node.$ref
    .slice(2)
    .split('/')
    .reduce<unknown>((inside, name) => (inside as Record<string, unknown>)[name], fragment) as T;
}

function jsonOf(path: string, method: Method, status: string): MediaType {
  const answer = fragment.paths[path]?.[method]?.responses[status];
  const json = answer === undefined ? undefined : resolved<FragmentAnswer>(answer).content?.['application/json'];
  if (json === undefined) throw new Error(`The fragment has no JSON for ${status} of ${method} ${path}.`);
  return json;
}

/** The name of the schema of an answer. */
export function answerSchema(path: string, method: Method, status: string): SchemaName {
  return jsonOf(path, method, status).schema.$ref.split('/').at(-1) as SchemaName;
}

/** The example that mock servers serve: the first one. */
export function servedExample(path: string, method: Method, status: string): unknown {
  const [first] = Object.values(jsonOf(path, method, status).examples ?? {});
  return first === undefined ? undefined : resolved(first).value;
}
