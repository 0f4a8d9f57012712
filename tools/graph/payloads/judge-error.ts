import { isObject } from '../../engine/catalogue/json-value.ts';
import { judgeBySchema, type JudgeOptions, type SchemaRules } from './judge-schema.ts';
import { problemAt, type Problem } from './problem.ts';

const errorResponse: SchemaRules = {
  schema: 'errorResponse',
  whole: { requirement: 'error.body', expected: 'an object with one error object' },
  members: {
    error: { requirement: 'error.body', expected: 'an object with code and message' },
    'error/code': { requirement: 'error.body', expected: 'a string that is not empty' },
    'error/message': { requirement: 'error.body', expected: 'a string that is not empty' },
    'error/innerError': { requirement: 'error.inner-error', expected: 'an object with date and request-id' },
    'error/innerError/date': { requirement: 'error.inner-error', expected: 'a string' },
    'error/innerError/request-id': { requirement: 'error.inner-error', expected: 'a string' },
    'error/innerError/client-request-id': { requirement: 'error.inner-error', expected: 'a string' },
  },
};

/**
 * Judges the body of a refusal.
 * @param body any JSON value
 */
export function judgeError(body: unknown, options: JudgeOptions = {}): Problem[] {
  const problems = judgeBySchema(body, errorResponse, '', options);
  const error = isObject(body) ? body['error'] : undefined;
  if (!isObject(error) || problems.some(({ requirement }) => requirement === 'error.inner-error')) return problems;
  return [...problems, ...judgeInnerError(error, options)];
}

function judgeInnerError(error: Record<string, unknown>, { partial }: JudgeOptions): Problem[] {
  const { innerError } = error;
  if (!isObject(innerError)) {
    const misspelled = 'innererror' in error;
    // The JavaScript SDK does not see innererror (fact 72).
    if (partial === true && !misspelled) return [];
    const expected = `an object with date and request-id${misspelled ? ', spelled so and not innererror' : ''}`;
    return [problemAt('/error/innerError', { requirement: 'error.inner-error', expected }, innerError)];
  }
  return ['date', 'request-id'].flatMap((name) => {
    const found = innerError[name];
    if ((typeof found === 'string' && found !== '') || (found === undefined && partial === true)) return [];
    const expected = 'a string that is not empty';
    return [problemAt(`/error/innerError/${name}`, { requirement: 'error.inner-error', expected }, found)];
  });
}
