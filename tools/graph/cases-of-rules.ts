/** Cases of promises that are rules: judged by what others have shown, else by what they ask for themselves. */
import type { RequirementId } from '../../specs/generated/requirement-ids.ts';
import type { Delivery } from '../engine/callback/delivery.ts';
import type { CaseBody, LookingCase } from '../engine/cases/suite.ts';
import type { CallUnderTest } from './calls/call.ts';
import type { CaseContext } from './context.ts';
import { watchedMute } from './experiments/watched-mute.ts';
import { type MistakenMute, mistakeIn } from './mistaken-mute.ts';
import { tokenIn } from './mute-request.ts';
import { controlOn, given } from './premises.ts';
import { refused } from './refused.ts';
import type { MuteAnswered } from './rules/answer-rules.ts';
import { afterMute } from './rules/mute-observer.ts';
import type { MistakeAnswered, MuteRefused } from './rules/refusal-rules.ts';
import type { Rule } from './rules/rule.ts';
import { answerSeen, updateSeen } from './rules/seen.ts';
import type { RosterUpdate } from './rules/update-rules.ts';

type Case = LookingCase<CaseContext>;

/** Where a case differs from others of its kind. */
export interface CaseOfRule {
  /** Whether the rule tells which answers or updates this case is about. */
  readonly isNamed?: boolean;
  /** What else these are. */
  readonly about?: string;
  /** What it asks for itself, in place of a mute of a group call. */
  readonly ask?: CaseBody<CaseContext>;
}

/** A valid mute of a group call is answered as the rule says. */
export function answersSatisfy(
  rule: Rule<MuteAnswered>,
  { isNamed, about, ask = askForAnswer(rule) }: CaseOfRule = {},
): Case {
  return {
    looksAt: 'answers',
    body: async (context) => {
      if (!context.judgedByOthers([rule], { things: 'answers', isNamed, about })) await ask(context);
    },
  };
}

function askForAnswer(rule: Rule<MuteAnswered>): CaseBody<CaseContext> {
  return async (context) => {
    const { groupCall } = context;
    rule.judge(answerSeen(groupCall, await given(groupCall.mute())), context);
  };
}

/** A mute that is to be refused. */
export interface MuteToRefuse {
  /** What is wrong with it, in words that can begin a sentence. */
  readonly mistake: string;
  /** What says how the mistake is to be answered. */
  readonly requirement: RequirementId;
  readonly mute: (context: CaseContext) => MistakenMute;
}

/** It is refused as the rule says. */
export function refusalSatisfies(rule: Rule<MuteRefused>, { mistake, requirement, mute }: MuteToRefuse): Case {
  return {
    looksAt: mistake,
    body: async (context) => {
      const mistaken = mute(context);
      const { token } = context.target;
      const about = mistakeIn(mistaken, context.target);
      if (context.judgedByOthers([rule], { things: 'refusals', about })) return;
      const answer = await refused(context.muteMistakenly(mistaken), mistake, requirement);
      rule.judge({ answer, token: tokenIn(mistaken.authorization ?? null) ?? token }, context);
      await controlOn(context.groupCall);
    },
  };
}

/**
 * A mistake is answered as the rule says.
 * @param mistake what is wrong, in words
 */
export function mistakeSatisfies(
  rule: Rule<MistakeAnswered>,
  mistake: string,
  mute: MuteToRefuse['mute'],
  ask: (context: CaseContext, mistaken: MistakenMute) => Promise<void>,
): Case {
  return {
    looksAt: mistake,
    body: async (context) => {
      const mistaken = mute(context);
      const about = mistakeIn(mistaken, context.target);
      if (!context.judgedByOthers([rule], { things: 'answers', about })) await ask(context, mistaken);
    },
  };
}

/**
 * The roster updates on a mute are as the rules say.
 * @param updatesOf those of a call that have what the rules speak of
 */
export function updatesSatisfy(
  rules: readonly Rule<RosterUpdate>[],
  updatesOf: (call: CallUnderTest) => Promise<Delivery[]>,
  { isNamed }: Pick<CaseOfRule, 'isNamed'> = {},
): Case {
  return {
    looksAt: 'updates',
    body: async (context) => {
      if (context.judgedByOthers(rules, { things: 'updates', isNamed, about: afterMute })) return;
      const call = await mutedCall(context);
      for (const update of await updatesOf(call)) {
        for (const rule of rules) rule.judge(updateSeen(call, update), context);
      }
    },
  };
}

/**
 * A call that was muted: where others have waited for what comes of that already, no case waits for it once more.
 * @throws CouldNotRun when they have waited in vain, or the mute does not succeed
 */
async function mutedCall(context: CaseContext): Promise<CallUnderTest> {
  const watched = await watchedMute.ifDone(context);
  if (watched !== undefined) return (await watched.updates()).call;
  await given(context.groupCall.mute());
  return context.groupCall;
}
