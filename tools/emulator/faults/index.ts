import type { Fault } from '../deviation.ts';
import { muteFaults } from './mute.ts';
import { notificationFaults } from './notifications.ts';
import { refusalFaults } from './refusals.ts';
import { transportFaults } from './transport.ts';

/** Every fault that the emulator can be started with. */
export const faults: readonly Fault[] = [...refusalFaults, ...muteFaults, ...notificationFaults, ...transportFaults];
