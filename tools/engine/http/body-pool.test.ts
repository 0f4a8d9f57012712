import { describe, expect, it } from 'vitest';
import { BodyPool } from './body-pool.ts';

const free = 64 * 1024;

describe('the memory of long answers', () => {
  it('is shared by all cases, and given back when one ends', () => {
    const pool = new BodyPool(1_000);
    const [one, other] = [pool.open(), pool.open()];
    expect(one.begin().add(free + 600)).toBe(true);
    expect(other.begin().add(free + 600)).toBe(false);
    one.close();
    expect(other.begin().add(free + 600)).toBe(true);
  });

  it('counts nothing for answers of the usual length, however many', () => {
    const account = new BodyPool(1).open();
    for (let answers = 0; answers < 100; answers += 1) {
      const hold = account.begin();
      expect([hold.add(free / 2), hold.add(free / 2)]).toEqual([true, true]);
    }
  });

  it('is given back by an answer that is not kept', () => {
    const account = new BodyPool(1_000).open();
    const torn = account.begin();
    expect([torn.add(free), torn.add(900), torn.add(200)]).toEqual([true, true, false]);
    torn.drop();
    expect(account.begin().add(free + 1_000)).toBe(true);
  });

  it('is given back once only', () => {
    const pool = new BodyPool(1_000);
    const account = pool.open();
    const hold = account.begin();
    hold.add(free + 1_000);
    account.close();
    hold.drop();
    expect(hold.add(1)).toBe(false);
    expect(account.begin().add(free)).toBe(true);
    const next = pool.open().begin();
    expect([next.add(free + 1_000), next.add(1)]).toEqual([true, false]);
  });
});
