import { describe, expect, it } from 'vitest';
import { measure } from './measured-process.ts';

describe('a measured process', () => {
  it('is known by its end, by what it said, and by how long it took', async () => {
    const program = "console.log('out'); console.error('err'); setTimeout(() => process.exit(3), 100)";
    const measured = await measure([process.execPath, '-e', program]);
    expect(measured).toMatchObject({ exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
    expect(measured.wallMs).toBeGreaterThan(100);
  });

  it('is ended when it takes too long', async () => {
    const { exitCode } = await measure([process.execPath, '-e', 'setInterval(() => {}, 1000)'], { timeoutMs: 300 });
    expect(exitCode).not.toBe(0);
  });
});
