import type { Requirement } from '../engine/catalogue/catalogue.ts';
import type { DescribedCase, DescribedRequest } from '../engine/catalogue/described-cases.ts';
import type { Style } from '../reports/console-style.ts';
import { printable } from '../reports/printable.ts';

export interface Explanation {
  readonly requirement: Requirement;
  readonly cases: readonly DescribedCase[];
  /** Those of the emulator that the requirement notices. */
  readonly faults: readonly { readonly id: string; readonly summary: string }[];
}

const labelWidth = 14;

/** An explanation as lines for a terminal. */
export function renderExplanation({ requirement, cases, faults }: Explanation, style: Style): string[] {
  const twins = new Set(cases.map(({ id }) => id));
  const shown = cases.filter(({ id, path }) => path !== '/app' || !twins.has(id.replace(/@app$/, '')));
  return [
    ...aboutRequirement(requirement, style),
    ...faults.flatMap(({ id, summary }, index) =>
      style.labelled(index === 0 ? 'proven by' : '', `fault ${id}: ${summary}`, 2, labelWidth),
    ),
    ...shown.flatMap((one) => ['', ...aboutCase(one, twins.has(`${one.id}@app`), style)]),
    ...(shown.some(({ requests }) => requests.length > 0) ? ['', ...aboutRequests(style)] : []),
  ];
}

function aboutRequirement(requirement: Requirement, style: Style): string[] {
  const { id, level, evidence, statement, source, url, capability, consequenceOf, contradictedBy, advice } =
    requirement;
  const { bold } = style.colours;
  const labelled = (label: string, text: string | undefined) =>
    text === undefined ? [] : style.labelled(label, text, 2, labelWidth);
  return [
    `${bold(id)} (${level}, ${evidence})`,
    ...style.wrapped(statement, 2).map((line) => `  ${line}`),
    '',
    ...labelled('source', source),
    ...labelled('', url),
    ...labelled('contradicted', contradictedBy),
    ...labelled('follows from', consequenceOf?.join(', ')),
    ...labelled('needs', capability === undefined ? undefined : `${capability}, declared or given in the target file`),
    ...labelled('hint', advice),
  ];
}

function aboutCase(
  { id, suite, title, calls, requests, checked, unchecked, variant }: DescribedCase,
  onApp: boolean,
  style: Style,
) {
  const labelled = (label: string, text: string) => style.labelled(label, text, 2, labelWidth);
  return [
    `${style.colours.bold(id)}${onApp ? ', and on /app with @app' : ''}`,
    ...style.wrapped(`The target ${title}. (${suite})`, 2).map((line) => `  ${line}`),
    ...(calls.length === 0 ? [] : labelled('given', calls.join(', '))),
    ...requests.filter(({ control }) => control !== true).flatMap((request) => aboutRequest('sends', request, style)),
    ...(requests.length === 0 ? labelled('looks at', 'all that the other cases sent and received') : []),
    ...checked.flatMap((expectation) => labelled('accepts', expectation)),
    ...(variant === undefined ? [] : labelled('note', `as the emulator with --variant ${variant} shows it`)),
    ...(unchecked === undefined ? [] : labelled('note', `does not arise on the embedded emulator: ${unchecked}`)),
    ...requests.filter(({ control }) => control === true).flatMap((request) => aboutRequest('control', request, style)),
  ];
}

/** A request as it stands on the wire; not wrapped, so that it can be copied. */
function aboutRequest(label: string, request: DescribedRequest, style: Style): string[] {
  const { method, path, headers, body, cut, times } = request;
  const indentation = ' '.repeat(2 + labelWidth);
  const often = times === undefined ? '' : `  (${times} times, each with a body of its own)`;
  const rest = [
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : [`${body}${cut === true ? ' … (and so on)' : ''}`]),
  ];
  return [
    `  ${style.colours.dim(label.padEnd(labelWidth))}${method} ${path}${often}`,
    ...rest.flatMap((text) => printable(text).split('\n')).map((line) => `${indentation}${line}`),
  ];
}

function aboutRequests(style: Style): string[] {
  const text =
    'Paths are below the base URL. Every request also carries a client-request-id, which derives from the seed, the ' +
    'case and the step, as {client-context} and {guid} do. A control must succeed, else the case could not run.';
  return style.wrapped(text, 0).map((line) => style.colours.dim(line));
}
