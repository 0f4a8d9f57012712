/**
 * Says which steps of the gate a change needs: those whose paths it touches. A branch is compared with the commit
 * CI_BASE, or else with the merge base of origin's main branch. On the main branch itself, without history, and with
 * CI_EVERYTHING=1, every step is needed: how many commits a push has cannot be told from a clone.
 * usage: steps.mjs; prints `run STEP` or `skip STEP: why` for each step that depends on paths
 */
import { spawnSync } from 'node:child_process';

/** Beside what every step needs: how it is run, and with which packages. */
const always = /^(\.ci\/|package(-lock)?\.json$|vitest\.config\.ts$|tsconfig.*\.json$|tools\/dev\/build\.mjs$)/;

/** What a run of the command line is made of. */
const runs = /^(suites|specs|tools\/(engine|graph|api|cli|reports|dev\/testing))\//;

/** What each step looks at. A step that is not named here looks at everything. */
const steps = {
  mutants: /^(suites|specs|tools\/(emulator|engine|graph|api\/run|dev\/(mutants|testing)))\//,
  'hostile targets': runs,
  'hostile floods': runs,
  'browser tests': /^(specs|tools\/(reports|engine\/(results|catalogue)|dev\/testing))\//,
  'the package': /^(CHANGELOG\.md$|docs\/|specs\/|tools\/(api|cli|dev\/delivery)\/)/,
  'real clients and peers': /^(specs|tools\/(emulator|reports|api|dev\/(interoperation|testing)))\//,
};

/** The lines that git prints; undefined when it fails. */
function git(...words) {
  const { status, stdout } = spawnSync('git', words, { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n').filter(Boolean) : undefined;
}

function baseCommit() {
  if (process.env.CI_BASE) return git('rev-parse', '--verify', '--quiet', `${process.env.CI_BASE}^{commit}`)?.[0];
  const [head] = git('rev-parse', '--verify', '--quiet', 'HEAD') ?? [];
  const [merge] = git('merge-base', 'HEAD', 'origin/HEAD') ?? git('merge-base', 'HEAD', 'origin/main') ?? [];
  return merge === head ? undefined : merge;
}

const base = process.env.CI_EVERYTHING === '1' ? undefined : baseCommit();
const committed = base && git('diff', '--name-only', '--no-renames', base);
const added = base && git('ls-files', '--others', '--exclude-standard');
const changed = committed && added && [...committed, ...added];
const isForAll = changed?.some((file) => always.test(file));
for (const [step, paths] of Object.entries(steps)) {
  const isNeeded = changed === undefined || isForAll || changed.some((file) => paths.test(file));
  const why = `nothing that it looks at has changed since ${base?.slice(0, 12)}; CI_EVERYTHING=1 runs it`;
  process.stdout.write(isNeeded ? `run ${step}\n` : `skip ${step}: ${why}\n`);
}
