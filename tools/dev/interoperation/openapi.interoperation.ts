/** The fragment in the hands of other people's tools: it bundles, and renders as a page. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fragment } from './prism.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'call-mute-interoperation-'));
afterAll(() => rmSync(folder, { recursive: true }));

function redocly(words: readonly string[]): void {
  const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
  const { status, stderr } = spawnSync(process.execPath, [cli, ...words], {
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  expect(status, stderr).toBe(0);
}

describe('the fragment', () => {
  it('bundles to one document with the same operations', () => {
    const bundle = path.join(folder, 'bundle.json');
    redocly(['bundle', fragment, '--output', bundle]);
    const { openapi, paths } = JSON.parse(readFileSync(bundle, 'utf8')) as { openapi: string; paths: object };
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/communications/calls/{call-id}/mute', '/app/calls/{call-id}/mute']),
    );
  });

  it('renders as a page that needs nothing from elsewhere', () => {
    const page = path.join(folder, 'index.html');
    redocly(['build-docs', fragment, '--inlineBundle', '--output', page]);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('The application mutes itself in a group call.');
    expect(html).not.toMatch(/<script[^>]+src=/);
  });
});
