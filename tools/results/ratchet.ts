import { isMap, parseDocument } from 'yaml';
import type { components } from '../../specs/generated/ratchet.ts';
import { schemaFileValidator } from '../contract/json-schema.ts';
import { readYaml } from '../contract/schema-file.ts';
import type { Results, Summary } from './results.ts';

type RatchetFile = components['schemas']['ratchet'];

/** The best figures of one target so far, as shares between 0 and 1. */
export type Figures = components['schemas']['figures'];

/** What the file keeps of a share: six digits, rounded so that a run never breaks what it has written itself. */
const digits = 1_000_000;

/** The figures of a run as the ratchet keeps them. */
export function figuresOf({ divergence, coverage }: Pick<Summary, 'divergence' | 'coverage'>): Figures {
  // What a floating-point share misses of the digit above or below is not to become a whole digit.
  return {
    divergence: Math.ceil(Number((divergence * digits).toFixed(3))) / digits,
    coverage: Math.floor(Number((coverage * digits).toFixed(3))) / digits,
  };
}

/**
 * Reads a ratchet file.
 * @returns the figures by the name of the target
 * @throws ConfigurationError when it is no YAML, or against specs/ratchet.schema.json (naming path and line)
 */
export function readRatchet(text: string, file: string): ReadonlyMap<string, Figures> {
  const validator = schemaFileValidator<RatchetFile>('ratchet.schema.json');
  return new Map(Object.entries(readYaml(text, { file, validator }).targets ?? {}));
}

/**
 * What a run breaks of the ratchet: divergence may only fall, coverage only rise.
 * @returns one sentence for each; none when the target has no figures yet
 */
export function brokenRatchets({ target, summary }: Results, kept: ReadonlyMap<string, Figures>): string[] {
  const best = kept.get(target.name);
  if (best === undefined) return [];
  const now = figuresOf(summary);
  const worse = (name: string, direction: string, from: number, to: number) =>
    `ratchet: ${name} of ${target.name} ${direction} from ${from} to ${to}`;
  return [
    ...(now.divergence > best.divergence ? [worse('divergence', 'rose', best.divergence, now.divergence)] : []),
    ...(now.coverage < best.coverage ? [worse('coverage', 'fell', best.coverage, now.coverage)] : []),
  ];
}

const firstText = `# The best figures of each target. \`run --ratchet\` fails when one gets worse.
targets: {}
`;

/**
 * The ratchet file with the figures of runs in it, where they are new or better; comments stay.
 * @param text as it is; undefined when there is no file yet
 * @param results whole runs: those of a part say nothing of the whole
 * @returns the text as it was when there is nothing to tighten
 */
export function tightenedRatchet(text: string | undefined, results: readonly Results[]): string {
  const document = parseDocument((text ?? firstText).replace(/^\uFEFF/, ''));
  let changed = text === undefined;
  for (const { target, summary } of results) {
    const now = figuresOf(summary);
    for (const name of ['divergence', 'coverage'] as const) {
      const kept: unknown = document.getIn(['targets', target.name, name]);
      const isBetter = typeof kept !== 'number' || (name === 'divergence' ? now[name] < kept : now[name] > kept);
      if (!isBetter) continue;
      if (!isMap(document.get('targets'))) document.set('targets', document.createNode({}));
      const targets = document.get('targets');
      if (isMap(targets)) targets.flow = false;
      document.setIn(['targets', target.name, name], now[name]);
      changed = true;
    }
  }
  return changed ? document.toString({ lineWidth: 0 }) : (text ?? firstText);
}
