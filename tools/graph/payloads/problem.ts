import { requirementLevels, type RequirementId } from '../../../specs/generated/requirement-ids.ts';
import { pointerSegments } from '../../engine/catalogue/json-pointer.ts';
import { describeValue } from '../../engine/catalogue/json-value.ts';

/** One promise that a payload does not keep. */
export interface Problem {
  readonly requirement: RequirementId;
  readonly level: 'must' | 'should' | 'may';
  /** JSON pointer (RFC 6901) from the root of the payload; of what is missing, to where it belongs. */
  readonly pointer: string;
  /** Expectation and finding in one sentence. */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
}

/** What a payload should be at some place, and which promise says so. */
export interface Expectation {
  readonly requirement: RequirementId;
  /** Completes "must be …". */
  readonly expected: string;
}

/** The problem that something is not as expected. */
export function problemAt(pointer: string, { requirement, expected }: Expectation, found: unknown): Problem {
  const level = requirementLevels[requirement];
  const actual = describeValue(found);
  const message = `${subjectOf(pointer)} ${level === 'must' ? 'must' : 'should'} be ${expected}, and is ${actual}`;
  return { requirement, level, pointer, message, expected, actual };
}

function subjectOf(pointer: string): string {
  const name = pointerSegments(pointer).at(-1);
  if (name === undefined) return 'the payload';
  return /^\d+$/.test(name) ? `item ${name}` : name;
}
