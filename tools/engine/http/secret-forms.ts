/** One way in which a secret may be written: for each place in it the source of a regular expression for what may stand there. */
export interface Form {
  readonly places: readonly string[];
  /** A character before it, if it is one of base64, holds bits of the secret too. */
  readonly mixedBefore: boolean;
  /** The same of one after it, and of the padding. */
  readonly mixedAfter: boolean;
}

/** How often an escape may have been escaped again: a body in a text in a log in a page. */
const again = '{0,3}';

/** Backslashes before an escape of JSON that was escaped again and again, which doubles them each time: 1, 3, 7. */
const backslashes = '{0,7}';

const entityNames: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/**
 * The ways in which a secret may be written: as it is; with any of its characters escaped for URLs, JSON, XML and HTML,
 * once or several times over; in base64 and base64url, also in the middle of something longer.
 */
export function formsOf(secret: string): Form[] {
  const plain = { mixedBefore: false, mixedAfter: false };
  const json = jsonEscaped(secret);
  // Runs of backslashes can be told apart only where it is clear how often they were escaped.
  const literals = secret.includes('\\') ? [secret, json, jsonEscaped(json)] : [];
  return [
    ...literals.map((literal) => ({ ...plain, places: [...literal].map(quoted) })),
    { ...plain, places: [...secret].map(writings) },
    ...base64Forms(secret),
  ];
}

function jsonEscaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function quoted(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function oneOf(sources: readonly string[]): string {
  return sources.length === 1 ? (sources[0] ?? '') : `(?:${sources.join('|')})`;
}

/** All writings of one character, the longer ones first. */
function writings(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const name = entityNames[character];
  const entities = [
    `#0{0,6}${code}`,
    `#[xX]0{0,6}${anyCase(code.toString(16))}`,
    ...(name === undefined ? [] : [name]),
  ];
  const units = character.split('').map((unit) => hex(unit.charCodeAt(0), 4));
  const json = jsonEscaped(character);
  return oneOf([
    [...Buffer.from(character)].map((byte) => `%(?:25)${again}${hex(byte, 2)}`).join(''),
    units.map((unit) => `\\\\${backslashes}\\\\u${unit}`).join(''),
    `&(?:amp;)${again}(?:${entities.join('|')});`,
    ...(json.startsWith('\\') ? [`\\\\${backslashes}${quoted(json)}`] : []),
    `\\\\${backslashes}${quoted(character)}`,
    ...(character === ' ' ? ['\\+'] : []),
  ]);
}

function hex(value: number, digits: number): string {
  return anyCase(value.toString(16).padStart(digits, '0'));
}

function anyCase(text: string): string {
  return text.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/** The secret in base64, at each of the three places where it can begin in a group of three bytes. */
function base64Forms(secret: string): Form[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const mixedAfter = (offset + bytes.length) % 3 !== 0;
    const sure = encoded.slice(offset === 0 ? 0 : offset + 1, mixedAfter ? -1 : undefined);
    return { places: [...sure].map(base64Writings), mixedBefore: offset !== 0, mixedAfter };
  });
}

function base64Writings(character: string): string {
  if (character === '+') return oneOf([writings('+'), '-']);
  return character === '/' ? oneOf([writings('/'), '_']) : quoted(character);
}
