import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot, packageVersion } from '../engine/catalogue/package-root.ts';

const folder = path.join(packageRoot, 'tools/github-action');

interface Action {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: {
    readonly steps: readonly { readonly run: string; readonly env: Readonly<Record<string, string>> }[];
  };
}

describe('action.yml', () => {
  const action = parse(readFileSync(path.join(folder, 'action.yml'), 'utf8')) as Action;

  it('has the inputs and outputs that are promised', () => {
    expect(Object.keys(action.inputs)).toEqual([
      'base-url',
      'target',
      'embedded',
      'token-env',
      'known-issues',
      'strict',
      'requirement-set',
      'ratchet',
      'baseline',
      'wait',
      'report-dir',
      'args',
      'version',
    ]);
    expect(Object.keys(action.outputs)).toEqual(['verdict', 'divergence', 'coverage', 'report-dir']);
  });

  it('hands every input to the script, which reads it', () => {
    const script = readFileSync(path.join(folder, 'run.sh'), 'utf8');
    const env = action.runs.steps[0]?.env ?? {};
    for (const input of Object.keys(action.inputs)) {
      const name = `INPUT_${input.toUpperCase().replaceAll('-', '_')}`;
      expect(env[name]).toBe(`\${{ inputs.${input} }}`);
      expect(script).toContain(name);
    }
  });

  it('pins the version that it is of, and so does all that tells how to run the suite in CI', () => {
    expect(action.inputs['version']).toMatchObject({ default: packageVersion() });
    expect(readFileSync(path.join(folder, 'run.sh'), 'utf8')).toContain(`\${INPUT_VERSION:-${packageVersion()}}`);
    for (const name of ['README.md', 'docs/ci.md', 'docs/scale.md', 'docs/compatibility.md']) {
      const text = readFileSync(path.join(packageRoot, name), 'utf8');
      const versions = [
        ...text.matchAll(/npx (?:--yes )?call-mute-conformance(?:@([\d.]+\d))?/g),
        ...text.matchAll(/call-mute-conformance\/tools\/github-action(?:@v([\d.]+\d))?/g),
      ].map(([, version]) => version);
      expect([name, new Set(versions)]).toEqual([name, new Set([packageVersion()])]);
    }
  });

  it('interpolates nothing into a script', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  });
});

it('the examples of docs/ci.md are YAML', () => {
  const docs = readFileSync(path.join(packageRoot, 'docs/ci.md'), 'utf8');
  const blocks = [...docs.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = '']) => parse(text) as object);
  expect(blocks).toHaveLength(2);
  const inputs = Object.keys((parse(readFileSync(path.join(folder, 'action.yml'), 'utf8')) as Action).inputs);
  const [[step]] = blocks as [[{ with: object }]];
  expect(inputs).toEqual(expect.arrayContaining(Object.keys(step.with)));
});
