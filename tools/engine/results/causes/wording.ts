import { withoutIncidentals } from '../incidentals.ts';

/** How much of what is said belongs to a wording; the rest is quoted bodies. */
const keptLength = 240;
/** Which case is named in the path of its callback. */
const caseInCallback = /\bcall=[\w.@-]+/g;
/** What a target says of its refusals is its own, and no sign of a defect. */
const ownWords = / with (?:the error |")[^;]*/g;
const answered = /\banswered (\d{3})\b/;
/** The member that a schema problem is about, by its JSON pointer without the places in lists. */
const member = /\bat (\/\S*?)[:;,]?(?=\s|$)/g;
/** The value that a schema problem is about. */
const found = /^at [^;]*?, and is ("[^"]*"?|-?\d+|missing|null|true|false|an array|an object)/;
const numbered = /^(\D+)\d+$/;

/** What is found at a case, without what differs from run to run. */
export function wordingOf(actual: string): string {
  return withoutIncidentals(actual.replaceAll(caseInCallback, '')).replaceAll(ownWords, '').slice(0, keptLength);
}

/** What kind of value a schema problem found where another one must be. */
function valueKind(text: string): string | undefined {
  const [, value] = found.exec(text) ?? [];
  if (value === undefined) return undefined;
  if (value.startsWith('"')) return value === '""' ? 'empty text' : 'text';
  return /^-?\d/.test(value) ? 'number' : value;
}

/** The member that the first problem of a payload is about, and what stands there; undefined where there is none. */
export function problemIn(text: string): string | undefined {
  const [pointer] = membersOf(text);
  const kind = valueKind(text);
  return pointer === undefined || kind === undefined ? undefined : `${pointer} ${kind}`;
}

function wordsOf(text: string): Set<string> {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return new Set(words.map((word) => word.replace(numbered, '$1')));
}

function membersOf(text: string): string[] {
  return [...text.matchAll(member)].map(([, pointer = '']) => pointer.replaceAll(/\/\d+(?=\/|$)/g, ''));
}

/**
 * How alike two wordings are: the share of their words that both have, from 0 to 1; of different statuses, of problems
 * in different members of a payload, or of values of different kinds, 0.
 */
export function likeness(one: string, other: string): number {
  if (one === other) return 1;
  // The same member stands elsewhere in a change of a roster than in a whole one.
  const nameOf = (pointer: string) => pointer.slice(pointer.lastIndexOf('/'));
  const [membersOfOne = [], membersOfOther = []] = [one, other].map((text) => membersOf(text).map(nameOf));
  const haveMembers = membersOfOne.length > 0 && membersOfOther.length > 0;
  if (haveMembers && !membersOfOne.some((pointer) => membersOfOther.includes(pointer))) return 0;
  const [kindOfOne, kindOfOther] = [one, other].map(valueKind);
  if (kindOfOne !== undefined && kindOfOther !== undefined && kindOfOne !== kindOfOther) return 0;
  const [statusOfOne, statusOfOther] = [one, other].map((text) => answered.exec(text)?.[1]);
  if (statusOfOne !== undefined && statusOfOther !== undefined && statusOfOne !== statusOfOther) return 0;
  const [ofOne, ofOther] = [wordsOf(one), wordsOf(other)];
  const common = [...ofOne].filter((word) => ofOther.has(word)).length;
  return common / Math.max(1, ofOne.size + ofOther.size - common);
}

/** How well some wordings are among others: what each is most alike there, on average. */
export function agreement(seen: readonly string[], known: readonly string[]): number {
  if (seen.length === 0 || known.length === 0) return 0;
  const best = seen.map((each) => Math.max(...known.map((other) => likeness(each, other))));
  return best.reduce((sum, value) => sum + value, 0) / best.length;
}
