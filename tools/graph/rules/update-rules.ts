/** What is promised of a roster update, at whatever callback it comes. */
import { partingOf } from '../../engine/callback/callback-path.ts';
import type { TokenVerdict } from '../../engine/callback/callback-token.ts';
import type { Delivery } from '../../engine/callback/delivery.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import { problemsOfDelivery } from '../payloads/delivery-readings.ts';
import { rosterResources, hasItemOf } from '../payloads/notification-items.ts';
import { rosterEntries } from '../payloads/roster.ts';
import { doesNotSpeakOf, type Rule } from './rule.ts';

/** A call that is told at its callback what happens. */
export interface CalledBack {
  readonly id: string;
  /** Whether it is a leg of a meeting, on a target that says that legs share a roster. */
  readonly isLeg: boolean;
  /** Path and query of the callbackUri as it was given; undefined where nobody knows. */
  readonly expectedPath: string | undefined;
  /** Whether that has nothing in it that could be written in another way. */
  readonly hasPlainCallback: boolean;
}

/** A roster update, or what nobody can tell from one, and the call whose callback it came to. */
export interface RosterUpdate {
  readonly delivery: Delivery;
  readonly call: CalledBack;
  /** What checking its token said; undefined where that is not checked. */
  readonly token?: TokenVerdict | undefined;
}

type UpdateRule = Rule<RosterUpdate>;

function needsJson({ delivery }: RosterUpdate): void {
  if (delivery.json === undefined) throw new CouldNotRun('the update is not JSON (see roster.json)');
}

function needsRoster(seen: RosterUpdate): void {
  needsJson(seen);
  if (!hasItemOf(seen.delivery.json, 'roster')) {
    throw new CouldNotRun('the update is not about participants (see roster.envelope)');
  }
}

function needsParticipants(seen: RosterUpdate): void {
  needsRoster(seen);
  if (rosterEntries(seen.delivery.json).length === 0) {
    throw new CouldNotRun('the update has no participant to look at (see roster.self-muted)');
  }
}

/** The update is JSON as far as is needed, and keeps the requirement. */
function keeping(
  requirement: UpdateRule['requirement'],
  expectation: string,
  needs: (seen: RosterUpdate) => void,
): UpdateRule {
  return {
    requirement,
    judge(seen, { expect }) {
      needs(seen);
      expect(problemsOfDelivery(seen.delivery)).toSatisfy(requirement, expectation);
    },
  };
}

const callback: UpdateRule = {
  requirement: 'roster.callback',
  caseOf: ({ call }) =>
    call.hasPlainCallback ? undefined : 'keeps-upper-case-escapes-and-every-parameter-of-the-callbackuri',
  judge({ delivery, call: { expectedPath } }, { demand }) {
    if (expectedPath === undefined) throw doesNotSpeakOf('the callbackUri of the call is not known');
    const { atExpectedPath, path } = delivery;
    demand(
      atExpectedPath,
      `the update at the path and query of the callbackUri, ${expectedPath}`,
      `it was sent to ${path}`,
      partingOf(expectedPath, path),
    );
  },
};

const authenticated: UpdateRule = {
  requirement: 'roster.authenticated',
  judge({ token }, { demand }) {
    if (token === undefined) throw doesNotSpeakOf('the tokens of callbacks are not checked');
    if (token.verdict === 'unknown') throw new CouldNotRun(token.reason);
    const problem = token.verdict === 'invalid' ? token.reason : '';
    demand(problem === '', 'Authorization: Bearer with a valid token of the configured issuer', problem);
  },
};

const method: UpdateRule = {
  requirement: 'roster.method',
  judge: ({ delivery }, { expect }) => expect(delivery.method, 'the method of the update').toBe('POST'),
};

const contentType: UpdateRule = {
  requirement: 'roster.content-type',
  judge: ({ delivery }, { expect }) =>
    expect(delivery.headers['content-type'], 'the Content-Type of the update').toMatch(
      /^application\/(.+\+)?json\s*(;|$)/i,
      'to be a JSON media type',
    ),
};

const json: UpdateRule = {
  requirement: 'roster.json',
  judge({ delivery: { jsonProblem = '' } }, { demand }) {
    demand(jsonProblem === '', 'an update that is JSON', jsonProblem);
  },
};

const changeTypeCase: UpdateRule = {
  requirement: 'roster.change-type-case',
  judge(seen, { expect }) {
    needsRoster(seen);
    const problems = problemsOfDelivery(seen.delivery);
    if (problems.some(({ requirement }) => requirement === 'roster.change-type')) {
      throw new CouldNotRun('the update has not the changeType updated (see roster.change-type)');
    }
    expect(problems).toSatisfy('roster.change-type-case', 'changeType in lower case');
  },
};

const resourceOfCall: UpdateRule = {
  requirement: 'roster.resource',
  caseOf: ({ call }) => (call.isLeg ? 'names-the-call-of-each-leg-at-the-callback-of-that-leg' : undefined),
  judge({ delivery, call }, { expect }) {
    const resources = rosterResources(delivery.json);
    if (resources.length === 0) throw new CouldNotRun('the update names no resource (see roster.envelope)');
    for (const { callId } of resources) expect(callId, 'the call in resourceUrl').toBeSameId(call.id);
  },
};

/** By what they are about, for the suites. */
export const updateRules = {
  callback,
  authenticated,
  method,
  contentType,
  json,
  envelope: keeping('roster.envelope', 'a commsNotifications envelope with commsNotification items', needsJson),
  changeType: keeping('roster.change-type', 'changeType updated', needsRoster),
  changeTypeCase,
  resource: keeping('roster.resource', 'resourceUrl /communications/calls/{id}/participants', needsRoster),
  resourceOfCall,
  participant: keeping(
    'roster.participant',
    'participants with id, isMuted, isInLobby and sound mediaStreams',
    needsParticipants,
  ),
  participantInfo: keeping('roster.participant-info', 'participants with info.identity', needsParticipants),
} as const satisfies Readonly<Record<string, UpdateRule>>;
