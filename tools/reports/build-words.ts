import type { Results } from '../engine/results/results.ts';
import { printableLine, shortened } from './printable.ts';

type Build = Pick<Results['target'], 'version' | 'commit'>;

/** Which build was tested: `2.4.1, commit 0a1b2c3d4e5f`; undefined where nobody said. */
export function buildWords({ version, commit }: Build): string | undefined {
  const words = [
    ...(version === undefined ? [] : [shortened(printableLine(version), 80)]),
    ...(commit === undefined ? [] : [`commit ${shortCommit(commit)}`]),
  ];
  return words.length === 0 ? undefined : words.join(', ');
}

/** A hash as far as people write it; what is no hash stays as it is. */
function shortCommit(commit: string): string {
  return /^[0-9a-f]{40,64}$/i.test(commit) ? commit.slice(0, 12) : shortened(printableLine(commit), 80);
}
