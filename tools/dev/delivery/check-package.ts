/**
 * Packs the package, installs it as a user would, and tries it with every supported version of Node.
 * usage: check-package.js [COUNTS.json]
 */
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import { type PackageFinding, packageFinding, findingsTable } from './package-finding.ts';
import { install, installationProblems, installVitestBeside } from './installation.ts';
import { nodeVersion } from './node-versions.ts';
import { pack, tarballProblems } from './tarball.ts';
import { compileAgainst, compileVitestAgainst } from './types.ts';
import { readOnlyUsage, usage, vitestUsage } from './usage.ts';

/** The oldest that package.json allows, and the newest of each line. */
const nodeVersions = ['20.19.0', '22', '24'];

function demandNone(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

async function check(scratch: string): Promise<PackageFinding[]> {
  const findings: PackageFinding[] = [];
  const found = async (one: PackageFinding | Promise<PackageFinding>) => {
    const settled = await one;
    findings.push(settled);
    process.stderr.write(`${settled.problem === undefined ? 'ok    ' : 'FAILED'} ${settled.node} ${settled.what}\n`);
    return settled.problem === undefined;
  };
  const folder = path.join(scratch, 'an empty folder');
  let file = '';
  const packed = await found(
    packageFinding('', 'npm pack', async () => {
      // It was compiled before this was started; compiling it anew would take it from whatever else runs by now.
      const tarball = await pack(packageRoot, scratch, ['--ignore-scripts']);
      ({ file } = tarball);
      demandNone(tarballProblems(tarball));
    }),
  );
  if (!packed && file === '') return findings;
  const installed = await found(
    packageFinding('', 'npm install, without a word', async () => {
      demandNone(await install(file, folder));
      demandNone(installationProblems(folder));
    }),
  );
  if (!installed) return findings;
  await found(packageFinding('', 'types', () => compileAgainst(folder, packageRoot)));
  const hasVitest = await found(
    packageFinding('', 'npm install vitest, and types with it', async () => {
      await installVitestBeside(folder, packageRoot);
      await compileVitestAgainst(folder, packageRoot);
    }),
  );
  for (const range of nodeVersions) {
    let own: Awaited<ReturnType<typeof nodeVersion>> | undefined;
    await found(
      packageFinding(range, 'node', async () => {
        own = await nodeVersion(range, scratch);
      }),
    );
    if (own === undefined) continue;
    for (const one of await usage(folder, own)) await found(one);
    if (hasVitest) await found(vitestUsage(folder, own));
    // The last one: nothing can be written afterwards.
    if (range === nodeVersions.at(-1)) await found(readOnlyUsage(folder, own));
  }
  return findings;
}

const scratch = mkdtempSync(path.join(tmpdir(), 'call-mute package '));
chmodSync(scratch, 0o755);
try {
  const findings = await check(scratch);
  process.stdout.write(`\n${findingsTable(findings)}`);
  const failed = findings.filter(({ problem }) => problem !== undefined).length;
  const [counts] = process.argv.slice(2);
  if (counts !== undefined) writeFileSync(counts, JSON.stringify({ passed: findings.length - failed, failed }));
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  await rm(scratch, { recursive: true, force: true });
}
