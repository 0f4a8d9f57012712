import { isMap, parseDocument } from 'yaml';
import type { components } from '../../../specs/generated/ratchet.ts';
import { schemaFileValidator } from '../catalogue/json-schema.ts';
import { readYaml } from '../catalogue/schema-file.ts';
import { type Figures, figuresOf } from './ratchet.ts';
import type { Results } from './results.ts';

type RatchetFile = components['schemas']['ratchet'];

/**
 * Reads a ratchet file.
 * @returns the figures by the name of the target
 * @throws ConfigurationError when it is not YAML, or against specs/ratchet.schema.json (naming path and line)
 */
export function readRatchet(text: string, file: string): ReadonlyMap<string, Figures> {
  const validator = schemaFileValidator<RatchetFile>('ratchet.schema.json');
  return new Map(Object.entries(readYaml(text, { file, validator }).targets ?? {}));
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
