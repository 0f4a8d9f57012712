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

/** A JSON Web Token as the credentials of an Authorization header, wherever that is quoted: curl, JSON, a log. */
const bearerToken = /(\b(?:bearer|authorization["']?\s*[:=])\s*["']?)eyJ[\w-]*\.[\w-]*\.[\w-]*/gi;

/** The same where the name of the member says already what it is. */
const anyToken = /\beyJ[\w-]*\.[\w-]*\.[\w-]*/g;

/**
 * Makes a redactor for the secrets of a run. Each is found as it is and URL-encoded, in base64 and base64url (also in
 * the middle of a longer text), JSON-escaped (once or twice), and escaped for XML and HTML.
 * @param secrets tokens, client secrets, headers marked secret; those shorter than four characters are left alone
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const forms = secrets.filter((secret) => secret.length >= shortestSecret).flatMap(formsOf);
  const whole = anyOf(forms.map(({ pattern }) => pattern));
  // Hardly any text holds a secret, and a pattern of plain characters alone says so several times as fast.
  const trace = anyOf(forms.map(({ literal }) => escapedPattern(literal)));

  function text(value: string): string {
    const clean = value.search(trace) === -1 ? value : value.replace(whole, redacted);
    return clean.includes('eyJ') ? clean.replace(bearerToken, `$1${redacted}`) : clean;
  }

  function deep(value: unknown, name: string): unknown {
    if (typeof value === 'string') {
      return name.toLowerCase() === 'authorization' ? text(value).replace(anyToken, redacted) : text(value);
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

/** One way in which a secret may be written. */
interface Form {
  /** What is in a text for certain when the secret is, written so. */
  readonly literal: string;
  /** The source of a regular expression for all that has to go. */
  readonly pattern: string;
}

function anyOf(patterns: readonly string[]): RegExp {
  // Longer ones first, so that a secret within a longer one does not leave the rest of that standing.
  const sorted = [...new Set(patterns)].sort((one, other) => other.length - one.length);
  return new RegExp(sorted.length === 0 ? '(?!)' : sorted.join('|'), 'g');
}

function formsOf(secret: string): Form[] {
  const json = jsonEscaped(secret);
  const literals = [
    secret,
    ...urlEncoded(secret),
    json,
    json.replaceAll('/', '\\/'),
    jsonEscaped(json),
    ...markupEscaped(secret),
  ];
  return [...literals.map((literal) => ({ literal, pattern: escapedPattern(literal) })), ...base64Forms(secret)];
}

function jsonEscaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function urlEncoded(secret: string): string[] {
  // encodeURIComponent refuses half of a surrogate pair, which no header can carry either.
  const wellFormed = Buffer.from(secret).toString();
  const component = encodeURIComponent(wellFormed);
  const strict = component.replace(/[!'()*~]/g, (character) => percent(character));
  const lowerCase = (text: string) => text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
  const forms = [component, strict, encodeURI(wellFormed)];
  return [...forms, ...forms.map((form) => form.replaceAll('%20', '+'))].flatMap((form) => [form, lowerCase(form)]);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** The ways in which libraries write the five characters, as far as they differ. */
const markups: readonly Readonly<Record<string, string>>[] = [
  { '&': '&amp;', '<': '&lt;', '>': '&gt;' },
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' },
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' },
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' },
];

function markupEscaped(secret: string): string[] {
  return markups.map((escapes) => secret.replace(/[&<>"']/g, (character) => escapes[character] ?? character));
}

/**
 * The secret in base64, at each of the three places where it can begin in a group of three bytes. A character at
 * either end may hold bits of the neighbouring bytes too: whatever stands there goes as well.
 */
function base64Forms(secret: string): Form[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const mixedBefore = offset === 0 ? 0 : offset + 1;
    const mixedAfter = (offset + bytes.length) % 3 === 0 ? 0 : 1;
    const sure = encoded.slice(mixedBefore, encoded.length - mixedAfter);
    const before = mixedBefore === 0 ? '' : '[\\w+/-]';
    const after = mixedAfter === 0 ? '' : '(?:[\\w+/-]=*)?';
    return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')].map((literal) => ({
      literal,
      pattern: before + escapedPattern(literal) + after,
    }));
  });
}

function escapedPattern(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
