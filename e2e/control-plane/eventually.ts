import { setTimeout as sleep } from 'node:timers/promises';
import { isOver } from './endings.ts';
import { assertAllRunning } from './processes.ts';

/** How long nothing may change before a wait is given up, in seconds: long, as a busy machine is no failure. */
const patience = 240;

/** How long a wait may take in all, in seconds, for states that change without end. */
const limit = 1200;

/**
 * Asks `attempt` again and again until it gives something other than undefined, and gives that.
 *
 * What counts is progress: an error that was not there before says that something happens, and the wait goes on. A
 * program that has ended will not come back, and ends the wait at once.
 *
 * @param what what is waited for, for the error
 * @throws when nothing has changed for a long time, with the last error of `attempt`, or when a program has ended
 */
export async function eventually<Result>(
  what: string,
  attempt: () => Promise<Result | undefined>,
): Promise<Result> {
  const started = Date.now();
  const seen = new Set<string>();
  let changed = started;
  let last = '';
  while (!isOver() && secondsSince(changed) < patience && secondsSince(started) < limit) {
    try {
      const result = await attempt();
      if (result !== undefined) {
        return result;
      }
      last = 'it is not so yet';
    } catch (error) {
      last = String(error);
    }
    assertAllRunning();
    if (!seen.has(last)) {
      seen.add(last);
      changed = Date.now();
    }
    await sleep(200);
  }
  throw new Error(
    isOver()
      ? `${what}: the scenarios are through`
      : `${what}: not within ${secondsSince(started)} s, and nothing new for ${secondsSince(changed)} s; ${last}`,
  );
}

function secondsSince(time: number): number {
  return Math.round((Date.now() - time) / 1000);
}
