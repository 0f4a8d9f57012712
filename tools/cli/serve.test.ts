import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { EmulatorServer } from '../emulator/start.ts';
import { serve, type ServeOptions } from './serve.ts';

const run = promisify(execFile);

async function served(options: Partial<ServeOptions>): Promise<{ emulator: EmulatorServer; text: string }> {
  let text = '';
  const emulator = await serve({ port: 0, ...options }, { write: (more) => (text += more) });
  return { emulator, text };
}

/** The commands that the greeting shows, as they would be pasted. */
function commandsIn(text: string): string {
  return text
    .split('\n\n')
    .filter((paragraph) => /^(CALL=|curl )/.test(paragraph))
    .join('\n');
}

describe('serve', () => {
  it.each([false, true])('prints commands that mute a call when they are pasted (tls: %s)', async (tls) => {
    const { emulator, text } = await served({ tls });
    expect(text).toContain(`${emulator.origin}/beta\n`);
    expect(text).toContain(`${emulator.origin}/v1.0\n`);
    const { stdout } = await run('sh', ['-c', commandsIn(text)]);
    expect(stdout).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(stdout).toContain('"clientContext":"first-mute"');
    await emulator.close();
  });

  it('starts with a fault or a variant and names it', async () => {
    const withFault = await served({ fault: 'status-201' });
    expect(withFault.text).toContain('with status-201 (Answers a successful mute 201)');
    expect((await run('sh', ['-c', commandsIn(withFault.text)])).stdout).toMatch(/^HTTP\/1\.1 201 /);
    await withFault.emulator.close();
    const withVariant = await served({ variant: 'roster-delta' });
    expect(withVariant.text).toContain('with roster-delta');
    await withVariant.emulator.close();
  });

  it('starts with a fault that shows in one situation, and says so', async () => {
    const { emulator, text } = await served({ fault: 'status-201', when: 'repeated' });
    expect(text).toContain(
      'with status-201 (Answers a successful mute 201 (only with a mute of what is muted already)',
    );
    expect((await run('sh', ['-c', commandsIn(text)])).stdout).toMatch(/^HTTP\/1\.1 200 /);
    await emulator.close();
  });

  it('explains what it cannot do', async () => {
    await expect(served({ fault: 'status-20' })).rejects.toThrow('Did you mean "status-201"?');
    await expect(served({ fault: 'status-201', when: 'never' })).rejects.toThrow('no situation "never"');
    await expect(served({ rate: 0.5 })).rejects.toThrow('no fault is chosen');
    await expect(served({ fault: 'status-201', variant: 'roster-delta' })).rejects.toThrow('not both');
    const { emulator } = await served({});
    const port = Number(new URL(emulator.origin).port);
    await expect(served({ port })).rejects.toThrow(`port ${port}`);
    await emulator.close();
  });
});
