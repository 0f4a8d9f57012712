import { capabilityNames, type Target } from '../../engine/target/target.ts';
import type { CapabilitiesSeen } from './capabilities-seen.ts';

/** What declaring a capability asks for beside. */
const needs = { callbackAuth: 'needs callback: {jwks, issuer, audience}' } as const;

/**
 * The capabilities block of a target file that says what was seen; what could not be tried stays as it is declared.
 * @returns lines of YAML
 */
export function suggestCapabilities({ capabilities }: Pick<Target, 'capabilities'>, seen: CapabilitiesSeen): string[] {
  return [
    'capabilities:',
    ...capabilityNames.map((name) => {
      const declared = capabilities[name];
      const value = seen[name] ?? declared;
      const remarks = [
        ...(seen[name] === undefined ? ['not tried'] : []),
        ...(value === declared ? [] : [`now ${declared}`]),
        ...(value && !declared && name in needs ? [needs[name as keyof typeof needs]] : []),
      ];
      return `  ${name}: ${value}${remarks.length === 0 ? '' : ` # ${remarks.join('; ')}`}`;
    }),
  ];
}
