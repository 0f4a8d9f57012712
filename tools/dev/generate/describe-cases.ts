import { isRequirementId } from '../../engine/catalogue/catalogue.ts';
import type { DescribedCase, DescribedRequest } from '../../engine/catalogue/described-cases.ts';
import type { CaseResult, Exchange, RecordedHeaders, Results } from '../../engine/results/results.ts';
import { placeholdersOf } from './placeholders.ts';

/** The same with every request, or a matter of the client: nothing that a case is about. */
const commonHeaders = new Set(['accept-encoding', 'user-agent', 'client-request-id']);
const bodyLength = 400;
/** So many requests that differ in their body alone are told as one. */
const alike = 3;

/**
 * What the cases of a run against the embedded emulator put to it.
 * @param results what differs between two such runs does not come through
 * @throws Error for a run with a case that is neither passed nor not applicable, or has no requirement of the catalogue
 */
export function describeCases({ cases, target }: Results): DescribedCase[] {
  const wrong = cases.filter(({ verdict }) => !['passed', 'not-applicable'].includes(verdict));
  if (wrong.length > 0) {
    const shown = wrong.slice(0, 5).map(({ id, verdict, actual, reason }) => `${id}: ${verdict}, ${actual ?? reason}`);
    throw new Error(`the run against the emulator is not as it should be: ${shown.join('; ')}`);
  }
  return cases.map((one) => describeCase(one, target.baseUrl));
}

function describeCase(one: CaseResult, baseUrl: string): DescribedCase {
  const { id, requirement, suite, title, path, exchanges, checked = [], verdict, reason } = one;
  if (!isRequirementId(requirement)) throw new Error(`${id} cites ${requirement}, which does not exist`);
  const used = exchanges.filter((exchange, index) => isPartOfCase(exchange, exchanges.slice(index + 1)));
  const general = placeholdersOf(exchanges, used, baseUrl);
  const created = exchanges.flatMap(({ step }) => (step.startsWith('create ') ? step.slice('create '.length) : []));
  return {
    id,
    requirement,
    suite,
    title,
    path,
    calls: counted(created),
    requests: withoutRepeats(used.map((exchange) => describeRequest(exchange, general))),
    checked: withoutLikes([...new Set(checked.map(general))]),
    ...(verdict === 'not-applicable' && { unchecked: reason ?? '' }),
  };
}

/** Creating, waiting and tidying up is told in a word; a call that is deleted and then used is what the case is about. */
function isPartOfCase({ step, request }: Exchange, later: readonly Exchange[]): boolean {
  if (step.startsWith('create ') || step === 'get call') return false;
  return step !== 'delete call' || later.some((next) => next.step !== step && next.request.url.startsWith(request.url));
}

function counted(names: readonly string[]): string[] {
  return [...new Set(names)].map((name) => {
    const amount = names.filter((other) => other === name).length;
    return amount === 1 ? `a ${name}` : `${amount === 2 ? 'two' : amount} ${plural(name)}`;
  });
}

function plural(name: string): string {
  return name.replace(/\bcall\b/, 'calls');
}

function describeRequest({ step, request }: Exchange, general: (text: string) => string): DescribedRequest {
  const control = step.startsWith('control: ');
  const body = request.body === null || request.body === '' ? undefined : general(request.body);
  return {
    step: control ? step.slice('control: '.length) : step,
    ...(control && { control }),
    method: request.method,
    path: general(request.url),
    headers: ownHeaders(request.headers, general),
    ...(body !== undefined && { body: body.slice(0, bodyLength) }),
    ...(body !== undefined && (body.length > bodyLength || request.truncated === true) && { cut: true }),
  };
}

function ownHeaders(headers: RecordedHeaders, general: (text: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => !commonHeaders.has(name) && !(name === 'accept' && value === 'application/json'))
      .map(([name, value]) => [name, general([value].flat().join(', '))]),
  );
}

/** How often something is read until it is as expected is a matter of time; how often it is done is one of the case. */
function withoutRepeats(requests: readonly DescribedRequest[]): DescribedRequest[] {
  const seldom = requests.filter(
    (request, index) => request.method !== 'GET' || JSON.stringify(requests[index - 1]) !== JSON.stringify(request),
  );
  const described = seldom.map((request) => {
    const likes = seldom.filter((other) => shape(other) === shape(request));
    if (likes.length < alike) return request;
    // Requests that are under way at once are recorded in the order in which they are answered.
    const bodies = likes.map(({ body = '' }) => body).sort();
    return { ...request, ...(bodies[0] !== undefined && { body: bodies[0] }), times: likes.length };
  });
  const texts = described.map((request) => JSON.stringify(request));
  const once = described.filter(
    ({ times }, index) => times === undefined || texts.indexOf(texts[index] ?? '') === index,
  );
  return byPathWhereAtOnce(once);
}

/** Of requests on end that are each sent several times, which was answered first is chance. */
function byPathWhereAtOnce(requests: readonly DescribedRequest[]): DescribedRequest[] {
  const end = requests.findIndex(({ times }) => times === undefined);
  if (end === -1) return requests.toSorted((one, other) => shape(one).localeCompare(shape(other), 'en'));
  const atOnce = byPathWhereAtOnce(requests.slice(0, end));
  return [
    ...atOnce,
    ...requests.slice(end, end + 1),
    ...(end + 1 < requests.length ? byPathWhereAtOnce(requests.slice(end + 1)) : []),
  ];
}

/** All of a request but its body. */
function shape({ body: _body, ...rest }: DescribedRequest): string {
  return JSON.stringify(rest);
}

/** Of expectations that differ only in what they quote the first stands for all. */
function withoutLikes(checked: readonly string[]): string[] {
  const form = (text: string) => text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  return checked.flatMap((text) => {
    const likes = checked.filter((other) => form(other) === form(text)).sort();
    if (likes.length < alike) return text;
    // The one that goes with the body that stands for all of its requests.
    return likes[0] === text ? `${text}, and so for each of the requests` : [];
  });
}
