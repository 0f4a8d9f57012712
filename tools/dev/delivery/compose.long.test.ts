/** The commands of the compose example, carried out side by side on this machine in place of its network. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import { freePort } from '../testing/free-port.ts';
import { runCli, startCli } from '../testing/run-cli.ts';

interface Service {
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const { services } = parse(readFileSync(path.join(packageRoot, 'docs/examples/compose.yaml'), 'utf8')) as {
  services: Record<'emulator' | 'suite', Service>;
};

describe('the compose example', () => {
  it('tests the emulator, which calls back, each reached by the name of the other’s service', async () => {
    const [served, called] = [await freePort(), await freePort()];
    const here = (word: string) =>
      word
        .replaceAll('8080', String(served))
        .replaceAll('9000', String(called))
        .replaceAll(/\b(emulator|suite):(?=\d)/g, 'localhost:')
        .replaceAll('0.0.0.0', '127.0.0.1');
    const words = services.suite.command.map(here);
    expect(words.join(' ')).not.toBe(services.suite.command.join(' '));
    const environment = Object.fromEntries(
      Object.entries(services.suite.environment ?? {}).map(([name, value]) => [
        name,
        value.replace(/^\$\{\w+:-(.*)\}$/, '$1'),
      ]),
    );

    const emulator = startCli(services.emulator.command.map(here));
    try {
      const ended = await runCli([...words, '--suite', 'roster-notification', '--quiet'], {}, environment);
      expect(ended.exitCode, ended.stdout + ended.stderr).toBe(0);
    } finally {
      emulator.process.kill();
    }
  }, 60_000);
});
