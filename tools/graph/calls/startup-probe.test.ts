import { describe, expect, it, vi } from 'vitest';
import { type StartupProfile, StartupProbe } from './startup-probe.ts';

const profile: StartupProfile = {
  establishedBy: 'notification',
  readNamesOwn: false,
  sendsFirstRoster: true,
  joinsMuted: false,
};

describe('StartupProbe', () => {
  it('watches the first call, and lets the others wait for it', async () => {
    const startup = new StartupProbe();
    expect(startup.profile).toBeUndefined();
    const watch = vi.fn(() => Promise.resolve(profile));
    expect(await Promise.all([startup.run(watch), startup.run(watch)])).toEqual([
      { profile, first: true },
      { profile, first: false },
    ]);
    expect(watch).toHaveBeenCalledTimes(1);
    expect(startup.profile).toBe(profile);
  });

  it('watches the next call when the first one comes to nothing', async () => {
    const startup = new StartupProbe();
    const first = startup.run(() => Promise.reject(new Error('ended by itself')));
    const next = startup.run(() => Promise.resolve(profile));
    await expect(first).rejects.toThrow('ended by itself');
    expect(await next).toEqual({ profile, first: true });
  });
});
