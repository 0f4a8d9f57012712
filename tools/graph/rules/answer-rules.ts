/** What is promised of the answer to a valid mute of a group call. */
import type { ApiVersion } from '../../engine/target/target.ts';
import { hasVersion } from '../../engine/target/base-url.ts';
import { shown } from '../../engine/cases/expect.ts';
import { CouldNotRun, NotApplicable } from '../../engine/target/could-not-run.ts';
import { sameId } from '../ids.ts';
import { judge, type Problem } from '../payloads/judge.ts';
import type { Answer } from '../mute-answer.ts';
import { echoRules } from './echo-rules.ts';
import { headerRules } from './header-rules.ts';
import { doesNotSpeakOf, type Rule, type Words } from './rule.ts';

/** The answer to a valid mute, and what is known of the mute. */
export interface MuteAnswered {
  readonly answer: Answer;
  readonly callId: string;
  readonly target: {
    readonly baseUrl: string;
    /** Undefined where nobody knows. */ readonly apiVersion: ApiVersion | undefined;
  };
  /** The clientContext as it was sent; undefined where none was. */
  readonly clientContext?: unknown;
  /** An earlier mute of the call that was answered with the same operation id, if there was one. */
  readonly sameIdAs?: { readonly clientContext: unknown } | undefined;
}

type AnswerRule = Rule<MuteAnswered>;

/** By answer: eight rules ask for them. */
const problemsByAnswer = new WeakMap<Answer, Problem[]>();

/** The problems of the body that answers a valid mute. */
function problemsOf({ answer }: MuteAnswered): Problem[] {
  const problems = problemsByAnswer.get(answer) ?? judge(answer.members, 'operation');
  problemsByAnswer.set(answer, problems);
  return problems;
}

/** A location to look at; that it is there is a promise of its own. */
function locationOf({ answer: { location } }: MuteAnswered): Answer['location'] {
  if (location.value === '') throw new CouldNotRun('the answer has no Location header to look at');
  return location;
}

/** Location names that call or operation; where it names none, the header is shown. */
function expectInLocation(
  { demand }: Words,
  thing: string,
  { value }: Answer['location'],
  named: string | undefined,
  expected: string,
): void {
  demand(
    named !== undefined && sameId(named, expected),
    `the ${thing} in Location to be ${expected}`,
    named === undefined ? `there is none: Location is ${shown(value)}` : `it is ${shown(named)}`,
  );
}

const statusSuccess: AnswerRule = {
  requirement: 'status.success',
  judge: ({ answer }, { expect }) => expect(answer).toHaveStatus(200),
};

/** Of a mute of what is muted, which may be refused. */
const repeatNoServerError: AnswerRule = {
  requirement: 'state.repeat-no-5xx',
  judge: ({ answer }, { expect }) => expect(answer).not.toBeServerError(),
};

const contentType: AnswerRule = {
  requirement: 'response.content-type',
  judge: ({ answer }, { expect }) => expect(answer.mediaType, 'the media type of the answer').toBe('application/json'),
};

const schema: AnswerRule = {
  requirement: 'response.schema',
  judge: ({ answer }, { expect }) =>
    expect(answer.problems('operation')).toSatisfy(
      'response.schema',
      'a JSON object with the members of a muteParticipantOperation',
    ),
};

const odataType: AnswerRule = {
  requirement: 'response.odata-type',
  judge: (seen, { expect }) =>
    expect(problemsOf(seen)).toSatisfy('response.odata-type', 'the type microsoft.graph.muteParticipantOperation'),
};

const odataTypeHash: AnswerRule = {
  requirement: 'response.odata-type-hash',
  judge(seen, { expect }) {
    if (typeof seen.answer.members['@odata.type'] !== 'string') {
      throw new CouldNotRun('the operation names no type (see response.odata-type), so there is no # to look for');
    }
    expect(problemsOf(seen)).toSatisfy('response.odata-type-hash', 'a # before the type');
  },
};

const odataContext: AnswerRule = {
  requirement: 'response.odata-context',
  judge({ answer, target: { apiVersion } }, { expect }) {
    if (apiVersion === undefined) throw doesNotSpeakOf('the API version of the request is not known');
    const version = apiVersion.replace('.', '\\.');
    expect(answer.members['@odata.context'], '@odata.context').toMatch(
      new RegExp(`/${version}/\\$metadata#(microsoft\\.graph\\.)?muteParticipantOperation$`),
      `to end in /${apiVersion}/$metadata#muteParticipantOperation`,
    );
  },
};

const id: AnswerRule = {
  requirement: 'response.id',
  judge: (seen, { expect }) => expect(problemsOf(seen)).toSatisfy('response.id', 'a non-empty string as id'),
};

const idUnique: AnswerRule = {
  requirement: 'response.id-unique',
  judge({ answer: { operationId }, clientContext, sameIdAs }, { demand }) {
    const repeated = typeof clientContext === 'string' && sameIdAs?.clientContext === clientContext;
    demand(
      sameIdAs === undefined,
      'two different operation ids',
      `both mutes were answered with the id ${shown(operationId)}${repeated ? '; they had the same clientContext' : ''}`,
    );
  },
};

