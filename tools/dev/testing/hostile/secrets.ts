/** Looks for a secret by undoing how it may be written, so that it owes nothing to how the project writes and redacts. */

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function withoutEntities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

function withoutPercents(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function withoutBackslashes(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-f]{4})|(["\\/]))/gi,
    (_whole, hex: string | undefined, plain: string | undefined) =>
      hex === undefined ? (plain ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Everything in a text that may be base64, decoded at each of the four places where a group may begin. */
function* unpacked(text: string): Generator<string> {
  for (const [run] of text.matchAll(/[\w+/-]{12,}={0,2}/g)) {
    for (let start = 0; start < 4; start += 1) yield Buffer.from(run.slice(start), 'base64').toString('latin1');
  }
}

/** The three ways in which base64 can have a text in it. */
function inBase64(secret: string): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.from(' '.repeat(offset) + secret).toString('base64');
    return encoded.slice(offset + 2, -4);
  });
}

/** Undoing takes seconds for texts that are longer, and no target that echoes makes such. */
const longestUndone = 12_000_000;

/**
 * How a secret is written in a text, or undefined when it is not.
 * @param secret of at least twelve characters: shorter ones turn up by chance
 */
export function secretIn(text: string, secret: string): string | undefined {
  if (text.includes(secret)) return 'as it is';
  if (inBase64(secret).some((part) => text.includes(part))) return 'in base64';
  if (text.length > longestUndone) return undefined;
  const readings: Readonly<Record<string, (text: string) => string>> = {
    'with entities': withoutEntities,
    'url-encoded': withoutPercents,
    'url-encoded as a form': (encoded) => withoutPercents(encoded.replaceAll('+', ' ')),
    'JSON-escaped': withoutBackslashes,
    'JSON-escaped twice': (escaped) => withoutBackslashes(withoutBackslashes(escaped)),
    'in a page, JSON-escaped': (escaped) => withoutBackslashes(withoutEntities(escaped)),
    'in a page, url-encoded': (encoded) => withoutPercents(withoutEntities(encoded)),
  };
  for (const [name, read] of Object.entries(readings)) if (read(text).includes(secret)) return name;
  const distinctive = secret.slice(3, -3);
  for (const decoded of unpacked(text)) if (decoded.includes(distinctive)) return 'in base64';
  return undefined;
}
