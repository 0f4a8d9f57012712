import type { ErrorObject } from 'ajv';
import { pointerSegments } from './json-pointer.ts';
import { nearest } from './nearest.ts';

/** One thing that a schema does not allow, told so that a person can mend it. */
export interface ExplainedProblem {
  /** Keys and indices from the root of the data to what is wrong; an unknown key itself is the last. */
  readonly path: readonly string[];
  readonly message: string;
}

/**
 * The errors of ajv (allErrors, verbose) in people's words, without those that only follow from another. Of the values
 * only those of enums, patterns and formats are quoted: any other may be a secret.
 */
export function explainErrors(errors: readonly ErrorObject[]): ExplainedProblem[] {
  const choices = new Set(errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath));
  // A branch of a choice that is of another type was not meant; its complaint is noise.
  const meant = errors.filter(({ keyword, instancePath, data }) => {
    if (!choices.has(instancePath)) return true;
    return keyword !== 'type' && !(keyword === 'enum' && typeof data !== 'string');
  });
  return meant
    .filter((error) => error.keyword !== 'if' && !(error.keyword === 'anyOf' && isImpliedByAnother(error, meant)))
    .map((error) => explain(error, errors));
}

function isImpliedByAnother(choice: ErrorObject, errors: readonly ErrorObject[]): boolean {
  return errors.some(
    ({ keyword, instancePath }) => keyword !== 'anyOf' && `${instancePath}/`.startsWith(`${choice.instancePath}/`),
  );
}

function explain(error: ErrorObject, errors: readonly ErrorObject[]): ExplainedProblem {
  const path = pointerSegments(error.instancePath);
  const { additionalProperty, missingProperty } = error.params as Record<string, unknown>;
  if (typeof additionalProperty === 'string') {
    const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
    return {
      path: [...path, additionalProperty],
      message: `the key is not known${suggestion(additionalProperty, known)}`,
    };
  }
  if (typeof missingProperty === 'string') return { path, message: `the key ${missingProperty} is missing` };
  return { path, message: explainValue(error, errors) };
}

function explainValue(error: ErrorObject, errors: readonly ErrorObject[]): string {
  const { keyword, data, instancePath } = error;
  if (keyword === 'type' || keyword === 'anyOf') {
    const types = errors.filter((other) => other.keyword === 'type' && other.instancePath === instancePath);
    const expected = new Set(types.flatMap(({ schema }) => schema as string | string[]));
    return expected.size === 0
      ? 'matches none of the allowed forms'
      : `must be ${[...expected].map(article).join(' or ')} and is ${typeName(data)}`;
  }
  if (keyword === 'enum' && (error.schema as unknown[]).length > 1) {
    const allowed = (error.schema as unknown[]).map(String);
    // Only a word can be one that was meant; a mapping may have a toString of its own, which is no function.
    const meant = typeof data === 'string' ? nearest(data, allowed) : undefined;
    const didYouMean = meant === undefined ? '' : `; did you mean ${meant}?`;
    return `must be one of ${allowed.join(', ')} and is ${quote(data)}${didYouMean}`;
  }
  if (keyword === 'not') return `has keys that exclude each other: ${excluded(error.schema).join(', ')}`;
  if (keyword === 'pattern' || keyword === 'format' || keyword === 'enum') {
    const described: unknown = error.parentSchema?.['description'];
    const expected = typeof described === 'string' ? described : (error.message ?? keyword);
    return `${quote(data)} does not match the expected format (${expected})`;
  }
  return error.message ?? keyword;
}

/** The keys of a schema `not: {anyOf: [{required: […]}, …]}`. */
function excluded(schema: unknown): string[] {
  const { anyOf = [] } = schema as { anyOf?: { required?: string[] }[] };
  return [...new Set(anyOf.flatMap(({ required = [] }) => required))];
}

function suggestion(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `; did you mean ${meant}?`;
  return known.length === 0 ? '' : ` (known: ${known.join(', ')})`;
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function typeName(value: unknown): string {
  if (value === null) return 'empty';
  return article(Array.isArray(value) ? 'array' : typeof value);
}

function article(type: string): string {
  if (type === 'null') return 'empty';
  const word = type === 'object' ? 'mapping' : type === 'array' ? 'list' : type;
  return `${/^[aeio]/.test(word) ? 'an' : 'a'} ${word}`;
}
