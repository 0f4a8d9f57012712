/** A mute of one call while another, which has nothing to do with it, stands by. */
import {
  controlTakesEffect,
  expectListedUnmuted,
  expectNoMuteReported,
  expectSilence,
  experiment,
  given,
  rosterResources,
  sameId,
} from '../tools/graph/suite.ts';

export const muteBesideAnother = experiment(
  'a mute beside another call',
  async ({ groupCall, otherGroupCall, target }, step) => {
    const mute = await step(async () => {
      await otherGroupCall.ready();
      return given(groupCall.mute());
    });
    /** Nothing about the muted call comes to the callback of the other one. */
    const nothingHeard = await step(async () => {
      mute.result();
      await expectSilence(
        otherGroupCall,
        (delivery) =>
          rosterResources(delivery.json).some(({ callId }) => callId !== undefined && sameId(callId, groupCall.id)) ||
          groupCall.reportsOwnById(delivery, true),
        'nothing about the muted call at the callback of another call',
        groupCall,
      );
    });
    const noMuteReported = await step(() => {
      mute.result();
      return expectNoMuteReported(otherGroupCall, groupCall);
    });
    const listedUnmuted = await step(async () => {
      mute.result();
      if (!target.capabilities.participants) return;
      expectListedUnmuted(otherGroupCall, (await otherGroupCall.roster()).own);
    });
    const otherTakesEffect = await step(() => {
      mute.result();
      return controlTakesEffect(otherGroupCall);
    });
    return { nothingHeard, noMuteReported, listedUnmuted, otherTakesEffect };
  },
);
