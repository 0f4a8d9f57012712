import { describe, expect, it, vi } from 'vitest';
import { Delivery } from '../../engine/callback/delivery.ts';
import { callNoticesOf, problemsOfDelivery, rosterEntriesOf } from './delivery-readings.ts';

function delivery(json: unknown): Delivery {
  const text = JSON.stringify(json);
  return new Delivery(
    { receivedAt: 1, method: 'POST', path: '/callback', atExpectedPath: true, rawHeaders: [] },
    { text, bytes: text.length, truncated: false },
  );
}

const state = {
  resourceUrl: '/communications/calls/c',
  resourceData: { '@odata.type': '#microsoft.graph.call', state: 'established' },
};
const roster = { resourceUrl: '/communications/calls/c/participants', resourceData: [{ id: 'p', isMuted: true }] };

describe('what is read of a delivery', () => {
  it('is what its notifications say', () => {
    const both = delivery({ value: [state, roster] });
    expect(callNoticesOf(both)).toMatchObject([{ resource: { callId: 'c' }, members: { state: 'established' } }]);
    expect(rosterEntriesOf(both)).toMatchObject([{ id: 'p', isMuted: true }]);
    expect(problemsOfDelivery(both).length).toBeGreaterThan(0);
  });

  it('is read once where it is little, however long the body', () => {
    const long = delivery({ value: [{ ...roster, resourceData: Array.from({ length: 50_000 }, () => 1) }] });
    const parse = vi.spyOn(JSON, 'parse');
    try {
      for (let n = 0; n < 5; n += 1) expect([callNoticesOf(long), rosterEntriesOf(long)]).toEqual([[], []]);
      expect(parse).toHaveBeenCalledTimes(1);
    } finally {
      parse.mockRestore();
    }
  });
});
