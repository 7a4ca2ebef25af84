import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Shows a text anew whenever it is another one, until it is done or somebody ends it by Ctrl-C, which is no failure.
 * On a terminal the new text takes the place of the old one.
 */
export async function watch(
  look: () => Promise<{ readonly text: string; readonly isDone: boolean }>,
): Promise<void> {
  const ended = new AbortController();
  const end = () => ended.abort();
  process.once('SIGINT', end);
  let shown = '';
  try {
    while (!ended.signal.aborted) {
      const { text, isDone } = await look();
      if (ended.signal.aborted) return;
      if (text !== shown) process.stdout.write(process.stdout.isTTY ? `${clear}${text}` : text);
      shown = text;
      if (isDone) return;
      await sleep(seconds * 1000, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  } finally {
    process.off('SIGINT', end);
  }
}

/** Empties the screen, and goes to its upper left corner. */
const clear = '\u001b[2J\u001b[H';

/** How long it waits before it looks again. */
const seconds = 3;
