/** What is promised of the clientContext in the answer to a mute. */
import { shown } from '../../engine/cases/expect.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import type { Answer } from '../mute-answer.ts';
import { doesNotSpeakOf, type Rule } from './rule.ts';

export interface Echoed {
  readonly answer: Answer;
  readonly clientContext?: unknown;
}

/** What languages print where there is nothing, in lower case. */
const wordsForNothing = ['none', 'null', 'undefined', 'nil', '<nil>', '(null)'];

/** JSON text in itself: a target that reads strings for what they look like gives back something else. */
export const literalStrings = ['0', '42', '-1', '1e5', 'true', 'false', 'null'];

/** The longest that is documented: that it is taken, and echoed whole, is a promise of its own. */
const longest = 256;

function echoes(
  requirement: Rule<Echoed>['requirement'],
  speaksOf: (sent: string) => boolean,
  slug?: Slug,
): Rule<Echoed> {
  return {
    requirement,
    ...(slug && { caseOf: ({ clientContext }: Echoed) => slug(String(clientContext)) }),
    judge({ answer, clientContext }, { expect }) {
      if (typeof clientContext !== 'string' || !speaksOf(clientContext)) {
        throw doesNotSpeakOf('the clientContext that was sent is of another kind');
      }
      if (answer.http.text === '') throw new CouldNotRun('the answer has no body to look at (see response.schema)');
      expect(answer).toEchoClientContext(clientContext);
    },
  };
}

type Slug = (sent: string) => string | undefined;

const isPrintable = (sent: string) => /^[\x20-\x7E]+$/.test(sent);
const hasControls = (sent: string) => /[\0-\x1F\x7F]/.test(sent);
const isBeyondAscii = (sent: string) => /[^\0-\x7F]/.test(sent);

export const echoRules = {
  echo: echoes(
    'context.echo',
    (sent) => isPrintable(sent) && sent.length < longest,
    (sent) =>
      literalStrings.includes(sent)
        ? `echoes-the-string-${sent.replace('-1', 'minus-1')}-as-a-string`
        : 'echoes-any-printable-string',
  ),
  echoLongest: echoes('context.max-length', (sent) => isPrintable(sent) && sent.length === longest),
  echoTooLong: echoes('context.too-long-echo', (sent) => isPrintable(sent) && sent.length > longest),
  echoUnicode: echoes(
    'context.echo-unicode',
    (sent) => isBeyondAscii(sent) && !hasControls(sent) && sent.length <= longest,
    (sent) => (/[\u2028\u2029]/.test(sent) ? 'echoes-the-line-separators-of-unicode' : undefined),
  ),
  echoControls: echoes(
    'context.echo-control-characters',
    (sent) => hasControls(sent) && !isBeyondAscii(sent) && sent.length <= longest,
  ),
  echoEmpty: echoes('context.echo-empty', (sent) => sent === ''),
  echoNothing: {
    requirement: 'context.echo',
    caseOf: ({ clientContext }) => `does-not-make-a-word-of-${clientContext === null ? 'null' : 'no-clientcontext'}`,
    judge({ answer, clientContext }, { demand }) {
      if ((clientContext ?? null) !== null) throw doesNotSpeakOf('a clientContext was sent');
      const { clientContext: found } = answer.members;
      demand(
        typeof found !== 'string' || !wordsForNothing.includes(found.toLowerCase()),
        'clientContext to be null or absent, as it was sent',
        `clientContext is ${shown(found)}`,
      );
    },
  },
} as const satisfies Readonly<Record<string, Rule<Echoed>>>;
