/** How deep arrays and objects of a target may nest before the text is refused; nothing that Graph sends comes near. */
export const jsonDepthLimit = 200;

/** A text of the target is not JSON, or nests too deep to be looked at. The message says which, and where. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
}

/**
 * Reads a JSON text of the target.
 * @returns what it says, of any shape
 * @throws NotJson when it is no JSON text (RFC 8259), or nests deeper than {@link jsonDepthLimit}
 */
export function parseJson(text: string): unknown {
  if (text === '') throw new NotJson('the body is empty');
  // A byte order mark must not be sent (RFC 8259, section 8.1); JSON.parse names it only as an odd token.
  if (text.startsWith('\uFEFF')) throw new NotJson('the body starts with a byte order mark');
  if (nestsDeeperThan(text, jsonDepthLimit)) {
    throw new NotJson(`the body nests arrays and objects deeper than ${jsonDepthLimit} levels`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NotJson(`the body is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const quote = 0x22;
const backslash = 0x5c;

/** Whether brackets outside of strings nest deeper than the limit: in one pass, so that depth itself cannot harm. */
function nestsDeeperThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === backslash) index += 1;
      else if (code === quote) inString = false;
    } else if (code === quote) {
      inString = true;
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    }
  }
  return false;
}
