import { setTimeout as sleep } from 'node:timers/promises';
import { print } from '../terminal.ts';

/** Shows a text anew whenever it is another one, until it is done. On a terminal the new one takes the place of the old. */
export async function watch(
  look: () => Promise<{ readonly text: string; readonly isDone: boolean }>,
): Promise<void> {
  for (let shown = ''; ; await sleep(seconds * 1000)) {
    const { text, isDone } = await look();
    if (text !== shown) print(process.stdout.isTTY ? `${clear}${text}` : text);
    shown = text;
    if (isDone) return;
  }
}

/** Empties the screen, and goes to its upper left corner. */
const clear = '\u001b[2J\u001b[H';

/** How long it waits before it looks again. */
const seconds = 3;
