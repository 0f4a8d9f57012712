import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import { TransportFault } from '../../engine/http/transport-fault.ts';

export type Failure = CouldNotRun | TransportFault;

/** What a step that the target may be to blame for ended with. */
export async function failureOf(work: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof CouldNotRun || error instanceof TransportFault) return error;
    throw error;
  }
}