const status: AnswerRule = {
  requirement: 'response.status',
  judge: (seen, { expect }) =>
    expect(problemsOf(seen)).toSatisfy('response.status', 'status notStarted, running, completed, failed or null'),
};

const statusNotFailed: AnswerRule = {
  requirement: 'response.status',
  caseOf: () => 'does-not-call-an-operation-failed-that-it-answers-200',
  judge({ answer }, { demand }) {
    const { status: found } = answer.members;
    if (found === undefined) throw new CouldNotRun('the operation has no status (see response.status)');
    demand(
      typeof found !== 'string' || found.toLowerCase() !== 'failed',
      'status notStarted, running, completed or null: a 200 is documented as success',
      `status is ${shown(found)}`,
    );
  },
};

const statusCase: AnswerRule = {
  requirement: 'response.status-case',
  judge(seen, { expect }) {
    const problems = problemsOf(seen);
    if (seen.answer.members['status'] === null) {
      throw new NotApplicable('condition', 'the status is null, which has no case');
    }
    if (problems.some(({ requirement }) => requirement === 'response.status')) {
      throw new CouldNotRun('the operation has no known status (see response.status) whose case could be looked at');
    }
    expect(problems).toSatisfy('response.status-case', 'the status in camelCase, as in completed');
  },
};

const resultInfo: AnswerRule = {
  requirement: 'response.result-info',
  judge: (seen, { expect }) =>
    expect(problemsOf(seen)).toSatisfy(
      'response.result-info',
      'resultInfo absent, null, or with code, subcode and message',
    ),
};

const resultCode: AnswerRule = {
  requirement: 'response.result-code',
  judge(seen, { expect }) {
    const { status: found, resultInfo: info } = seen.answer.members;
    if (typeof found !== 'string' || found.toLowerCase() !== 'completed') {
      throw new NotApplicable('condition', 'the mute was answered with an operation that is not completed');
    }
    if (info === undefined || info === null) {
      throw new NotApplicable('condition', 'the operation has no resultInfo');
    }
    const problems = problemsOf(seen);
    if (problems.some(({ requirement }) => requirement === 'response.result-info')) {
      throw new CouldNotRun('resultInfo has no code to look at (see response.result-info)');
    }
    expect(problems).toSatisfy('response.result-code', 'resultInfo with an integer code from 200 to 299');
  },
};

const locationPresent: AnswerRule = {
  requirement: 'location.present',
  judge({ answer: { location } }, { expect }) {
    expect(location.values.length, 'the number of Location headers').toBe(1);
    expect(location.value, 'the Location header').toBePresent();
  },
};

const locationCall: AnswerRule = {
  requirement: 'location.call',
  judge(seen, words) {
    const location = locationOf(seen);
    expectInLocation(words, 'call', location, location.callId, seen.callId);
  },
};

const locationOperation: AnswerRule = {
  requirement: 'location.operation',
  judge(seen, words) {
    const location = locationOf(seen);
    expectInLocation(words, 'operation', location, location.operationId, seen.answer.operationId);
  },
};

const locationAbsolute: AnswerRule = {
  requirement: 'location.absolute',
  judge: (seen, { expect }) =>
    expect(locationOf(seen).value, 'Location').toMatch(/^https?:\/\/[^/]+\//i, 'to be an absolute http(s) URL'),
};

const locationVersion: AnswerRule = {
  requirement: 'location.version',
  judge(seen, { expect }) {
    const { baseUrl, apiVersion } = seen.target;
    if (apiVersion === undefined || !hasVersion(baseUrl)) {
      throw new NotApplicable('condition', 'the base URL of the target has no version in its path');
    }
    const version = apiVersion.replace('.', '\\.');
    expect(locationOf(seen).value, 'Location').toMatch(new RegExp(`(^|/)${version}/`), `to contain /${apiVersion}/`);
  },
};

const locationOrigin: AnswerRule = {
  requirement: 'location.origin',
  judge(seen, { expect }) {
    const { origin } = new URL(seen.target.baseUrl);
    // A relative reference is one to the origin of the request (RFC 9110, 10.2.2).
    expect(locationOf(seen).url?.origin ?? origin, 'the origin of Location').toBe(origin);
  },
};

/** By what they are about, for the suites. */
export const answerRules = {
  statusSuccess,
  repeatNoServerError,
  contentType,
  schema,
  odataType,
  odataTypeHash,
  odataContext,
  id,
  idUnique,
  status,
  statusNotFailed,
  statusCase,
  resultInfo,
  resultCode,
  locationPresent,
  locationCall,
  locationOperation,
  locationAbsolute,
  locationVersion,
  locationOrigin,
  ...echoRules,
  ...headerRules,
} as const satisfies Readonly<Record<string, AnswerRule>>;
