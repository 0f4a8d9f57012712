import { isUtf8 } from 'node:buffer';

const replacement = '\uFFFD';
const replacementBytes = Buffer.from(replacement);

/** Why a body would not be read as JSON (RFC 8259, section 8.1). */
export interface Utf8Problem {
  readonly message: string;
  /** Whether it is UTF-8 as far as it goes, and ends within a character. */
  readonly isCutOff: boolean;
}

/** @returns where a body stops being UTF-8, or undefined when all of it is */
export function utf8Problem(body: Buffer): Utf8Problem | undefined {
  if (isUtf8(body)) return undefined;
  const at = firstInvalid(body);
  const byte = (body[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return {
    message: `the body is not valid UTF-8, as JSON has to be: byte ${at + 1} of ${body.length} is 0x${byte}`,
    isCutOff: isUtf8SoFar(body),
  };
}

function isUtf8SoFar(body: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Where the first character stands in the place of bytes that are none, apart from those that were sent as such. */
function firstInvalid(body: Buffer): number {
  const text = body.toString('utf8');
  let at = 0;
  for (let from = 0; ;) {
    const next = text.indexOf(replacement, from);
    at += Buffer.byteLength(text.slice(from, next));
    if (!body.subarray(at, at + replacementBytes.length).equals(replacementBytes)) return at;
    at += replacementBytes.length;
    from = next + 1;
  }
}
