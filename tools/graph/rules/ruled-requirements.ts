import { answerRules } from './answer-rules.ts';
import { changeRules } from './change-rules.ts';
import { echoRules } from './echo-rules.ts';
import { headerRules } from './header-rules.ts';
import { operationRules } from './operation-rules.ts';
import { owedRefusalRules } from './owed-refusal.ts';
import { mistakeRules, refusalRules } from './refusal-rules.ts';
import { updateRules } from './update-rules.ts';

/** The promises that a run judges by all that it sees: the verdicts of their cases stand when it has ended. */
export const ruledRequirements: ReadonlySet<string> = new Set(
  [
    answerRules,
    echoRules,
    headerRules,
    operationRules,
    mistakeRules,
    owedRefusalRules,
    refusalRules,
    updateRules,
    changeRules,
  ].flatMap((rules) => Object.values<{ readonly requirement: string }>(rules).map(({ requirement }) => requirement)),
);
