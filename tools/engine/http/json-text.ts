import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';

/** A text is not JSON, or too deep to be looked at; line and column say where. */
export class JsonTextProblem extends Error {
  override readonly name = 'JsonTextProblem';
  /** Both count from one. */
  readonly line: number;
  readonly column: number;
  /** Whether the text is JSON as far as it goes, and ends too early. */
  readonly isCutOff: boolean;

  constructor(message: string, { line, column, isCutOff = false }: Place & { readonly isCutOff?: boolean }) {
    super(`line ${line}, column ${column}: ${message}`);
    this.line = line;
    this.column = column;
    this.isCutOff = isCutOff;
  }
}

interface Place {
  readonly line: number;
  readonly column: number;
}

export interface JsonText {
  readonly value: unknown;
  /** Whether there were comments: the documentation's own example has one (fact 39), and JSON allows none. */
  readonly hasComments: boolean;
}

type ProblemCode = ReturnType<typeof printParseErrorCode>;

/** What the parser says is missing. */
const missing: Readonly<Partial<Record<ProblemCode, string>>> = {
  PropertyNameExpected: 'a name in quotes',
  ValueExpected: 'a value',
  ColonExpected: 'a colon',
  CommaExpected: 'a comma',
  CloseBraceExpected: 'a comma or }',
  CloseBracketExpected: 'a comma or ]',
  EndOfFileExpected: 'nothing more',
};

/** What the parser says is wrong inside a string or a number. */
const wrong: typeof missing = {
  UnexpectedEndOfString: 'the string does not end',
  UnexpectedEndOfNumber: 'the number is incomplete',
  InvalidUnicode: 'the string has a \\u without four hexadecimal digits',
  InvalidEscapeCharacter: 'the string has a backslash that begins no escape of JSON',
  InvalidCharacter: 'the string has a control character that is not escaped',
};

/**
 * Reads JSON (RFC 8259) as people keep it: `//` begins a comment outside of strings. JSON.parse does not say where it
 * fails, and knows no comments.
 * @param depthLimit how deep arrays and objects may nest
 * @throws JsonTextProblem
 */
export function readJsonText(text: string, depthLimit: number): JsonText {
  const comments = commentsOf(text, depthLimit);
  let plain = '';
  let kept = 0;
  for (const { start, end } of comments) {
    plain += text.slice(kept, start);
    kept = end;
  }
  return { value: JSON.parse(plain + text.slice(kept)), hasComments: comments.length > 0 };
}

/**
 * Where the comments of a text are.
 * @throws JsonTextProblem at the first place where the text is not JSON or too deep: the parser goes no further
 */
function commentsOf(text: string, depthLimit: number): { readonly start: number; readonly end: number }[] {
  const comments: { start: number; end: number }[] = [];
  let depth = 0;
  const begin = (_offset: number, _length: number, line: number, character: number) => {
    depth += 1;
    if (depth <= depthLimit) return;
    const problem = `arrays and objects nest deeper than ${depthLimit} levels`;
    throw new JsonTextProblem(problem, { line: line + 1, column: character + 1 });
  };
  const end = () => {
    depth -= 1;
  };
  visit(text, {
    onObjectBegin: begin,
    onArrayBegin: begin,
    onObjectEnd: end,
    onArrayEnd: end,
    onComment: (offset, length, line, character) => {
      if (text.startsWith('/*', offset)) throw problemAt('InvalidSymbol', text, { offset, length, line, character });
      comments.push({ start: offset, end: offset + length });
    },
    onError: (code: ParseErrorCode, offset, length, line, character) => {
      throw problemAt(printParseErrorCode(code), text, { offset, length, line, character });
    },
  });
  return comments;
}

/** Where the parser stands, as it counts: from zero. */
interface Token {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly character: number;
}

function problemAt(code: ProblemCode, text: string, { offset, length, line, character }: Token): JsonTextProblem {
  const place = { line: line + 1, column: character + 1 };
  const inside = wrong[code];
  if (inside !== undefined) {
    return new JsonTextProblem(inside, { ...place, isCutOff: offset + length >= text.length });
  }
  const next = text.slice(offset, offset + 2).match(/^./su)?.[0];
  const expected = missing[code];
  if (next === undefined) {
    return new JsonTextProblem(`expected ${expected ?? 'more'}, but the text ends`, { ...place, isCutOff: true });
  }
  const found = JSON.stringify(next);
  return new JsonTextProblem(
    expected === undefined ? `unexpected ${found}` : `expected ${expected}, but found ${found}`,
    place,
  );
}
