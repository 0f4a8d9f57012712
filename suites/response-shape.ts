import {
  answerRules,
  answerSeen,
  answersSatisfy,
  type CaseContext,
  defineSuite,
  furtherMute,
  given,
  muteAgain,
  type MuteAnswered,
  NotApplicable,
} from '../tools/graph/suite.ts';

const { suite, check, checkWholeRun } = defineSuite('response-shape');

check('response.content-type', 'answers a mute with application/json', answersSatisfy(answerRules.contentType));

check('response.schema', 'answers a mute with a muteParticipantOperation', answersSatisfy(answerRules.schema));

checkWholeRun(
  'response.schema',
  'answers every valid mute with JSON',
  async ({ successes, notJson, demand }) => {
    if (successes === 0) throw new NotApplicable('condition', 'no valid mute was answered 200');
    demand(
      notJson.length === 0,
      'a JSON object in the answer to each valid mute of the run',
      `${notJson.length} of ${successes} answers were not JSON, for example ${notJson.slice(0, 3).join('; ')}`,
    );
  },
  { since: 'call-mute/2026-11' },
);

check('response.odata-type', 'names the type muteParticipantOperation', answersSatisfy(answerRules.odataType));

check('response.odata-type-hash', 'writes the type with a leading #', answersSatisfy(answerRules.odataTypeHash));

check('response.odata-context', 'names the metadata of its version', answersSatisfy(answerRules.odataContext));

check('response.id', 'gives the operation an id', answersSatisfy(answerRules.id));

/** Two mutes of a call, the second of which has an operation to compare with the first. */
async function muteTwice({ groupCall }: CaseContext, options: { clientContext?: string } = {}): Promise<MuteAnswered> {
  const first = await given(groupCall.mute(options));
  const second = await muteAgain(groupCall, options);
  if (!second.succeeded) {
    throw new NotApplicable(
      'condition',
      `a second mute of the call was answered ${second.status}, and has no operation`,
    );
  }
  const isSame = first.operationId === second.operationId;
  return answerSeen(groupCall, second, {
    ...options,
    ...(isSame && { sameIdAs: { clientContext: undefined, ...options } }),
  });
}

check(
  'response.id-unique',
  'gives two mutes of one call different ids',
  answersSatisfy(answerRules.idUnique, {
    about: furtherMute,
    ask: async (context) => answerRules.idUnique.judge(await muteTwice(context), context),
  }),
);

check(
  'response.id-unique',
  'gives two mutes with one clientContext different ids',
  { since: 'call-mute/2026-11', sharesCall: true },
  async (context) => {
    // Ids that are made of the clientContext are made of all of it, or of its beginning.
    const clientContext = context.uuid('repeated context').repeat(5);
    answerRules.idUnique.judge(await muteTwice(context, { clientContext }), context);
  },
);

check('response.status', 'tells the status of the operation', answersSatisfy(answerRules.status));

check(
  'response.status',
  'does not call an operation failed that it answers 200',
  { since: 'call-mute/2026-11' },
  answersSatisfy(answerRules.statusNotFailed, { isNamed: true }),
);

check('response.status-case', 'writes the status in camel case', { sharesCall: true }, async (context) => {
  const { groupCall, note } = context;
  const answer = await given(groupCall.mute());
  answerRules.statusCase.judge(answerSeen(groupCall, answer), context);
  const { status } = answer.members;
  // Fact 74: what is documented is not what SDKs of the CSDL read.
  if (typeof status === 'string') {
    note(`"${status}", as documented; SDKs that Kiota generates from the CSDL (TypeScript, Java, Go) do not read it`);
  }
});

check('response.result-info', 'gives a well-formed resultInfo, or none', answersSatisfy(answerRules.resultInfo));

check(
  'response.result-code',
  'gives a completed operation a code of success',
  { sharesCall: true },
  answersSatisfy(answerRules.resultCode),
);

export default suite;
