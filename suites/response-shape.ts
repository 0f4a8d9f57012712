import {
  type CaseContext,
  CouldNotRun,
  defineSuite,
  given,
  judge,
  muteAgain,
  NotApplicable,
  shown,
} from '../tools/graph/suite.ts';

const { suite, check, checkWholeRun } = defineSuite('response-shape');

/** The problems of the body that answers a valid mute. */
async function problemsOfMute({ groupCall }: CaseContext) {
  const answer = await given(groupCall.mute());
  return judge(answer.members, 'operation');
}

check('response.content-type', 'answers a mute with application/json', async ({ groupCall, expect }) => {
  const answer = await given(groupCall.mute());
  expect(answer.mediaType, 'the media type of the answer').toBe('application/json');
});

check('response.schema', 'answers a mute with a muteParticipantOperation', async ({ groupCall, expect }) => {
  const answer = await given(groupCall.mute());
  expect(answer.problems('operation')).toKeep(
    'response.schema',
    'a JSON object with the members of a muteParticipantOperation',
  );
});

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

check('response.odata-type', 'names the type muteParticipantOperation', async (context) => {
  context
    .expect(await problemsOfMute(context))
    .toKeep('response.odata-type', 'the type microsoft.graph.muteParticipantOperation');
});

check('response.odata-type-hash', 'writes the type with a leading #', async ({ groupCall, expect }) => {
  const { members } = await given(groupCall.mute());
  if (typeof members['@odata.type'] !== 'string') {
    throw new CouldNotRun('the operation names no type (see response.odata-type), so there is no # to look for');
  }
  expect(judge(members, 'operation')).toKeep('response.odata-type-hash', 'a # before the type');
});

check('response.odata-context', 'names the metadata of its version', async ({ groupCall, target, expect }) => {
  const { members } = await given(groupCall.mute());
  const version = target.apiVersion.replace('.', '\\.');
  expect(members['@odata.context'], '@odata.context').toMatch(
    new RegExp(`/${version}/\\$metadata#(microsoft\\.graph\\.)?muteParticipantOperation$`),
    `to end in /${target.apiVersion}/$metadata#muteParticipantOperation`,
  );
});

check('response.id', 'gives the operation an id', async (context) => {
  context.expect(await problemsOfMute(context)).toKeep('response.id', 'a non-empty string as id');
});

check('response.id-unique', 'gives two mutes of one call different ids', async ({ groupCall, demand }) => {
  const first = await given(groupCall.mute());
  const second = await muteAgain(groupCall);
  if (!second.succeeded) {
    throw new NotApplicable(
      'condition',
      `a second mute of the call was answered ${second.status}, and has no operation`,
    );
  }
  demand(
    first.operationId !== second.operationId,
    'two different operation ids',
    `both mutes were answered with the id ${shown(first.operationId)}`,
  );
});

check(
  'response.id-unique',
  'gives two mutes with one clientContext different ids',
  { since: 'call-mute/2026-11' },
  async ({ groupCall, uuid, demand }) => {
    const clientContext = uuid('repeated context');
    const first = await given(groupCall.mute({ clientContext }));
    const second = await muteAgain(groupCall, { clientContext });
    if (!second.succeeded) {
      throw new NotApplicable(
        'condition',
        `a second mute of the call was answered ${second.status}, and has no operation`,
      );
    }
    demand(
      first.operationId !== second.operationId,
      'two different operation ids',
      `both mutes were answered with the id ${shown(first.operationId)}; they had the same clientContext`,
    );
  },
);

check('response.status', 'tells the status of the operation', async (context) => {
  context
    .expect(await problemsOfMute(context))
    .toKeep('response.status', 'status notStarted, running, completed, failed or null');
});

check(
  'response.status',
  'does not call an operation failed that it answers 200',
  { since: 'call-mute/2026-11' },
  async ({ groupCall, demand }) => {
    const { status } = (await given(groupCall.mute())).members;
    if (status === undefined) throw new CouldNotRun('the operation has no status (see response.status)');
    demand(
      typeof status !== 'string' || status.toLowerCase() !== 'failed',
      'status notStarted, running, completed or null: a 200 is documented as success',
      `status is ${shown(status)}`,
    );
  },
);

check('response.status-case', 'writes the status in camel case', async ({ groupCall, expect, note }) => {
  const { members } = await given(groupCall.mute());
  const { status } = members;
  const problems = judge(members, 'operation');
  if (status === null) throw new NotApplicable('condition', 'the status is null, which has no case');
  if (problems.some(({ requirement }) => requirement === 'response.status')) {
    throw new CouldNotRun('the operation has no known status (see response.status) whose case could be looked at');
  }
  expect(problems).toKeep('response.status-case', 'the status in camelCase, as in completed');
  // Fact 74: what is documented is not what SDKs of the CSDL read.
  if (typeof status === 'string') {
    note(`"${status}", as documented; SDKs that Kiota generates from the CSDL (TypeScript, Java, Go) do not read it`);
  }
});

check('response.result-info', 'gives a well-formed resultInfo, or none', async (context) => {
  context
    .expect(await problemsOfMute(context))
    .toKeep('response.result-info', 'resultInfo absent, null, or with code, subcode and message');
});

check('response.result-code', 'gives a completed operation a code of success', async ({ groupCall, expect }) => {
  const { members } = await given(groupCall.mute());
  const { status, resultInfo } = members;
  if (typeof status !== 'string' || status.toLowerCase() !== 'completed') {
    throw new NotApplicable('condition', 'the mute was answered with an operation that is not completed');
  }
  if (resultInfo === undefined || resultInfo === null) {
    throw new NotApplicable('condition', 'the operation has no resultInfo');
  }
  const problems = judge(members, 'operation');
  if (problems.some(({ requirement }) => requirement === 'response.result-info')) {
    throw new CouldNotRun('resultInfo has no code to look at (see response.result-info)');
  }
  expect(problems).toKeep('response.result-code', 'resultInfo with an integer code from 200 to 299');
});

export default suite;
