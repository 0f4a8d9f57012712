/**
 * What may not reach a terminal, an XML document or a page as it is, because it would be obeyed or hidden rather than
 * shown: control characters but tab and line feed (C1 too: U+009B starts an escape sequence), marks that reorder or
 * vanish (bidirectional, zero width, line and paragraph separator, byte order mark), tags, noncharacters, and
 * surrogates without their other half.
 */
const unprintable =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\p{Cs}]|[\u{e0000}-\u{e0fff}]/gu;

/** Almost everything that reports show, and told in a fraction of the time. */
const plain = /^[\n\t\u0020-\u007e]*$/;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** The text with everything unprintable in the form `\u001b`; tabs and line feeds stay, CR LF becomes LF. */
export function printable(text: string): string {
  if (plain.test(text)) return text;
  return text.replaceAll('\r\n', '\n').replace(unprintable, escaped);
}

/** The text on one line: printable, and with line feeds and tabs in the form `\n` and `\t`. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** At most so many characters of a text, without half a character at the end, and an ellipsis where it was cut. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, Math.max(0, limit - 1));
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
