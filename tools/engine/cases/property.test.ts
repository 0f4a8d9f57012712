import { expect, it } from 'vitest';
import { CouldNotRun } from '../target/could-not-run.ts';
import { Expectations } from '../../graph/expectations.ts';
import { expectForAnyPrintable } from './property.ts';

const { demand } = new Expectations({ checked: [] });

it('tries the same strings for the same seed', async () => {
  const tried = async (seed: number): Promise<string[]> => {
    const texts: string[] = [];
    await expectForAnyPrintable(seed, async (text) => {
      texts.push(text);
    });
    return texts;
  };
  expect(await tried(7)).toEqual(await tried(7));
  expect(await tried(7)).not.toEqual(await tried(8));
});

it('shrinks to the shortest string that shows the failure, and says the seed', async () => {
  const failing = expectForAnyPrintable(7, async (text) =>
    demand(text.length < 3, 'fewer than three characters', `${text} has more`),
  );
  await expect(failing).rejects.toMatchObject({
    expectation: 'fewer than three characters',
    actual: expect.stringMatching(/shortest counterexample ".{3,6}" \(seed 7, shrunk \d+ times\)/),
  });
});

it('passes on what is no broken expectation, and asks no more', async () => {
  let asked = 0;
  const failing = expectForAnyPrintable(7, async () => {
    asked += 1;
    throw new CouldNotRun('no call');
  });
  await expect(failing).rejects.toBeInstanceOf(CouldNotRun);
  expect(asked).toBe(1);
});
