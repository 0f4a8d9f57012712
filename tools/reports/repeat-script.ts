import type { CaseResult, Exchange, Results } from '../engine/results/results.ts';
import { printable, printableLine } from './printable.ts';
import { decisiveExchange } from './transcript-lines.ts';

/** What is shorter may stand in a request by chance. */
const shortestId = 8;
/** More than these are no preparation of one request, but a case about many. */
const effectsAtMost = 6;
/** Discard: nobody listens there, and who posts there harms nobody. */
const nowhere = '127.0.0.1:9';

/**
 * The options that repeat one case of a run, beside those that the run was given; of recorded traffic the words after
 * the name of the program.
 */
export function repeatOptions({ id, requirement }: CaseResult, { run }: Pick<Results, 'run'>): string {
  const [recording] = run.filters['traffic'] ?? [];
  if (recording !== undefined) {
    return `check ${quoted(printableLine(recording))} --as traffic --requirement ${printableLine(requirement)}`;
  }
  return `--case ${quoted(printableLine(id))} --seed ${run.seed}`;
}

/**
 * A script for `sh` that sends the request again that a case is about: it makes calls like those of the case, takes
 * their ids, does what was done with them before, and sends the request. Pasted or run, with the token in `$TOKEN`;
 * `$CALLBACK` may say where notifications go.
 * @returns undefined where the request was not recorded whole
 */
export function repeatScript(each: CaseResult): string | undefined {
  const decisive = decisiveExchange(each);
  if (decisive === undefined || !isWhole(decisive)) return undefined;
  const earlier = each.exchanges
    .filter((exchange) => exchange !== decisive && exchange.sentAtMs <= decisive.sentAtMs)
    .toSorted((one, other) => one.sentAtMs - other.sentAtMs);
  const sources = sourcesOf(decisive, earlier);
  const effects = effectsOn(sources, earlier);
  const names = variableNames(sources);
  if (![...sources, ...effects].every(isWhole)) return undefined;
  const steps = earlier.filter((exchange) => sources.includes(exchange) || effects.includes(exchange));
  const made = sources.filter(isCreation);
  return [
    `# ${printableLine(each.id)}: needs curl${sources.length > 0 ? ', node' : ''} and a bearer token in $TOKEN`,
    ...(made.length === 0 && /\/calls\/[^/]+\//.test(decisive.request.url)
      ? ['# The call id is that of the run: if that call is gone, use the id of another.']
      : []),
    '(',
    'set -eu',
    ': "${TOKEN:?set TOKEN to a bearer token of the target}"',
    ...made.slice(0, 1).map((creation) => `CALLBACK=\${CALLBACK:-${protocolOf(callbackIn(creation))}//${nowhere}/}`),
    ...(sources.length > 0 ? [`id_of() { node -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).id'; }`] : []),
    ...steps.flatMap((step) => stepLines(step, names)),
    withVariables(decisive.curl, namesFor(decisive, names)),
    ...made
      .filter((creation) => !effects.some((effect) => deletes(effect, creation)))
      .map((creation) => cleanUp(creation, names)),
    ')',
  ]
    .map(printable)
    .join('\n');
}

/** Whether the curl line sends what was sent: long bodies are left out of it, and records may be cut. */
function isWhole({ curl, request }: Exchange): boolean {
  return request.truncated !== true && !curl.includes('@request-body.txt') && !curl.endsWith('…');
}

