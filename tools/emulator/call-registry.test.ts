import { describe, expect, it } from 'vitest';
import type { Call, Participant } from './call.ts';
import { CallRegistry } from './call-registry.ts';

function add(registry: CallRegistry, id: string, threadId?: string): Call {
  const self: Participant = { id: `of ${id}`, identity: {}, sourceId: '1', muted: false };
  const call: Call = {
    id,
    kind: threadId === undefined ? 'targets' : 'meeting',
    callChainId: id,
    callbackUri: undefined,
    roster: registry.rosterOf(threadId),
    self,
    described: {},
    operations: new Map(),
    delta: undefined,
    state: 'established',
  };
  registry.add(call);
  return call;
}

describe('CallRegistry', () => {
  it('finds calls without regard to case, ended ones too', () => {
    const registry = new CallRegistry();
    const call = add(registry, 'Ab-1');
    expect(registry.find('aB-1')).toBe(call);
    registry.end(call);
    expect(registry.find('AB-1')?.state).toBe('terminated');
    expect([registry.live(), registry.liveCount]).toEqual([[], 0]);
  });

  it('forgets the oldest of very many ended calls and no live one', () => {
    const registry = new CallRegistry();
    const live = add(registry, 'live');
    for (let n = 0; n < 210; n += 1) registry.end(add(registry, `ended-${n}`));
    expect([registry.find('ended-0'), registry.find('ended-9')]).toEqual([undefined, undefined]);
    expect(registry.find('ended-10')?.id).toBe('ended-10');
    expect(registry.live()).toEqual([live]);
    expect(registry.liveCount).toBe(1);
  });

  it('shares the roster of a meeting between its legs for as long as one is there', () => {
    const registry = new CallRegistry();
    const [one, other] = [add(registry, 'one', '19:a'), add(registry, 'other', '19:a')];
    expect(add(registry, 'elsewhere', '19:b').roster).not.toBe(one.roster);
    expect(one.roster).toBe(other.roster);
    registry.end(one);
    expect(other.roster.participants).toEqual([other.self]);
    registry.end(other);
    expect(registry.rosterOf('19:a')).not.toBe(one.roster);
  });
});
