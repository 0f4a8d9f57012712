/** What is promised of a mute that changed something: that it is announced. */
import { shown } from '../../engine/cases/expect.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import type { Rule } from './rule.ts';

/** A mute that changed the call, and what came to the callback since. */
export interface ChangeAnnounced {
  /** Roster updates, or what may be meant as such. */
  readonly updates: number;
  /** How they report the own participant, one after another. */
  readonly ownMuted: readonly unknown[];
  /** How long was waited. */
  readonly withinMs: number;
}

/** A flood reports it again and again. */
const shownReports = 5;

type ChangeRule = Rule<ChangeAnnounced>;

const delivered: ChangeRule = {
  requirement: 'roster.delivered',
  judge: ({ updates, withinMs }, { demand }) =>
    demand(updates > 0, `a roster update at the callback within ${withinMs} ms of the mute`, 'none came'),
};

const selfMuted: ChangeRule = {
  requirement: 'roster.self-muted',
  judge({ updates, ownMuted, withinMs }, { demand }) {
    if (updates === 0) throw new CouldNotRun('no update came (see roster.delivered)');
    const reports = ownMuted
      .slice(0, shownReports)
      .map((isMuted) => shown(isMuted, 40))
      .join(', then ');
    demand(
      ownMuted.includes(true),
      `an update within ${withinMs} ms that has the application’s own participant with isMuted true`,
      reports === '' ? 'no update has it' : `it is reported with isMuted ${reports}`,
    );
  },
};

/** By what they are about. */
export const changeRules = { delivered, selfMuted } as const satisfies Readonly<Record<string, ChangeRule>>;
