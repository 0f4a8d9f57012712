import { describeValue, isObject } from '../../engine/catalogue/json-value.ts';
import { sameId } from '../ids.ts';
import { judgeRoster } from './judge-roster.ts';
import { judgeBySchema, type JudgeOptions, type SchemaRules } from './judge-schema.ts';
import { carriedKind, notificationKind } from './notification-kind.ts';
import { operationNamedBy } from './operation-updates.ts';
import { problemAt, type Expectation, type Problem } from './problem.ts';
import { parseResourceUrl } from './resource-url.ts';

/** More than any callback body has; a hostile target may send millions. */
const itemLimit = 100;
const problemLimit = 100;

function envelopeMust(expected: string): Expectation {
  return { requirement: 'roster.envelope', expected };
}

const envelope: SchemaRules = {
  schema: 'commsNotifications',
  whole: envelopeMust('a commsNotifications, one JSON object'),
  members: {
    '@odata.type': envelopeMust('#microsoft.graph.commsNotifications, with or without the #'),
    value: envelopeMust('an array that is not empty'),
    'value/*': envelopeMust('a commsNotification, one JSON object'),
    'value/*/@odata.type': envelopeMust('#microsoft.graph.commsNotification, with or without the #'),
    'value/*/changeType': envelopeMust('created, updated or deleted'),
    'value/*/resourceUrl': envelopeMust('a string that is not empty'),
    'value/*/resource': envelopeMust('a string, if it is there'),
    'value/*/resourceData': envelopeMust('an object or an array: the resource or a collection of it'),
  },
};

/** Judges what all callback bodies have in common, whatever they are about. */
export function judgeEnvelope(body: unknown, options: JudgeOptions = {}): Problem[] {
  const value = isObject(body) ? body['value'] : undefined;
  const shown =
    isObject(body) && Array.isArray(value) ? { ...body, value: value.slice(0, itemLimit).map(withoutFlood) } : body;
  return judgeBySchema(shown, envelope, '', options);
}

/** Of what an item carries no more than problems are told of; one for each of a hundred thousand takes memory. */
function withoutFlood(item: unknown): unknown {
  const data = isObject(item) ? item['resourceData'] : undefined;
  return Array.isArray(data) ? { ...(item as object), resourceData: data.slice(0, problemLimit) } : item;
}

/**
 * Judges a callback body of any resource: the envelope of all items, the roster and operation rules of those.
 * @param body any JSON value; with `partial` also one item, or what one carries
 */
export function judgeNotification(body: unknown, options: JudgeOptions = {}): Problem[] {
  if (options.partial === true && isFragment(body)) return judgeFragment(body, options);
  const value = isObject(body) && Array.isArray(body['value']) ? body['value'].slice(0, itemLimit) : [];
  // Once for each: an item of a hostile target may carry a hundred thousand entities to look through.
  const kinds = value.map((item) => (isObject(item) ? notificationKind(item) : 'unknown'));
  const isRoster = (index: number) => kinds[index] === 'roster';
  const problems = judgeEnvelope(body, options).filter(({ pointer }) => !isJudgedAsRoster(pointer, value, isRoster));
  for (const [index, item] of value.entries()) {
    if (problems.length >= problemLimit) break;
    problems.push(...judgeItem(item, `/value/${index}`, options, kinds[index]));
  }
  return problems.slice(0, problemLimit);
}

/** The roster's own rules say the same of the word in changeType and of each participant, and more. */
function isJudgedAsRoster(pointer: string, value: readonly unknown[], isRoster: (index: number) => boolean): boolean {
  const [, index, member] = /^\/value\/(\d+)\/(changeType|resourceData\/\d+)$/.exec(pointer) ?? [];
  const item = value[Number(index)];
  if (!isObject(item) || !isRoster(Number(index))) return false;
  return member !== 'changeType' || typeof item['changeType'] === 'string';
}

function judgeItem(
  item: unknown,
  pointer: string,
  options: JudgeOptions,
  kind = isObject(item) ? notificationKind(item) : 'unknown',
): Problem[] {
  if (!isObject(item)) return [];
  if (kind === 'roster') return judgeRosterItem(item, pointer, options);
  return kind === 'operation' ? judgeOperationItem(item, pointer, options) : [];
}

/** Judges a commsNotification that is about the participants of a call: roster.change-type, .resource, .participant. */
function judgeRosterItem(item: Record<string, unknown>, pointer: string, options: JudgeOptions): Problem[] {
  return [
    ...judgeChangeType(item['changeType'], pointer, options),
    ...judgeRosterResource(item['resourceUrl'], pointer, options),
    ...judgeRoster(item['resourceData'], `${pointer}/resourceData`, options),
  ];
}