/** The id of what an exchange has made, by its answer. */
function idIn({ response }: Exchange): string | undefined {
  if (response === undefined || response.status < 200 || response.status > 299) return undefined;
  try {
    const json: unknown = JSON.parse(response.body);
    const id = typeof json === 'object' && json !== null && 'id' in json ? json.id : undefined;
    return typeof id === 'string' && id.length >= shortestId && /^[\w.:@=~-]+$/.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

function isCreation({ step }: Exchange): boolean {
  return /^create /.test(step);
}

/** The exchanges whose answers hold the ids that a request names, and those that these name. */
function sourcesOf(decisive: Exchange, earlier: readonly Exchange[]): Exchange[] {
  const sources: Exchange[] = [];
  const pending = [decisive];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    const { curl } = one;
    for (const exchange of earlier) {
      const id = idIn(exchange);
      if (id === undefined || exchange === one || !curl.includes(id) || sources.includes(exchange)) continue;
      // Whoever echoes an id has not made it.
      if (earlier.some((before) => before !== exchange && before.sentAtMs < exchange.sentAtMs && idIn(before) === id)) {
        continue;
      }
      sources.push(exchange);
      pending.push(exchange);
    }
  }
  return sources;
}

/** What was done with the calls before, but for controls and for looking at them. */
function effectsOn(sources: readonly Exchange[], earlier: readonly Exchange[]): Exchange[] {
  const ids = sources.filter(isCreation).flatMap((creation) => idIn(creation) ?? []);
  const effects = earlier.filter(
    (exchange) =>
      !sources.includes(exchange) &&
      !/^(control: |create )/.test(exchange.step) &&
      exchange.request.method !== 'GET' &&
      ids.some((id) => exchange.request.url.includes(id)),
  );
  return effects.length > effectsAtMost ? [] : effects;
}

/** A variable of the script for each id. */
function variableNames(sources: readonly Exchange[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const source of sources.toSorted((one, other) => one.sentAtMs - other.sentAtMs)) {
    const kind = isCreation(source) ? 'call' : 'made';
    const count = [...names.values()].filter((name) => name.startsWith(kind)).length;
    names.set(idIn(source) ?? '', count === 0 ? kind : `${kind}${count + 1}`);
  }
  return names;
}

/** What stands for what in the line of an exchange. */
function namesFor(exchange: Exchange, names: ReadonlyMap<string, string>): [string, string][] {
  const callback = isCreation(exchange) ? callbackIn(exchange) : undefined;
  return [...names, ...(callback === undefined ? [] : [[jsonText(callback), 'CALLBACK'] as [string, string]])];
}

function stepLines(exchange: Exchange, names: ReadonlyMap<string, string>): string[] {
  const name = names.get(idIn(exchange) ?? '');
  const line = withVariables(silent(exchange.curl), namesFor(exchange, names));
  if (name === undefined) return [`${line} >/dev/null`];
  const taken = [`${name}=$(${line} | id_of)`];
  return isCreation(exchange) ? [...taken, untilEstablished(exchange, name)] : taken;
}

/** A call that was created takes a moment until it can be muted; where it cannot be read, a few seconds have to do. */
function untilEstablished({ request }: Exchange, name: string): string {
  const call = `${inDoubleQuotes(request.url)}/$${name}`;
  return `for _ in 1 2 3 4 5; do curl -s "${call}" -H "authorization: Bearer $TOKEN" | grep -q '"established"' && break; sleep 1; done`;
}

function cleanUp(creation: Exchange, names: ReadonlyMap<string, string>): string {
  const call = `${inDoubleQuotes(creation.request.url)}/$${names.get(idIn(creation) ?? '') ?? 'call'}`;
  return `curl -s -o /dev/null -X DELETE "${call}" -H "authorization: Bearer $TOKEN"`;
}

function deletes({ request }: Exchange, creation: Exchange): boolean {
  return request.method === 'DELETE' && request.url.endsWith(`/${idIn(creation) ?? ''}`);
}

function silent(curl: string): string {
  return curl.replace(/^curl -i /, 'curl -sS ');
}

function callbackIn({ request }: Exchange): string | undefined {
  try {
    const json: unknown = JSON.parse(request.body ?? '');
    const callback = typeof json === 'object' && json !== null && 'callbackUri' in json ? json.callbackUri : undefined;
    return typeof callback === 'string' && URL.canParse(callback) ? callback : undefined;
  } catch {
    return undefined;
  }
}

function protocolOf(callback: string | undefined): string {
  return callback?.startsWith('https:') === true ? 'https:' : 'http:';
}

/** A text as it stands in JSON. */
function jsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function inDoubleQuotes(text: string): string {
  return text.replaceAll(/["$`\\]/g, String.raw`\$&`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * A line for the shell with variables in the place of texts, whether they stand in single quotes, in double quotes or in
 * none.
 */
export function withVariables(line: string, names: readonly (readonly [text: string, name: string])[]): string {
  let quote: '' | "'" | '"' = '';
  let result = '';
  for (let at = 0; at < line.length;) {
    const found = names.find(([text]) => text !== '' && line.startsWith(text, at));
    if (found !== undefined) {
      const [text, name] = found;
      result += { '': `"$${name}"`, "'": `'"$${name}"'`, '"': `\${${name}}` }[quote];
      at += text.length;
      continue;
    }
    const character = line[at] ?? '';
    if (character === '\\' && quote !== "'") {
      result += character + (line[at + 1] ?? '');
      at += 2;
      continue;
    }
    if (quote === '' && (character === "'" || character === '"')) quote = character;
    else if (character === quote) quote = '';
    result += character;
    at += 1;
  }
  return result;
}
