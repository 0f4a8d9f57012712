import { readJsonText } from './json-text.ts';
import { JsonTextProblem } from './json-text.ts';

/** How deep arrays and objects of a target may nest before the text is refused; nothing that Graph sends comes near. */
export const jsonDepthLimit = 200;

/** How many values a text of the target may hold before it is refused: read, each takes many times its few bytes. */
export const jsonValueLimit = 100_000;

/** A text of the target is not JSON, or more than can be looked at. The message says which, and where. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
  /** Whether it ends before the JSON does. */
  readonly isCutOff: boolean;

  constructor(message: string, { isCutOff = false }: { readonly isCutOff?: boolean } = {}) {
    super(message);
    this.isCutOff = isCutOff;
  }
}

/**
 * Reads a JSON text of the target.
 * @returns what it says, of any shape
 * @throws NotJson when it is not a JSON text (RFC 8259), nests deeper than {@link jsonDepthLimit}, or holds more
 *   than {@link jsonValueLimit} values
 */
export function parseJson(text: string): unknown {
  if (text === '') throw new NotJson('the body is empty');
  // A byte order mark must not be sent (RFC 8259, section 8.1); JSON.parse names it only as an odd token.
  if (text.startsWith('\uFEFF')) throw new NotJson('the body starts with a byte order mark');
  const excess = excessOf(text);
  if (excess !== undefined) throw new NotJson(excess);
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem = problemOf(text) ?? String(error);
    if (typeof problem === 'string') throw new NotJson(`the body is not JSON: ${problem}`);
    throw new NotJson(`the body is not JSON: ${problem.message}`, problem);
  }
}

/** Where the text breaks, and what is wrong there: JSON.parse names the place on some versions of Node only. */
function problemOf(text: string): JsonTextProblem | string | undefined {
  try {
    const { hasComments } = readJsonText(text, jsonDepthLimit);
    return hasComments ? 'it has a comment, which JSON does not allow' : undefined;
  } catch (error) {
    if (error instanceof JsonTextProblem) return error;
    return error instanceof Error ? error.message : undefined;
  }
}

const quote = 0x22;
const backslash = 0x5c;

/** Whether a text has so few brackets and characters that it can be neither too deep nor too much. */
function isModest(text: string): boolean {
  if (text.length > jsonValueLimit) return false;
  let brackets = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      brackets += 1;
      if (brackets > jsonDepthLimit) return false;
    }
  }
  return true;
}

/**
 * What of a text is too much, by its brackets and commas outside of strings: in one pass and before it is read, so that
 * neither depth nor number can harm.
 */
function excessOf(text: string): string | undefined {
  if (isModest(text)) return undefined;
  let depth = 0;
  let values = 1;
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
      values += 1;
      if (depth > jsonDepthLimit) return `the body nests arrays and objects deeper than ${jsonDepthLimit} levels`;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    } else if (code === 0x2c) {
      values += 1;
    }
    if (values > jsonValueLimit) return `the body has more than ${jsonValueLimit} values`;
  }
  return undefined;
}
