import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { checkListenAddress } from '../../engine/callback/callback-receiver.ts';
import type { Target } from '../../engine/target/target.ts';

/**
 * Sees to it before anything is sent that every target's callbacks can be listened for.
 * @throws ConfigurationError when an address is taken or not of this machine, or when two targets have the same
 */
export async function checkCallbacks(targets: readonly Pick<Target, 'name' | 'callback'>[]): Promise<void> {
  const takenBy = new Map<string, string>();
  for (const { name, callback } of targets) {
    const { host, port } = callback;
    if (port !== 0) {
      const address = `${host}:${port}`;
      const other = takenBy.get(address);
      if (other !== undefined) {
        throw new ConfigurationError(
          `${other} and ${name} are to be called back at the same address ${address}; give each a port of its own (callback.listen), or run them one after another.`,
        );
      }
      takenBy.set(address, name);
    }
    await checkListenAddress({ host, port });
  }
}
