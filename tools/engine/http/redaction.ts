import { type Form, formsOf } from './secret-forms.ts';
import { SecretHeads } from './secret-heads.ts';

/** Takes secrets out of everything that leaves a run. */
export interface Redactor {
  /** @returns the text with every secret, in whatever form it is written, replaced by `[redacted]` */
  text(value: string): string;
  /** @returns the value with every string in it, names of members included, redacted; itself when there is nothing to take out */
  deep<T>(value: T): T;
}

/** What stands where a secret stood. */
export const redacted = '[redacted]';

/** Shorter ones would take half of every report with them. */
const shortestSecret = 4;

/**
 * The beginning of a secret where a text was cut: fewer characters come at the end of ids by chance, and tell nothing.
 * Of a short secret half of it.
 */
const shortestBeginning = 8;

/**
 * What may be a JSON Web Token as the credentials of an Authorization header, wherever that is quoted: curl, JSON, a
 * log. It takes in all that a token may go on with, so that a text made for it cannot make the search slow.
 */
const bearerToken = /(\b(?:bearer|authorization["']?\s{0,9}[:=])\s{0,9}["']?)(eyJ[\w.-]*)/gi;

/** The same where the name of the member says already what it is. */
const anyToken = /\b()(eyJ[\w.-]*)/g;

/** What is remembered of texts without secrets, so that a target cannot make it grow: so long, and so many. */
const rememberedLength = 64;
const rememberedTexts = 1_000;

/** A token has parts. */
function withoutToken(whole: string, before: string, token: string): string {
  return token.includes('.') ? before + redacted : whole;
}

/**
 * Makes a redactor for the secrets of a run. Each is found in every form that formsOf knows, and the beginning of one
 * where a text was cut in the middle of it: at its end, and before an ellipsis.
 * @param secrets tokens, client secrets, headers marked secret; those shorter than four characters are left alone
 * @param openly what is told anyway, such as the name of a target: no beginning of a secret that it contains is one
 */
export function createRedactor(secrets: readonly string[], openly: readonly string[] = []): Redactor {
  const withoutSecrets = secretRemover(
    secrets.filter((secret) => secret.length >= shortestSecret).flatMap(formsOf),
    openly,
  );
  /** Names of members and values of headers come a thousand times in a run. */
  const knownAsClean = new Set<string>();

  function text(value: string): string {
    if (knownAsClean.has(value)) return value;
    const withoutKnown = withoutSecrets(value);
    const clean = withoutKnown.includes('eyJ') ? withoutKnown.replace(bearerToken, withoutToken) : withoutKnown;
    if (clean === value && value.length <= rememberedLength && knownAsClean.size < rememberedTexts) {
      knownAsClean.add(value);
    }
    return clean;
  }

  function deep(value: unknown, name: string): unknown {
    if (typeof value === 'string') {
      return name.toLowerCase() === 'authorization' ? text(value).replace(anyToken, withoutToken) : text(value);
    }
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const items = value.map((item: unknown) => deep(item, name));
      return items.some((item, index) => item !== value[index]) ? items : value;
    }
    let changed = false;
    const members = Object.entries(value).map(([member, content]): [string, unknown] => {
      const clean: [string, unknown] = [text(member), deep(content, member)];
      changed ||= clean[0] !== member || clean[1] !== content;
      return clean;
    });
    return changed ? Object.fromEntries(members) : value;
  }

  return { text, deep: <T>(value: T) => deep(value, '') as T };
}

/** The places of a form, ready to be asked. */
type PlacesOf = (form: Form) => readonly RegExp[];

function secretRemover(forms: readonly Form[], openly: readonly string[]): (value: string) => string {
  if (forms.length === 0) return (value) => value;
  const known = new Map<string, RegExp>();
  const sticky = (source: string): RegExp => {
    const pattern = known.get(source) ?? new RegExp(source, 'y');
    known.set(source, pattern);
    return pattern;
  };
  const read = new Map<Form, readonly RegExp[]>();
  const placesOf: PlacesOf = (form) => {
    const places = read.get(form) ?? form.places.map(sticky);
    read.set(form, places);
    return places;
  };
  const heads = new SecretHeads(forms, shortestSecret);

  return (value) => {
    let clean = '';
    let done = 0;
    let from = 0;
    for (let found = heads.next(value, from); found !== undefined; found = heads.next(value, from)) {
      const [begin, end] = longestAt(value, found.at, done, found.forms, placesOf, openly);
      if (end === undefined) {
        from = found.at + 1;
      } else {
        clean += value.slice(done, begin) + redacted;
        done = end;
        from = end;
      }
    }
    return done === 0 ? value : clean + value.slice(done);
  };
}

/** The longest secret, or beginning of one that was cut there, at a place of a text; never from before `done`. */
function longestAt(
  value: string,
  at: number,
  done: number,
  forms: readonly Form[],
  placesOf: PlacesOf,
  openly: readonly string[],
): [begin: number, end: number | undefined] {
  const isOpen = (beginning: string) => openly.some((each) => each.includes(beginning));
  let begin = at;
  let end: number | undefined;
  for (const form of forms) {
    const places = placesOf(form);
    const { length, to } = extent(value, at, places);
    const isWhole = length === places.length;
    if (!isWhole && length < beginningOf(places)) continue;
    const last = to + (form.mixedAfter && isWhole ? (/^[\w+/-]?=*/.exec(value.slice(to, to + 3))?.[0].length ?? 0) : 0);
    if (!isWhole && (!isCut(value, to) || isOpen(value.slice(at, to)))) continue;
    if (form.mixedBefore && at > done && /[\w+/-]/.test(value.charAt(at - 1))) begin = at - 1;
    end = Math.max(end ?? 0, last);
  }
  return [begin, end];
}

function beginningOf({ length }: readonly RegExp[]): number {
  return Math.max(shortestSecret, Math.min(shortestBeginning, Math.ceil(length / 2)));
}

/** How many places of a secret stand in a text one after another, and where that ends. */
function extent(value: string, at: number, places: readonly RegExp[]): { length: number; to: number } {
  let to = at;
  for (const [length, place] of places.entries()) {
    place.lastIndex = to;
    if (!place.test(value)) return { length, to };
    to = place.lastIndex;
  }
  return { length: places.length, to };
}

/** Perhaps in the middle of an escape. */
const cut = /(?:[%&\\][\w#%&;\\]{0,40})?(?:["']?…|$)/y;

function isCut(value: string, at: number): boolean {
  cut.lastIndex = at;
  return cut.test(value);
}
