import { availableParallelism } from 'node:os';

/** How many clusters come up at the same time: each of them keeps two cores busy until it is ready. */
const count = Math.max(1, Math.floor(availableParallelism() / 2));

let free = count;
const waiting: (() => void)[] = [];

/** Runs what brings a cluster up as soon as there is a lane for it. Nothing in a lane may wait for another lane. */
export async function inLane<Result>(work: () => Promise<Result>): Promise<Result> {
  if (free > 0) {
    free -= 1;
  } else {
    await new Promise<void>((go) => waiting.push(go));
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) {
      free += 1;
    } else {
      next();
    }
  }
}
