import { ExpectationFailure, shown } from './expect.ts';

/** How many strings a run tries: each is a request. */
const runs = 12;

/**
 * Puts an expectation to random printable ASCII strings of up to 256 characters. A string for which it does not hold
 * is shrunk to the shortest that shows it.
 * @param seed what the strings derive from, so that a run can be repeated
 * @throws ExpectationFailure with the counterexample and the seed; anything else that the body throws, as it is
 */
export async function expectForAnyPrintable(seed: number, holds: (text: string) => Promise<void>): Promise<void> {
  const { asyncProperty, check, string } = await import('fast-check');
  let other: { error: unknown } | undefined;
  const property = asyncProperty(string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 256 }), async (text) => {
    // What is no broken expectation cannot be shrunk, and must not be asked again and again.
    if (other !== undefined) throw other.error;
    try {
      await holds(text);
    } catch (error) {
      if (!(error instanceof ExpectationFailure)) other = { error };
      throw error;
    }
  });
  const details = await check(property, { seed, numRuns: runs });
  if (other !== undefined) throw (other as { error: unknown }).error;
  if (!details.failed) return;
  const { errorInstance, counterexample, numShrinks } = details;
  if (!(errorInstance instanceof ExpectationFailure)) throw errorInstance;
  const { expectation, actual, hint } = errorInstance;
  throw new ExpectationFailure(
    expectation,
    `${actual}; shortest counterexample ${shown(counterexample?.[0])} (seed ${seed}, shrunk ${numShrinks} times)`,
    hint,
  );
}
