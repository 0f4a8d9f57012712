/** What the doctor found out in one step. */
export interface DoctorFinding {
  readonly step: string;
  /** ok: as it should be; problem: the suites cannot run as they should; note: worth knowing, nothing to mend. */
  readonly state: 'ok' | 'problem' | 'note';
  readonly detail: string;
  /** For a problem: the one thing to try first. */
  readonly fix?: string;
}

export function ok(step: string, detail: string): DoctorFinding {
  return { step, state: 'ok', detail };
}

export function note(step: string, detail: string): DoctorFinding {
  return { step, state: 'note', detail };
}

export function problem(step: string, detail: string, fix: string): DoctorFinding {
  return { step, state: 'problem', detail, fix };
}