function judgeChangeType(changeType: unknown, pointer: string, { partial }: JudgeOptions): Problem[] {
  if (changeType === 'updated' || (changeType === undefined && partial === true)) return [];
  const anyCase = typeof changeType === 'string' && changeType.toLowerCase() === 'updated';
  const requirement = anyCase ? 'roster.change-type-case' : 'roster.change-type';
  return [problemAt(`${pointer}/changeType`, { requirement, expected: 'updated' }, changeType)];
}

/** The key of the call as a segment or in parentheses: the same path by the URL conventions of OData. */
const rosterUrl = /^\/communications\/calls(?:\/[^/?#]+|\('[^/?#]+'\))\/participants$/;

function judgeRosterResource(resourceUrl: unknown, pointer: string, { partial }: JudgeOptions): Problem[] {
  if (resourceUrl === undefined && partial === true) return [];
  if (typeof resourceUrl === 'string' && rosterUrl.test(resourceUrl)) return [];
  const expected = '/communications/calls/{id}/participants';
  return [problemAt(`${pointer}/resourceUrl`, { requirement: 'roster.resource', expected }, resourceUrl)];
}

function operationMust(expected: string): Expectation {
  return { requirement: 'operation.notification-shape', expected };
}

const carriedOperation: SchemaRules = {
  schema: 'notifiedOperation',
  whole: operationMust('the operation, one JSON object'),
  members: {
    '@odata.type': operationMust('a string: the type of the operation'),
    id: operationMust('a string that is not empty'),
    status: operationMust('notStarted, running, completed or failed, in any case, or null'),
    clientContext: operationMust('a string or null'),
    resultInfo: operationMust('null or {code, subcode, message}'),
    'resultInfo/code': operationMust('an integer of 32 bits'),
    'resultInfo/subcode': operationMust('an integer of 32 bits'),
  },
};

/** Judges a commsNotification that is about an operation: names …/operations/{id}, carries that operation. */
function judgeOperationItem(item: Record<string, unknown>, pointer: string, options: JudgeOptions): Problem[] {
  const { resourceUrl, resourceData } = item;
  const missing = options.partial === true;
  const resource = typeof resourceUrl === 'string' ? parseResourceUrl(resourceUrl) : undefined;
  const problems: Problem[] = [];
  if (resource?.kind !== 'operation' && !(missing && resourceUrl === undefined)) {
    problems.push(
      problemAt(`${pointer}/resourceUrl`, operationMust('/communications/calls/{id}/operations/{id}'), resourceUrl),
    );
  }
  if (resourceData === undefined && missing) return problems;
  problems.push(...judgeBySchema(resourceData, carriedOperation, `${pointer}/resourceData`, options));
  const named = resource?.operationId;
  if (!isObject(resourceData) || named === undefined) return problems;
  return [...problems, ...judgeOperationNames(resourceData, named, `${pointer}/resourceData`)];
}

/** What names the operation beside resourceUrl may be left out (fact 79); what is there names the same. */
function judgeOperationNames(data: Record<string, unknown>, named: string, pointer: string): Problem[] {
  const { id, '@odata.id': url } = data;
  const other = operationNamedBy(url);
  const wanted = describeValue(named);
  return [
    ...(typeof id === 'string' && id !== '' && !sameId(id, named)
      ? [problemAt(`${pointer}/id`, operationMust(`the id in resourceUrl, ${wanted}`), id)]
      : []),
    ...(other !== undefined && !sameId(other, named)
      ? [problemAt(`${pointer}/@odata.id`, operationMust(`a URL of the operation in resourceUrl, ${wanted}`), url)]
      : []),
  ];
}

function isFragment(body: unknown): boolean {
  return Array.isArray(body) || (isObject(body) && !('value' in body));
}

/** A commsNotification without its envelope, or only what one carries. */
function judgeFragment(body: unknown, options: JudgeOptions): Problem[] {
  if (isObject(body) && ['changeType', 'resourceUrl', 'resource', 'resourceData'].some((name) => name in body)) {
    // The envelope's rules for items, told without the envelope's place.
    const problems = judgeNotification({ value: [body] }, options);
    return problems.map((problem) => ({ ...problem, pointer: problem.pointer.replace(/^\/value\/0/, '') }));
  }
  const kind = carriedKind(body);
  if (kind === 'roster') return judgeRoster(body, '', options).slice(0, problemLimit);
  return kind === 'operation' ? judgeBySchema(body, carriedOperation, '', options) : [];
}
