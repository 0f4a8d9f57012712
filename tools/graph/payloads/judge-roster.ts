import { isObject } from '../../engine/catalogue/json-value.ts';
import { judgeParticipant } from './judge-participant.ts';
import { judgeBySchema, type JudgeOptions, type SchemaRules } from './judge-schema.ts';
import type { Expectation, Problem } from './problem.ts';
import { deltasIn, participantsIn } from './roster.ts';

/** How many problems of one roster are told at most. */
const problemLimit = 100;

function rosterMust(expected: string): Expectation {
  return { requirement: 'roster.participant', expected };
}

const deltaParticipants: SchemaRules = {
  schema: 'deltaParticipants',
  whole: rosterMust('a deltaParticipants'),
  members: {
    '@odata.type': rosterMust('#microsoft.graph.deltaParticipants, with or without the #'),
    participants: rosterMust('an array of participants'),
    sequenceNumber: { requirement: 'roster.delta', expected: 'an integer' },
  },
};

/**
 * Judges what a roster update carries: a participant or a collection of them, bare or inside deltaParticipants.
 * @param data any JSON value; what is neither object nor array is no roster, which is for the envelope to say
 * @param pointer where it is in the payload
 */
export function judgeRoster(data: unknown, pointer: string, options: JudgeOptions): Problem[] {
  if (!Array.isArray(data) && !isObject(data)) return [];
  const problems: Problem[] = [];
  for (const { pointer: place, value } of deltasIn(data, pointer)) {
    if (problems.length >= problemLimit) break;
    problems.push(...judgeDelta(value, place, options));
  }
  for (const { pointer: place, value } of participantsIn(data, pointer)) {
    if (problems.length >= problemLimit) break;
    problems.push(...judgeParticipant(value, place, options));
  }
  return problems;
}

function judgeDelta(delta: Record<string, unknown>, pointer: string, options: JudgeOptions): Problem[] {
  const { participants } = delta;
  // Each participant is judged by itself; a hostile target may send millions.
  const shown = Array.isArray(participants) ? { ...delta, participants: [] } : delta;
  return judgeBySchema(shown, deltaParticipants, pointer, options);
}
