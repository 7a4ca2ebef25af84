/**
 * A line of prose in lines of a width, broken at spaces. Those after the first stand below its beginning, and deeper by
 * `hang` columns. A word that is wider than that stays whole, and commands are no prose: what is broken cannot be copied.
 */
export function fold(line: string, width: number, hang = 0): string {
  if (visibleText(line).length <= width) return line;
  const indent = ' '.repeat((/^ */.exec(line)?.[0].length ?? 0) + hang);
  let text = '';
  let column = 0;
  for (const [, gap = '', word = ''] of line.matchAll(/( *)([^ ]+)/g)) {
    const isFirst = column === 0;
    const length = visibleText(word).length;
    if (isFirst || column + gap.length + length <= width) {
      text += gap + word;
      column += gap.length + length;
    } else {
      text += `\n${indent}${word}`;
      column = indent.length + length;
    }
  }
  return text;
}

/** A text without its colours, which take no columns. */
function visibleText(text: string): string {
  return text.replace(color, '');
}

const color = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
