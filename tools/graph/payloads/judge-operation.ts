import { describeValue, isObject } from '../../engine/catalogue/json-value.ts';
import { judgeBySchema, type JudgeOptions, type SchemaRules } from './judge-schema.ts';
import { problemAt, type Problem } from './problem.ts';

const operation: SchemaRules = {
  schema: 'muteParticipantOperation',
  whole: { requirement: 'response.schema', expected: 'a muteParticipantOperation, one JSON object' },
  members: {
    '@odata.type': { requirement: 'response.odata-type', expected: '#microsoft.graph.muteParticipantOperation' },
    '@odata.context': { requirement: 'response.odata-context', expected: 'a URL' },
    id: { requirement: 'response.id', expected: 'a string that is not empty' },
    status: {
      requirement: 'response.status',
      expected: 'notStarted, running, completed or failed, in any case, or null',
    },
    clientContext: { requirement: 'response.schema', expected: 'a string or null' },
    resultInfo: { requirement: 'response.result-info', expected: 'null or {code, subcode, message}' },
    'resultInfo/code': { requirement: 'response.result-info', expected: 'an integer of 32 bits' },
    'resultInfo/subcode': { requirement: 'response.result-info', expected: 'an integer of 32 bits' },
    'resultInfo/message': { requirement: 'response.result-info', expected: 'a string or null' },
  },
};

/**
 * Judges what a mute answered, or what GET of its operation answers: all of response.* that the body alone shows.
 * @param body any JSON value
 */
export function judgeOperation(body: unknown, options: JudgeOptions = {}): Problem[] {
  const problems = judgeBySchema(body, operation, '', options);
  if (!isObject(body)) return problems;
  const broken = new Set(problems.map(({ pointer }) => pointer));
  return [
    ...judgeWrapping(body),
    ...problems,
    ...(broken.has('/@odata.type') ? [] : judgeHash(body['@odata.type'])),
    ...(broken.has('/status') ? [] : judgeStatusCase(body['status'])),
    ...(broken.has('/resultInfo/code') ? [] : judgeResultCode(body)),
    ...(broken.has('/@odata.context') ? [] : judgeContext(body['@odata.context'], options)),
  ];
}

/** Models that were generated from older descriptions put the operation inside an object of one member. */
function judgeWrapping(body: Record<string, unknown>): Problem[] {
  const [name, ...others] = Object.keys(body).filter((key) => !key.startsWith('@odata.'));
  const inner = name === undefined || others.length > 0 ? undefined : body[name];
  if (!isObject(inner) || !('id' in inner) || !('status' in inner)) return [];
  const expected = `the operation itself, not an object that has it in ${describeValue(name)}`;
  return [problemAt('', { requirement: 'response.schema', expected }, body)];
}

function judgeHash(type: unknown): Problem[] {
  if (typeof type !== 'string' || type.startsWith('#')) return [];
  const expected = `#${type}`;
  return [problemAt('/@odata.type', { requirement: 'response.odata-type-hash', expected }, type)];
}

/** Fact 36: 2xx says success, and a completed operation is one. */
function judgeResultCode({ status, resultInfo }: Record<string, unknown>): Problem[] {
  const code = isObject(resultInfo) ? resultInfo['code'] : undefined;
  if (typeof status !== 'string' || status.toLowerCase() !== 'completed' || typeof code !== 'number') return [];
  if (code >= 200 && code < 300) return [];
  const expected = 'an integer from 200 to 299, since the operation is completed';
  return [problemAt('/resultInfo/code', { requirement: 'response.result-code', expected }, code)];
}

const camelCase: Readonly<Record<string, string>> = {
  notstarted: 'notStarted',
  running: 'running',
  completed: 'completed',
  failed: 'failed',
};

function judgeStatusCase(status: unknown): Problem[] {
  const expected = typeof status === 'string' ? camelCase[status.toLowerCase()] : undefined;
  if (expected === undefined || expected === status) return [];
  return [problemAt('/status', { requirement: 'response.status-case', expected }, status)];
}

/** Both forms of the fragment are possible: the page's example, and what OData would write (fact 22). */
function judgeContext(context: unknown, { partial, apiVersion }: JudgeOptions): Problem[] {
  if (context === undefined && partial === true) return [];
  const form = /\/([^/]+)\/\$metadata#(?:microsoft\.graph\.)?muteParticipantOperation$/;
  const version = typeof context === 'string' ? form.exec(context)?.[1] : undefined;
  if (version === (apiVersion ?? version) && (version === 'beta' || version === 'v1.0')) return [];
  const expected = `a URL that ends in /${apiVersion ?? '{version}'}/$metadata#muteParticipantOperation`;
  return [problemAt('/@odata.context', { requirement: 'response.odata-context', expected }, context)];
}
