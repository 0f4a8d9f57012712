import type { TargetFlags, TargetSource } from '../../engine/target/resolve.ts';
import type { Target } from '../../engine/target/target.ts';

/** What a run is to test: known to be right, and not yet started where it has to be. */
export interface ChosenTargets {
  /** In the order in which they come. */
  readonly names: readonly string[];
  start(): Promise<PreparedTargets>;
}

/** The targets of a run, ready to be talked to. */
export interface PreparedTargets {
  readonly targets: readonly Target[];
  /** Ends what was started for them. */
  close(): Promise<void>;
}

/** What chooses the targets of a run: nothing stands for the embedded emulator. */
export interface TargetChoice extends TargetFlags {
  readonly target?: readonly TargetSource[];
  readonly fault?: string;
  readonly rate?: number;
  readonly when?: string;
  readonly variant?: string;
  readonly seed?: number;
}

/** Whether anything says how the embedded emulator is to differ. */
export function isAboutEmulator({ fault, rate, when, variant }: TargetChoice): boolean {
  return [fault, rate, when, variant].some((said) => said !== undefined);
}
