/** Two legs of one meeting, which are muted one after the other. */
import {
  CouldNotRun,
  expectSilence,
  experiment,
  given,
  isRepetition,
  NotApplicable,
  ownAsReported,
  rosterResources,
} from '../tools/graph/suite.ts';

export const mutesOfTwoLegs = experiment(
  'mutes of two legs of a meeting',
  async ({ meetingCall, otherLeg, uuid }, step) => {
    const clientContext = uuid('mute of a leg');
    const answer = await step(async () => {
      await meetingCall.ready();
      await otherLeg.ready();
      return meetingCall.mute({ clientContext });
    });
    const first = await step(async () => {
      await given(Promise.resolve(answer.result()));
      return meetingCall.lastRequestAt;
    });
    /** What came to the other leg, and the update that reports the muted one there. */
    const toldToOther = await step(async () => {
      const since = first.result();
      const update = await otherLeg.callback.arrives((delivery) => meetingCall.reportsOwn(delivery, true), meetingCall);
      if (update === undefined && !meetingCall.ownIdentifiable) {
        throw new CouldNotRun(meetingCall.ownUnidentifiableReason);
      }
      if (update === undefined && meetingCall.inconclusiveBecause !== undefined) {
        throw new CouldNotRun(meetingCall.inconclusiveBecause);
      }
      return { update, came: otherLeg.rosterDeliveries(since).length };
    });
    /** The updates at the other leg that name a call. */
    const namedToOther = await step(async () => {
      const since = first.result();
      await otherLeg.callback.arrives(({ json }) => rosterResources(json).length > 0, meetingCall);
      const updates = otherLeg.rosterDeliveries(since).filter(({ json }) => rosterResources(json).length > 0);
      return { leg: otherLeg, updates };
    });
    /** The update that reports the muted leg at its own callback, or what came there, in words. */
    const toldToMuted = await step(async () => {
      first.result();
      return { update: await meetingCall.callback.ownReported(true), otherwise: ownAsReported(meetingCall) };
    });
    /** After a mute of the other leg, too, the first one is not reported unmuted there. */
    const staysMuted = await step(async () => {
      first.result();
      if (meetingCall.own.participantId === undefined) {
        throw new NotApplicable(
          'condition',
          'the calls name no myParticipantId, so the two legs cannot be distinguished',
        );
      }
      const told = await otherLeg.callback.arrives(
        (delivery) => meetingCall.reportsOwnById(delivery, true),
        meetingCall,
      );
      if (told === undefined) throw new CouldNotRun('no update on this leg reported the other one muted');
      await given(otherLeg.mute());
      const update = await otherLeg.callback.ownReported(true);
      if (update === undefined) {
        throw new CouldNotRun('no update reports this leg muted, so there is nothing to check');
      }
      await expectSilence(
        otherLeg,
        (delivery) =>
          delivery.receivedAt >= update.receivedAt &&
          meetingCall.reportsOwnById(delivery, false) &&
          !isRepetition(otherLeg, delivery),
        'no update that reports the participant of the other leg, which was muted before, with isMuted false',
      );
    });
    // How a repeated mute in a meeting is answered is judged with all other answers.
    await step(() => {
      first.result();
      return meetingCall.mute({ clientContext });
    });
    return { answer, toldToOther, namedToOther, toldToMuted, staysMuted };
  },
);
