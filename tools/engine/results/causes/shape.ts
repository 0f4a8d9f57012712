import type { FaultSignature } from '../../catalogue/fault-signatures.ts';

/** What a case shows that does not hold: it failed or warned, or it could not be judged. */
export type Sign = 'violated' | 'unjudged';

/**
 * A form in which a known defect may be met: as it was seen, or the same on one path only, or on both although it was
 * seen on one.
 */
export interface Shape {
  readonly fault: FaultSignature;
  /** How much of it the defect itself has shown: on one path only it is a part, on a path that it spared nothing. */
  readonly seen: 'whole' | 'part' | 'never';
  readonly signs: ReadonlyMap<string, Sign>;
  /** The same for all that show the same signs. */
  readonly look: string;
}

const onApp = '@app';

/** The id that a case has on /communications. */
export function withoutPath(id: string): string {
  return id.endsWith(onApp) ? id.slice(0, -onApp.length) : id;
}

/** The forms of a known defect, as it was seen first; those that are alike only once. */
export function shapesOf(fault: FaultSignature): Shape[] {
  const seen = new Map<string, Sign>([
    ...fault.violated.map((id) => [id, 'violated'] as const),
    ...fault.unjudged.map((id) => [id, 'unjudged'] as const),
  ]);
  const oneEach = new Map([...seen].map(([id, sign]) => [withoutPath(id), sign]));
  const here = new Map(oneEach);
  const there = new Map([...oneEach].map(([id, sign]) => [`${id}${onApp}`, sign]));
  const shapes = new Map<string, Shape>();
  for (const signs of [seen, new Map([...here, ...there]), here, there]) {
    const look = [...signs]
      .map(([id, sign]) => `${id} ${sign}`)
      .toSorted()
      .join();
    if (shapes.has(look)) continue;
    const isSeen = [...signs].every(([id, sign]) => seen.get(id) === sign);
    shapes.set(look, { fault, seen: signs === seen ? 'whole' : isSeen ? 'part' : 'never', signs, look });
  }
  return [...shapes.values()];
}
