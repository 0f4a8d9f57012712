/** A text is no JSON, or too deep to be looked at; line and column say where. */
export class JsonTextProblem extends Error {
  override readonly name = 'JsonTextProblem';
  /** Both count from one. */
  readonly line: number;
  readonly column: number;
  /** Whether the text is JSON as far as it goes, and ends too early. */
  readonly isCutOff: boolean;

  constructor(message: string, text: string, position: number, isCutOff = false) {
    const before = text.slice(0, position).split(/\r\n|\r|\n/);
    const line = before.length;
    const column = (before.at(-1) ?? '').length + 1;
    super(`line ${line}, column ${column}: ${message}`);
    this.line = line;
    this.column = column;
    this.isCutOff = isCutOff;
  }
}

export interface JsonText {
  readonly value: unknown;
  /** Whether there were comments: the documentation's own example has one (fact 39), and JSON allows none. */
  readonly hasComments: boolean;
}

/** What may come next. */
type Expected =
  'a value' | 'a value or ]' | 'a name in quotes' | 'a name in quotes or }' | ':' | ', or }' | ', or ]' | 'end';

const word = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Reads JSON (RFC 8259) as people keep it: `//` begins a comment outside of strings. It is read in one pass that needs
 * no memory for its depth, because JSON.parse does not say where it fails, and knows no comments.
 * @param depthLimit how deep arrays and objects may nest
 * @throws JsonTextProblem
 */
export function readJsonText(text: string, depthLimit: number): JsonText {
  const scanner = new Scanner(text, depthLimit);
  const comments = scanner.scan();
  let plain = '';
  let kept = 0;
  for (const { start, end } of comments) {
    plain += text.slice(kept, start);
    kept = end;
  }
  return { value: JSON.parse(plain + text.slice(kept)), hasComments: comments.length > 0 };
}

class Scanner {
  readonly #text: string;
  readonly #depthLimit: number;
  readonly #open: ('{' | '[')[] = [];
  #position = 0;
  #expected: Expected = 'a value';

  constructor(text: string, depthLimit: number) {
    this.#text = text;
    this.#depthLimit = depthLimit;
  }

  /** Goes through the whole text. @returns where the comments are */
  scan(): { start: number; end: number }[] {
    const comments = [];
    for (;;) {
      const start = this.#position;
      const character = this.#text.charAt(start);
      if (character === '') {
        if (this.#expected !== 'end') throw this.#unexpected();
        return comments;
      }
      if (' \t\r\n'.includes(character)) this.#position += 1;
      else if (this.#text.startsWith('//', start)) {
        const end = this.#text.slice(start).search(/[\r\n]/);
        this.#position = end === -1 ? this.#text.length : start + end;
        comments.push({ start, end: this.#position });
      } else this.#token(character);
    }
  }

  #token(character: string): void {
    if (character === '{' || character === '[') this.#begin(character);
    else if (character === '}' || character === ']') this.#end(character);
    else if (character === ',' || character === ':') this.#separate(character);
    else if (character === '"') {
      const isName = this.#expected.startsWith('a name');
      if (!isName) this.#mustExpectValue();
      this.#string();
      this.#expected = isName ? ':' : this.#afterValue();
    } else {
      this.#mustExpectValue();
      word.lastIndex = this.#position;
      if (!word.test(this.#text)) throw this.#unexpected();
      this.#position = word.lastIndex;
      this.#expected = this.#afterValue();
    }
  }

  #begin(bracket: '{' | '['): void {
    this.#mustExpectValue();
    this.#open.push(bracket);
    if (this.#open.length > this.#depthLimit) {
      const problem = `arrays and objects nest deeper than ${this.#depthLimit} levels`;
      throw new JsonTextProblem(problem, this.#text, this.#position);
    }
    this.#position += 1;
    this.#expected = bracket === '{' ? 'a name in quotes or }' : 'a value or ]';
  }

  #end(bracket: '}' | ']'): void {
    if (!this.#expected.endsWith(`or ${bracket}`)) throw this.#unexpected();
    this.#open.pop();
    this.#position += 1;
    this.#expected = this.#afterValue();
  }

  #separate(character: ',' | ':'): void {
    if (!this.#expected.startsWith(character)) throw this.#unexpected();
    this.#expected = character === ',' && this.#open.at(-1) === '{' ? 'a name in quotes' : 'a value';
    this.#position += 1;
  }

  #string(): void {
    for (let at = this.#position + 1; ;) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x22) {
        this.#position = at + 1;
        return;
      }
      if (Number.isNaN(code)) throw new JsonTextProblem('the string does not end', this.#text, this.#position, true);
      if (code < 0x20) {
        const problem = 'a line break or another control character in a string; escape it';
        throw new JsonTextProblem(problem, this.#text, at);
      }
      if (code !== 0x5c) at += 1;
      else {
        escape.lastIndex = at;
        if (!escape.test(this.#text)) {
          throw new JsonTextProblem('a backslash begins no escape that JSON knows', this.#text, at);
        }
        at = escape.lastIndex;
      }
    }
  }

  #afterValue(): Expected {
    const open = this.#open.at(-1);
    return open === undefined ? 'end' : open === '{' ? ', or }' : ', or ]';
  }

  #mustExpectValue(): void {
    if (!this.#expected.startsWith('a value')) throw this.#unexpected();
  }

  #unexpected(): JsonTextProblem {
    const character = this.#text.slice(this.#position, this.#position + 2).match(/^./su)?.[0];
    const found = character === undefined ? 'the text ends' : `${JSON.stringify(character)} stands there`;
    const expected = this.#expected === 'end' ? 'nothing more' : this.#expected;
    return new JsonTextProblem(
      `expected ${expected}, but ${found}`,
      this.#text,
      this.#position,
      character === undefined,
    );
  }
}
