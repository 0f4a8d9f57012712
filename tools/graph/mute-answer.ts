import { judge } from './payloads/judge.ts';
import type { PayloadKind } from './payloads/payload-kind.ts';
import type { Problem } from './payloads/problem.ts';
import { CouldNotRun } from '../engine/target/could-not-run.ts';
import type { HttpAnswer } from '../engine/http/http-answer.ts';
import type { Answered } from '../engine/target/case-scope.ts';
import { NotJson } from '../engine/http/json-depth.ts';
import { type Location, readLocation } from './location.ts';
import { isObject } from '../engine/catalogue/json-value.ts';

/** The body as JSON, or why it is none. */
interface Reading {
  readonly json: unknown;
  readonly problem: string | undefined;
}

/** What came back for a request that a case looks at. */
export class Answer {
  readonly http: HttpAnswer;
  /** What was sent, in words: for messages. */
  readonly request: string;
  readonly clientRequestId: string;
  // Two dozen promises look at it one after another; later it may go, for it takes more than the text.
  #reading: WeakRef<Reading> | undefined;
  #location: WeakRef<Location> | undefined;

  constructor({ http, request, clientRequestId }: Answered) {
    this.http = http;
    this.request = request;
    this.clientRequestId = clientRequestId;
  }

  get status(): number {
    return this.http.status;
  }

  get succeeded(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  /** The media type of the Content-Type header in lower case, without parameters; empty when there is none. */
  get mediaType(): string {
    return (this.http.header('content-type')[0] ?? '').replace(/;.*/, '').trim().toLowerCase();
  }

  get location(): Location {
    const known = this.#location?.deref();
    if (known !== undefined) return known;
    const location = readLocation(this.http.header('location'));
    this.#location = new WeakRef(location);
    return location;
  }

  /** The body as JSON of any shape, or undefined when it is none. */
  get json(): unknown {
    return this.#read.json;
  }

  /** Why the body is not JSON, and where it breaks; undefined when it is JSON. */
  get jsonProblem(): string | undefined {
    return this.#read.problem;
  }

  get #read(): Reading {
    const known = this.#reading?.deref();
    if (known !== undefined) return known;
    const read = this.#parse();
    this.#reading = new WeakRef(read);
    return read;
  }

  #parse(): Reading {
    try {
      return { json: this.http.json(), problem: undefined };
    } catch (error) {
      if (error instanceof NotJson) return { json: undefined, problem: error.message };
      throw error;
    }
  }

  /** What is wrong with the body, judged as such a payload; of a body that is not JSON, why. */
  problems(as: PayloadKind): Problem[] {
    const { json, problem } = this.#read;
    const found = judge(json, as);
    return problem === undefined ? found : found.map((each) => ({ ...each, message: problem }));
  }

  /**
   * The members of a JSON object in the body, each still to be checked.
   * @throws CouldNotRun when the body is no JSON object: what is in it cannot be judged then
   */
  get members(): Record<string, unknown> {
    const { json, problem } = this.#read;
    if (isObject(json)) return json;
    const why = problem === undefined ? '' : `: ${problem}`;
    throw new CouldNotRun(`${this.request}: the body of the answer is not a JSON object (see response.schema)${why}`);
  }

  /**
   * The id of the operation that the body describes.
   * @throws CouldNotRun when the body has none: response.id judges that
   */
  get operationId(): string {
    const { id } = this.members;
    if (typeof id === 'string' && id !== '') return id;
    throw new CouldNotRun(`${this.request}: the body of the answer has no id to compare with (see response.id)`);
  }
}
