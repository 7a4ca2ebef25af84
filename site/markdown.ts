import { made } from './element.ts';

/**
 * The Markdown that RUNBOOK.md is written in, as elements: headings, paragraphs, lists, commands, tables and quotes.
 * Nothing in it is read as HTML.
 */
export function markdownElements(text: string): HTMLElement[] {
  return blocksOf(text.split('\n'));
}

function blocksOf(lines: readonly string[]): HTMLElement[] {
  const blocks: HTMLElement[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const start = at;
    if (line.trim() === '' || line.startsWith('<!--')) at += 1;
    else if (line.startsWith('```')) {
      const end = lines.findIndex((one, index) => index > start && one.startsWith('```'));
      at = (end < 0 ? lines.length : end) + 1;
      const code = made('pre', '', lines.slice(start + 1, at - 1).join('\n'));
      code.tabIndex = 0;
      blocks.push(code);
    } else if (/^#{1,6} /.test(line)) {
      at += 1;
      blocks.push(headingOf(line));
    } else if (marker.test(line)) {
      at = endOf(lines, start, (one) => marker.test(one) || one.startsWith(' ') || one === '');
      blocks.push(listOf(lines.slice(start, at)));
    } else if (line.startsWith('|')) {
      at = endOf(lines, start, (one) => one.startsWith('|'));
      blocks.push(tableOf(lines.slice(start, at)));
    } else if (line.startsWith('> ')) {
      at = endOf(lines, start, (one) => one.startsWith('> '));
      const quoted = made('blockquote', '', '');
      quoted.append(...blocksOf(lines.slice(start, at).map((one) => one.slice(2))));
      blocks.push(quoted);
    } else {
      at = endOf(lines, start, (one) => one.trim() !== '' && !/^(```|#{1,6} |\|)/.test(one));
      blocks.push(withText(made('p', '', ''), lines.slice(start, at).join(' ')));
    }
  }
  return blocks;
}

const marker = /^(?:[-*]|\d+\.) +/;

/** The first line behind `start` that does not go on with what begins there. */
function endOf(lines: readonly string[], start: number, goesOn: (line: string) => boolean): number {
  const end = lines.findIndex((line, index) => index > start && !goesOn(line));
  return end < 0 ? lines.length : end;
}

function headingOf(line: string): HTMLElement {
  const [, signs = '', title = ''] = /^(#+) (.*)$/.exec(line) ?? [];
  // The page has headings of its own above these.
  const tag = signs.length <= 2 ? 'h3' : 'h4';
  return withText(made(tag, '', ''), title);
}

function listOf(lines: readonly string[]): HTMLElement {
  const items: string[][] = [];
  for (const line of lines) {
    const [found] = marker.exec(line) ?? [];
    if (found !== undefined) items.push([line.slice(found.length)]);
    else items.at(-1)?.push(line.replace(/^ {1,3}/, ''));
  }
  const list = made(/^\d/.test(lines[0] ?? '') ? 'ol' : 'ul', '', '');
  for (const item of items) {
    const element = made('li', '', '');
    element.append(...blocksOf(item));
    list.append(element);
  }
  return list;
}

function tableOf(lines: readonly string[]): HTMLElement {
  const [head = [], , ...rows] = lines.map((line) =>
    line
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  );
  const rowOf = (cells: readonly string[], tag: 'th' | 'td') => {
    const row = made('tr', '', '');
    row.append(...cells.map((cell) => withText(made(tag, '', ''), cell)));
    return row;
  };
  const table = made('table', '', '');
  table.append(rowOf(head, 'th'), ...rows.map((row) => rowOf(row, 'td')));
  const scrolled = made('div', 'scrolled', '');
  scrolled.tabIndex = 0;
  scrolled.append(table);
  return scrolled;
}

/** Fills an element with code, what is strong, and the words of links, which lead to files beside the text. */
function withText<T extends HTMLElement>(element: T, text: string): T {
  for (const [whole, code, strong, words] of text.matchAll(
    /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\([^)]*\)|[^`*[]+|[`*[]/g,
  )) {
    if (code !== undefined) element.append(made('code', '', code));
    else if (strong !== undefined) element.append(made('strong', '', strong));
    else element.append(words ?? whole);
  }
  return element;
}
