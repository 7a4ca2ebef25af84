import { type Shown, show } from '../lib/text/shown.ts';
import type { Screen } from './progress.ts';

/** Writes what was asked for. All that a command says goes through here, and no secret does. */
export function print(text: string): void {
  process.stdout.write(show(text));
}

/** Writes what was shown before, such as JSON, which is shown text by text. */
export function printShown(text: Shown): void {
  process.stdout.write(text);
}

/** Writes what else is to be told, such as why there is no answer. */
export function printError(text: string): void {
  process.stderr.write(show(text));
}

/** Where progress is told. */
export const screen: Screen = {
  get isTTY() {
    return process.stderr.isTTY;
  },
  get columns() {
    return process.stderr.columns;
  },
  write: printError,
};
