import { coloredStyle } from '../cli/style.ts';
import type { Style } from '../lib/text/style.ts';
import { cell, code, frame, type Line, type Span, svgOf } from './svg.ts';
import type { Theme } from './theme.ts';

/** How a terminal of 110 columns shows a text. */
export const styleInPictures: Style = coloredStyle(110);

/** A terminal in which a command was called. */
export function terminalPicture(theme: Theme, title: string, command: string, output: string): string {
  const lines = output.trimEnd().split('\n').map(spansOf);
  const width = Math.ceil(styleInPictures.width * cell.width) + 28;
  const height = 58 + lines.length * cell.height;
  return svgOf(title, width, height, [
    frame(theme, command, { x: 0, y: 0, width, height }),
    ...lines.map((line, index) => code(theme, line, 14, 54 + index * cell.height)),
  ]);
}

/** A line with the colours of a terminal, as parts that look alike. */
function spansOf(line: string): Line {
  let look: Omit<Span, 'text'> = { ink: 'text' };
  return line.split(color).flatMap((part, index) => {
    if (index % 2 === 0) return part === '' ? [] : [{ text: part, ...look }];
    look = looks[part] ?? { ink: 'text' };
    return [];
  });
}

const color = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`);

const looks: { readonly [code: string]: Omit<Span, 'text'> } = {
  1: { ink: 'text', isBold: true },
  2: { ink: 'quiet' },
  4: { ink: 'text', isUnderlined: true },
  '1;31': { ink: 'error', isBold: true },
  '1;35': { ink: 'warning', isBold: true },
};
