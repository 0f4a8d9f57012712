/**
 * How two types of one resource differ, member by member, as a type: what differs inside a nested resource is told
 * with that resource.
 */

/** The members that a type names; an open type has an index signature besides. */
type Named<T> = { [K in keyof T as string extends K ? never : number extends K ? never : K]: T[K] };

/** A value without undefined, which is what an optional member adds. */
type Value<T, K extends keyof T> = Exclude<T[K], undefined>;

type IsOptional<T, K extends keyof T> = Record<never, never> extends Pick<T, K> ? true : false;

/** A resource inside another stands for all resources, so that a difference is reported where it is. */
type Shallow<T> = T extends readonly (infer Item)[] ? readonly Shallow<Item>[] : T extends object ? 'a resource' : T;

type Relation<Ours, Theirs> = [Theirs] extends [Ours]
  ? [Ours] extends [Theirs]
    ? 'same'
    : 'wider'
  : [Ours] extends [Theirs]
    ? 'narrower'
    : 'different';

type MemberRelation<Ours, Theirs, K> = K extends keyof Ours
  ? K extends keyof Theirs
    ? Relation<Shallow<Value<Ours, K>>, Shallow<Value<Theirs, K>>> extends infer Kind
      ? Kind extends 'same'
        ? IsOptional<Ours, K> extends IsOptional<Theirs, K>
          ? 'same'
          : 'required'
        : Kind
      : never
    : 'ours'
  : 'theirs';

type AllRelations<Ours, Theirs> = {
  [K in keyof Ours | keyof Theirs]: MemberRelation<Ours, Theirs, K>;
};

/**
 * For each member that is not the same here and there, in which way: `ours` and `theirs` have it alone; here it is
 * `wider` (takes what there cannot be), `narrower`, `different` (each takes what the other does not) or `required`.
 */
export type Differences<Ours, Theirs> =
  AllRelations<Named<NonNullable<Ours>>, Named<NonNullable<Theirs>>> extends infer All
    ? { [K in keyof All as All[K] extends 'same' ? never : K]: All[K] }
    : never;

/** The same with the reason of each. */
type Reasoned<AllDifferences> = {
  readonly [K in keyof AllDifferences]: readonly [kind: AllDifferences[K], reason: string];
};

/**
 * Takes a list of differences with their reasons that the compiler holds to what there is: every one, and no other.
 * @returns the list as it is
 */
export function listed<AllDifferences>() {
  return <const List extends Reasoned<AllDifferences>>(
    list: Exclude<keyof List, keyof AllDifferences> extends never ? List : never,
  ): List => list;
}
