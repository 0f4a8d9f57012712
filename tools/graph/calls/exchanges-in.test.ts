import { expect, it } from 'vitest';
import type { Delivery } from '../../engine/callback/delivery.ts';
import { ExchangeRecord } from '../../engine/http/exchange-record.ts';
import type { Exchange } from '../../engine/results/results.ts';
import { exchangesIn } from './call-session.ts';

function recordOf(step: string): ExchangeRecord {
  return new ExchangeRecord('', () => ({ step }) as Exchange);
}

it('shows the creation of a call once, before what was done with it', () => {
  const creation = recordOf('create group call');
  const delivery = {} as Delivery;
  const shown = exchangesIn([
    { record: recordOf('mute'), creation },
    { record: recordOf('mute again'), creation },
    { delivery },
    { record: recordOf('mute an unknown call') },
  ]);
  expect(shown.map(({ step }) => step)).toEqual(['create group call', 'mute', 'mute again', 'mute an unknown call']);
});
