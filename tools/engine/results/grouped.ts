/** At least one. */
export type NonEmpty<Item> = [Item, ...Item[]];

/** The items that share a key, by key, in the order of their first appearance. */
export function grouped<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Map<string, NonEmpty<Item>> {
  const groups = new Map<string, NonEmpty<Item>>();
  for (const item of items) {
    const key = keyOf(item);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [item]);
    else own.push(item);
  }
  return groups;
}
