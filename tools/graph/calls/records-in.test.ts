import { expect, it } from 'vitest';
import type { Delivery } from '../../engine/callback/delivery.ts';
import { ExchangeRecord } from '../../engine/http/exchange-record.ts';
import type { Exchange } from '../../engine/results/results.ts';
import { recordsIn } from './call-session.ts';

function recordOf(step: string): ExchangeRecord {
  return new ExchangeRecord('', { sentAt: 0, answeredAt: 0 }, () => ({ step }) as Exchange);
}

it('shows the creation of a call once, before what was done with it', () => {
  const creation = recordOf('create group call');
  const delivery = {} as Delivery;
  const shown = recordsIn([
    { record: recordOf('mute'), creation },
    { record: recordOf('mute again'), creation },
    { delivery },
    { record: recordOf('mute an unknown call') },
  ]);
  expect(shown.map(({ exchange }) => exchange.step)).toEqual([
    'create group call',
    'mute',
    'mute again',
    'mute an unknown call',
  ]);
});
