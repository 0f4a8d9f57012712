import type { ValidateFunction } from 'ajv';
import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { ConfigurationError } from './errors.ts';
import { explainErrors, type ExplainedProblem } from './schema-problem.ts';

/** Where a YAML text comes from and what it must hold. */
export interface SchemaFile<T> {
  /** Its name in messages. */
  readonly file: string;
  readonly validator: ValidateFunction<T>;
  /**
   * Changes the data before the validator sees it.
   * @param place names a path in the data, with its line where there are lines, for messages
   */
  readonly prepare?: (data: unknown, place: (path: readonly string[]) => string) => unknown;
}

const sizeLimit = 1024 * 1024;
/** Enough for a value that is shared; too few to blow a small file up to gigabytes. */
const aliasLimit = 20;
const problemsShown = 4;

/**
 * Reads a YAML file that people write: target file, known issues, requirements.
 * @returns the data, which the validator has seen
 * @throws ConfigurationError naming file, line and path in the document, for what is not YAML and for what is against
 *   the schema
 */
export function readYaml<T>(text: string, schemaFile: SchemaFile<T>): T {
  const { file } = schemaFile;
  if (Buffer.byteLength(text) > sizeLimit) {
    throw new ConfigurationError(`${file} is larger than 1 MiB, far more than such a file needs; check its name.`);
  }
  const lines = new LineCounter();
  const document = parse(text, file, lines);
  return checkData(plain(document, file), schemaFile, (path) => place(path, lineOf(document, path, lines)));
}

/**
 * Checks data that a program gives in place of such a file.
 * @param place names a path in the data, for messages
 * @returns the data, which the validator has seen
 * @throws ConfigurationError for what is against the schema
 */
export function checkData<T>(
  given: unknown,
  { file, validator, prepare = (data) => data }: SchemaFile<T>,
  place: (path: readonly string[]) => string = dotted,
): T {
  const data = prepare(given, place);
  if (validator(data)) return data;
  const problems = explainErrors(validator.errors ?? []).map(({ path, message }: ExplainedProblem) =>
    [place(path), message].filter((part) => part !== '').join(': '),
  );
  throw new ConfigurationError(paragraph(file, problems));
}

function parse(text: string, file: string, lines: LineCounter): Document.Parsed {
  const document = guarded(file, () =>
    parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false, logLevel: 'error' }),
  );
  const [problem] = [...document.errors, ...document.warnings];
  if (problem === undefined) return document;
  const { line, col } = lines.linePos(problem.pos[0]);
  throw new ConfigurationError(`${file}, line ${line}, column ${col}: this is not valid YAML: ${problem.message}.`);
}

function plain(document: Document.Parsed, file: string): unknown {
  return guarded(file, () => {
    const data = document.toJS({ maxAliasCount: aliasLimit }) as unknown;
    refuseCycles(data, []);
    return data;
  });
}

/** An alias may stand within what it stands for; whoever goes through that never ends. */
function refuseCycles(value: unknown, around: readonly unknown[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (around.includes(value)) throw new Error('an alias refers to itself');
  for (const inside of Object.values(value)) refuseCycles(inside, [...around, value]);
}

/** Too many aliases, or too many levels, are exceptions of the library: the file is wrong all the same. */
function guarded<R>(file: string, step: () => R): R {
  try {
    return step();
  } catch (error) {
    const reason =
      error instanceof RangeError ? 'it is nested too deeply' : String(error instanceof Error ? error.message : error);
    throw new ConfigurationError(`${file} cannot be read as YAML: ${reason}. Remove that from the file.`);
  }
}

function paragraph(file: string, problems: readonly string[]): string {
  const shown = problems.slice(0, problemsShown);
  const more = problems.length - shown.length;
  const text = `${file}, ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
  return text.endsWith('?') ? text : `${text}.`;
}

function place(path: readonly string[], line: number): string {
  return `line ${line}${path.length === 0 ? '' : `, ${dotted(path)}`}`;
}

function dotted(path: readonly string[]): string {
  return path
    .map((segment, index) => (/^\d+$/.test(segment) ? `[${segment}]` : index === 0 ? segment : `.${segment}`))
    .join('');
}

/** The line of the key or the item that the path leads to, or of what is nearest above it in the document. */
function lineOf(document: Document.Parsed, path: readonly string[], lines: LineCounter): number {
  let node: unknown = document.contents;
  let at = startOf(node);
  for (const segment of path) {
    const step = child(node, segment);
    if (step === undefined) break;
    at = step.at ?? at;
    node = step.node;
  }
  return lines.linePos(at ?? 0).line;
}

function child(node: unknown, segment: string): { node: unknown; at: number | undefined } | undefined {
  if (isSeq(node)) {
    const item: unknown = node.items[Number(segment)];
    return { node: item, at: startOf(item) };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === segment);
  return isPair(pair) ? { node: pair.value, at: startOf(pair.key) } : undefined;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
