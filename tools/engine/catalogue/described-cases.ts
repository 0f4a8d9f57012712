import { readFileSync } from 'node:fs';
import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import { specification } from './package-root.ts';

/** A request that a case sends, with placeholders for what differs from run to run: {call-id}, {guid} … */
export interface DescribedRequest {
  /** What it is for: mute, list participants … */
  readonly step: string;
  /** It must succeed for the case to say anything: the same request without what another one offends by. */
  readonly control?: true;
  readonly method: string;
  /** Path and query below the base URL. */
  readonly path: string;
  /** By lower-case name; without those that every request carries alike. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text; left out where none is sent. */
  readonly body?: string;
  /** Only the beginning of the body is here. */
  readonly cut?: true;
  /** How often it is sent, each time with a body of its own; the one here is an example. */
  readonly times?: number;
}

/** What a case puts to a target, as a run against the embedded emulator showed it. */
export interface DescribedCase {
  readonly id: string;
  readonly requirement: RequirementId;
  readonly suite: string;
  /** The end of a sentence that begins with “the target”. */
  readonly title: string;
  readonly path: '/communications' | '/app';
  /** What is created before, and deleted after: group call, peer-to-peer call … */
  readonly calls: readonly string[];
  readonly requests: readonly DescribedRequest[];
  /** What is accepted, in the order in which it is looked at. */
  readonly checked: readonly string[];
  /** Why nothing was looked at: the condition of the case does not arise on the emulator. */
  readonly unchecked?: string;
  /** The variant of the emulator that showed it, where the condition of the case does not arise otherwise. */
  readonly variant?: string;
}

let loaded: readonly DescribedCase[] | undefined;

/** Every case of the suites in the order of the suites, read once from what `npm run generate` wrote. */
export function loadDescribedCases(): readonly DescribedCase[] {
  loaded ??= (
    JSON.parse(readFileSync(specification('generated/cases.json'), 'utf8')) as { cases: readonly DescribedCase[] }
  ).cases;
  return loaded;
}
