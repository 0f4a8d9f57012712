import { describe, expect, it } from 'vitest';
import { MemoryBudget } from './memory-budget.ts';

const free = 64 * 1024;

describe('the memory of long answers', () => {
  it('is shared by all cases, and given back when one ends', () => {
    const budget = new MemoryBudget(1_000);
    const [one, other] = [budget.reserve(), budget.reserve()];
    expect(one.begin().add(free + 600)).toBe(true);
    expect(other.begin().add(free + 600)).toBe(false);
    one.close();
    expect(other.begin().add(free + 600)).toBe(true);
  });

  it('counts nothing for answers of the usual length, however many', () => {
    const reservation = new MemoryBudget(1).reserve();
    for (let answers = 0; answers < 100; answers += 1) {
      const hold = reservation.begin();
      expect([hold.add(free / 2), hold.add(free / 2)]).toEqual([true, true]);
    }
  });

  it('is given back by an answer that is not kept', () => {
    const reservation = new MemoryBudget(1_000).reserve();
    const torn = reservation.begin();
    expect([torn.add(free), torn.add(900), torn.add(200)]).toEqual([true, true, false]);
    torn.drop();
    expect(reservation.begin().add(free + 1_000)).toBe(true);
  });

  it('is given back once only', () => {
    const budget = new MemoryBudget(1_000);
    const reservation = budget.reserve();
    const hold = reservation.begin();
    hold.add(free + 1_000);
    reservation.close();
    hold.drop();
    expect(hold.add(1)).toBe(false);
    expect(reservation.begin().add(free)).toBe(true);
    const next = budget.reserve().begin();
    expect([next.add(free + 1_000), next.add(1)]).toEqual([true, false]);
  });
});
