/**
 * What programs may use of the suite: `import … from 'call-mute-conformance'`. Everything that is not here is free to
 * change (docs/compatibility.md). Nothing here prints, ends the process or listens to its signals, and what is heavy
 * is loaded by the first call that needs it.
 */
export { ConfigurationError } from '../engine/catalogue/errors.ts';
export type { JudgeOptions, PayloadKind, Problem } from '../graph/payloads/judge.ts';
export { judge } from '../graph/payloads/judge.ts';
export { loadResults } from '../engine/results/load-results.ts';
export type { CaseResult, Exchange, RequirementResult, Results, Verdict } from '../engine/results/results.ts';
export type { TargetFile as TargetDescription } from '../engine/target/target.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
export { run, type RunOptions } from './run.ts';
export { type RunVerdict, verdictOf } from './verdict-of.ts';
