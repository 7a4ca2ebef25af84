/** A chapter of the runbook: its title, and its paragraphs, lists and commands in order. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly string[];
}

/** Commands that a person copies, one a line. */
export function commands(...lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n');
}

/** What a person does, in one block or in several. */
export type Step = string | readonly string[];

/** Steps in order. */
export function steps(...items: readonly Step[]): string {
  return items
    .map((item, index) => {
      const [first = '', ...rest] = typeof item === 'string' ? [item] : item;
      const marker = `${index + 1}. `;
      const indented = [first, ...rest].join('\n\n').split('\n');
      return indented
        .map((line, number) =>
          number === 0 ? `${marker}${line}` : line === '' ? '' : `${' '.repeat(marker.length)}${line}`,
        )
        .join('\n');
    })
    .join('\n');
}

export function bullets(...items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** The sections as the text of a Markdown file. */
export function markdownOf(title: string, introduction: string, sections: readonly Section[]): string {
  const chapters = sections.map((section) => [`## ${section.title}`, ...section.blocks].join('\n\n'));
  return `${[`# ${title}`, introduction, ...chapters].join('\n\n')}\n`;
}

/** A table with a head. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * The anchor of a heading, as GitHub makes it of the text: small letters, and hyphens for spaces, without other signs.
 * https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links
 */
export function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
}
