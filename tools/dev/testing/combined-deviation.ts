import type { Deviation, Hooks } from '../../emulator/deviation.ts';

/** A fault told in the dialect of a variant: what the fault makes of an answer or a notification the variant writes. */
export function combinedDeviation(fault: Deviation, variant: Deviation): Deviation {
  return {
    id: `${fault.id} as ${variant.id}`,
    summary: `${fault.summary}; ${variant.summary}`,
    settings: { ...variant.settings, ...fault.settings },
    target: {
      ...variant.target,
      ...fault.target,
      capabilities: { ...variant.target?.capabilities, ...fault.target?.capabilities },
    },
    hooks: () => combinedHooks(fault.hooks?.() ?? {}, variant.hooks?.() ?? {}),
  };
}

function combinedHooks(first: Hooks, then: Hooks): Hooks {
  return {
    request: async (context, controls) =>
      (await first.request?.(context, controls)) ?? (await then.request?.(context, controls)),
    rule(context, rule, found, controls) {
      const refusal = first.rule === undefined ? found : first.rule(context, rule, found, controls);
      return then.rule === undefined ? refusal : then.rule(context, rule, refusal, controls);
    },
    async decision(context, usual, controls) {
      const decision = (await first.decision?.(context, usual, controls)) ?? usual;
      return (await then.decision?.(context, decision, controls)) ?? decision;
    },
    state(context, usual, controls) {
      const change = first.state?.(context, usual, controls) ?? usual;
      return then.state?.(context, change, controls) ?? change;
    },
    async reply(context, usual, controls) {
      const outcome = (await first.reply?.(context, usual, controls)) ?? usual;
      // What is no reply, a reset for instance, has nothing that could be written otherwise.
      if (then.reply === undefined || typeof outcome === 'string' || !('status' in outcome)) return outcome;
      return then.reply(context, outcome, controls);
    },
    async notification(context, usual, controls) {
      const deliveries = (await first.notification?.(context, usual, controls)) ?? [usual];
      if (then.notification === undefined) return deliveries;
      const written = [];
      for (const delivery of deliveries) written.push(...(await then.notification(context, delivery, controls)));
      return written;
    },
    identifier(kind, proposed, context) {
      const id = first.identifier?.(kind, proposed, context) ?? proposed;
      return then.identifier?.(kind, id, context) ?? id;
    },
  };
}
