import {
  type Answer,
  answerRules,
  type CaseContext,
  control,
  controlOn,
  defineSuite,
  expectForAnyPrintable,
  given,
  literalStrings,
  type MuteAnswered,
  NotApplicable,
  owedRefusalRules,
  type Rule,
  shown,
} from '../tools/graph/suite.ts';
import { notStrings } from './mistakes.ts';

const { suite, check } = defineSuite('client-context', { waits: true, sharesCall: true });

type EchoRule = Rule<Pick<MuteAnswered, 'answer' | 'clientContext'>>;

/** What was answered to a mute with a client context must have it exactly as it was sent. */
async function expectEchoIn(
  rule: EchoRule,
  answer: Answer,
  context: CaseContext,
  clientContext: string,
): Promise<void> {
  const { groupCall, muteAnyway, expect } = context;
  if (answer.jsonProblem !== undefined && (await control(muteAnyway(groupCall))).jsonProblem === undefined) {
    // With another context the body is JSON: this one has made it what it is.
    expect(answer).toBeJson(`clientContext ${shown(clientContext)} in a JSON body`);
  }
  rule.judge({ answer, clientContext }, context);
}

/** Mutes with a client context that must come back exactly as it was sent. */
async function expectEcho(context: CaseContext, clientContext: string): Promise<void> {
  const answer = await given(context.muteAnyway(context.groupCall, { clientContext }));
  await expectEchoIn(answerRules.echo, answer, context, clientContext);
}

for (const [name, clientContext] of Object.entries(notStrings)) {
  check('context.type', `refuses ${name} as clientContext`, async (context) => {
    const { groupCall } = context;
    const answer = await groupCall.mute({ clientContext });
    owedRefusalRules.contextType.judge({ answer }, context);
    await controlOn(groupCall);
  });
}

/** Printable ASCII of a length, each character telling its place, so that a cut or a shift shows. */
function printable(length: number): string {
  return Array.from({ length }, (_, index) => String.fromCharCode(0x21 + (index % 94))).join('');
}

check('context.max-length', 'accepts 256 characters and echoes them', async (context) => {
  const clientContext = printable(256);
  const answer = await context.groupCall.mute({ clientContext });
  context.expect(answer).toSucceed();
  await expectEchoIn(answerRules.echoLongest, answer, context, clientContext);
});

check('context.too-long', 'refuses 257 characters', async ({ groupCall, expect }) => {
  const refusal = await groupCall.mute({ clientContext: printable(257) });
  expect(refusal).toBeRefused();
  await control(groupCall.mute({ clientContext: printable(256) }));
});

check('context.too-long-echo', 'echoes 257 characters whole where it accepts them', async (context) => {
  const clientContext = printable(257);
  const answer = await context.groupCall.mute({ clientContext });
  if (!answer.succeeded) throw new NotApplicable('condition', '257 characters are refused');
  await expectEchoIn(answerRules.echoTooLong, answer, context, clientContext);
});

const ascii = {
  'capitals and small letters': 'Client-Context of the CONFORMANCE suite',
  'spaces at the ends': '  two before, three after   ',
  quotes: `"double", 'single' and \`back\``,
  markup: '<b>&amp;</b> ]]> </script> %3Cb%3E',
  backslashes: 'C:\\new\\table \\u0041 \\\\',
  'what looks like a number': '007',
};

for (const [name, clientContext] of Object.entries(ascii)) {
  check('context.echo', `echoes ${name}`, async (context) => {
    await expectEcho(context, clientContext);
  });
}

check('context.echo', 'echoes any printable string', async (context) => {
  await expectForAnyPrintable(context.seed, (clientContext) => expectEcho(context, clientContext));
});

for (const clientContext of literalStrings) {
  const name = clientContext === '-1' ? 'minus 1' : clientContext;
  check('context.echo', `echoes the string ${name} as a string`, { since: 'call-mute/2026-11' }, async (context) => {
    await expectEcho(context, clientContext);
  });
}

const unicode = {
  'letters beyond ASCII': 'Grüße, señor Łukasz — Ελληνικά, 日本語',
  'characters beyond the basic plane': '👩‍💻 𝄞 𠮷',
  'combining characters': 'e\u0301 a\u0308 n\u0303',
  'right-to-left text': 'שלום ‏مرحبا‎',
};

/** Mutes with a client context that may be refused, for which there is a should; else it must come back as it was sent. */
async function expectAcceptedAndEchoed(rule: EchoRule, context: CaseContext, clientContext: string): Promise<void> {
  const { groupCall, muteAnyway, expect } = context;
  const answer = await groupCall.mute({ clientContext });
  expect(answer).toSucceed();
  await expectEchoIn(rule, answer, context, clientContext);
  await controlOn(groupCall, () => muteAnyway(groupCall));
}

for (const [name, clientContext] of Object.entries(unicode)) {
  check('context.echo-unicode', `echoes ${name}`, async (context) => {
    await expectAcceptedAndEchoed(answerRules.echoUnicode, context, clientContext);
    // How a repeated one is answered is judged with all other answers.
    if (clientContext === unicode['letters beyond ASCII']) await context.groupCall.mute({ clientContext });
  });
}

check(
  'context.echo-unicode',
  'echoes the line separators of Unicode',
  { since: 'call-mute/2026-11' },
  async (context) => {
    // JSON takes them as they are; what writes JSON into a script escapes or drops them.
    await expectAcceptedAndEchoed(answerRules.echoUnicode, context, 'line\u2028separator, paragraph\u2029separator');
  },
);

const controlCharacters = {
  'line breaks': 'first line\nsecond line\r\nthird line',
  tabs: '\tbefore\tbetween\t\tafter\t',
};

for (const [name, clientContext] of Object.entries(controlCharacters)) {
  check('context.echo-control-characters', `echoes ${name}`, async (context) => {
    await expectAcceptedAndEchoed(answerRules.echoControls, context, clientContext);
  });
}

check('context.echo-empty', 'echoes the empty string', async (context) => {
  await expectAcceptedAndEchoed(answerRules.echoEmpty, context, '');
});

const nothings: Readonly<Record<string, { clientContext?: null }>> = {
  null: { clientContext: null },
  'no clientContext': {},
};

for (const [name, json] of Object.entries(nothings)) {
  check('context.echo', `does not make a word of ${name}`, { since: 'call-mute/2026-11' }, async (context) => {
    const answer = await context.groupCall.mute({ body: { json } });
    if (!answer.succeeded) {
      throw new NotApplicable('condition', `a mute with ${name} was answered ${answer.status} (see body.empty-object)`);
    }
    answerRules.echoNothing.judge({ answer, ...json }, context);
  });
}

export default suite;
