import { afterEach, describe, expect, it } from 'vitest';
import { withoutProcessListeners } from './process-listeners.ts';

const own = () => undefined;
afterEach(() => {
  process.removeListener('SIGTERM', own);
});

describe('withoutProcessListeners', () => {
  it('takes away what was added meanwhile, and nothing else', () => {
    process.on('SIGTERM', own);
    const before = process.rawListeners('SIGTERM');
    const returned = withoutProcessListeners(() => {
      process.once('SIGTERM', () => undefined);
      process.on('SIGINT', () => undefined);
      return 'made';
    });
    expect(returned).toBe('made');
    expect(process.rawListeners('SIGTERM')).toEqual(before);
    expect(process.listenerCount('SIGINT')).toBe(0);
  });

  it('does so, too, when nothing could be made', () => {
    const count = process.listenerCount('unhandledRejection');
    expect(() =>
      withoutProcessListeners(() => {
        process.on('unhandledRejection', () => undefined);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(process.listenerCount('unhandledRejection')).toBe(count);
  });
});
