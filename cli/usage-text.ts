import { fold } from '../lib/text/fold.ts';

/**
 * What --help prints, in lines of a width: prose in paragraphs, and what each option means in one column. How the lines
 * of the usage are broken does not matter.
 */
export function usageText(usage: string, width: number): string {
  const lines = Number.isFinite(width) ? width : widthOfPipes;
  return usage
    .split('\n\n')
    .map((block) => blockText(block, lines))
    .join('\n\n');
}

/** Where nobody says how wide the screen is, such as that of a pager. */
const widthOfPipes = 100;

function blockText(block: string, width: number): string {
  const lines = block.split('\n');
  const firstOption = lines.findIndex((line) => optionLine.test(line));
  if (firstOption < 0) return lines.some((line) => line.startsWith(' ')) ? block : paragraph(lines, width);
  // What follows the options without an empty line is prose again.
  const end = lines.findIndex((line, index) => index > firstOption && !line.startsWith(' '));
  const [options, rest] = end < 0 ? [lines, []] : [lines.slice(0, end), lines.slice(end)];
  return [...optionLines(options, width), ...(rest.length === 0 ? [] : [paragraph(rest, width)])].join('\n');
}

function paragraph(lines: readonly string[], width: number): string {
  const end = lines.at(-1) === '' ? '\n' : '';
  return `${fold(lines.join(' ').trimEnd(), width)}${end}`;
}

interface Option {
  readonly name: string;
  readonly meaning: string;
}

const optionLine = /^ {2}(--\S+(?: <[^>]+>)?) *(.*)$/;

function optionLines(lines: readonly string[], width: number): string[] {
  const options: Option[] = [];
  for (const line of lines) {
    const [, name, meaning = ''] = optionLine.exec(line) ?? [];
    const last = options.at(-1);
    if (name !== undefined) options.push({ name, meaning });
    else if (last !== undefined) {
      options[options.length - 1] = { name: last.name, meaning: `${last.meaning} ${line.trim()}`.trim() };
    }
  }
  const column = Math.max(...options.map(({ name }) => name.length).filter((length) => length <= widest)) + 4;
  return options.map(({ name, meaning }) =>
    name.length > widest
      ? `  ${name}\n${fold(' '.repeat(column) + meaning, width)}`
      : fold(`  ${name.padEnd(column - 2)}${meaning}`, width, column - 2),
  );
}

/** An option that is longer has a line of its own. */
const widest = 26;
