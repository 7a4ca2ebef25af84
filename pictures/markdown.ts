import type { Line, Span } from './svg.ts';

/** A line of a comment as it is drawn: how far in, how large, and how far below the line before. */
export interface Row {
  readonly line: Line;
  readonly indent: number;
  readonly size: number;
  readonly height: number;
}

/** A comment of the review in lines of a width, in pixels. What is folded stays so. */
export function markdownRows(markdown: string, width: number): Row[] {
  const visible = markdown
    .replace(/<details><summary>(.*?)<\/summary>[\s\S]*?<\/details>/g, '▸ $1')
    .split('\n')
    .filter((line) => line !== '');
  return visible.flatMap((line) => rowsOf(line, width));
}

function rowsOf(line: string, width: number): Row[] {
  const { text, mark, indent, size, gap } = blockOf(line);
  const spans = spansOf(text).map((span) => (size > 14 ? { ...span, isBold: true } : span));
  return wrapped(spans, width - indent, size).map((part, index) => ({
    line: index === 0 && mark !== '' ? [{ text: mark, ink: 'text' }, ...part] : part,
    indent: index === 0 ? indent - (mark === '' ? 0 : 16) : indent,
    size,
    height: index === 0 ? gap : 20,
  }));
}

function blockOf(line: string) {
  const plain = { text: line, mark: '', indent: 0, size: 14, gap: 28 };
  const [, hashes = '', title = ''] = /^(#+) (.*)/.exec(line) ?? [];
  if (hashes !== '') {
    return { ...plain, text: title, ...(hashes === '##' ? { size: 20, gap: 30 } : { size: 16, gap: 34 }) };
  }
  const [, spaces = '', item = ''] = /^( *)- (.*)/.exec(line) ?? [];
  if (item === '') return plain;
  const indent = 18 + spaces.length * 10;
  const isTask = item.startsWith('[ ] ');
  return { ...plain, text: isTask ? item.slice(4) : item, mark: isTask ? '☐  ' : '•  ', indent, gap: 24 };
}

/** Bold words, code, and what escapes stand for. */
function spansOf(text: string): Span[] {
  return text.split(/(\*\*.+?\*\*|`[^`]+`)/).flatMap((part): Span[] => {
    if (part === '') return [];
    if (part.startsWith('`')) return [{ text: part.slice(1, -1), ink: 'key', isCode: true }];
    if (!part.startsWith('**')) return [{ text: unescaped(part), ink: 'text' }];
    const ink = part === '**Refused:**' ? 'error' : part === '**Needs steps:**' ? 'warning' : 'text';
    return [{ text: part.slice(2, -2), ink, isBold: true }];
  });
}

function unescaped(text: string): string {
  return text
    .replace(/\\([^\w\s])/g, '$1')
    .replace(/&gt;/g, '>')
    .replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&');
}

function wrapped(spans: readonly Span[], width: number, size: number): Line[] {
  const words = spans.flatMap((span) => span.text.split(/(?<= )/).map((text) => ({ ...span, text })));
  const lines: Span[][] = [];
  let line: Span[] = [];
  let column = 0;
  words.forEach((word, index) => {
    const next = words[index + 1];
    // A bracket stays with what it opens.
    const glued = word.text.endsWith(' ') || next === undefined ? 0 : widthOf(next, size);
    if (column > 0 && column + widthOf(word, size) + glued > width) {
      lines.push(line);
      line = [];
      column = 0;
    }
    line.push(word);
    column += widthOf(word, size);
  });
  return [...lines, line].map(joined);
}

/** A line with neighbours that look alike as one part. */
function joined(line: readonly Span[]): Line {
  return line.reduce<Span[]>((spans, span) => {
    const last = spans.at(-1);
    const isAlike = last !== undefined && last.ink === span.ink && last.isCode === span.isCode;
    if (isAlike && last.isBold === span.isBold) spans.splice(-1, 1, { ...last, text: last.text + span.text });
    else spans.push(span);
    return spans;
  }, []);
}

/** A little more than what the letters take in the fonts that there are. */
function widthOf({ text, isCode }: Span, size: number): number {
  if (isCode) return text.length * 7.3;
  const letters = [...text].map((letter) =>
    /[ijltfr.,:;'|()[\]! ]/.test(letter)
      ? 0.34
      : /[mwMW@]/.test(letter)
        ? 0.92
        : /[A-Z]/.test(letter)
          ? 0.72
          : 0.62,
  );
  return letters.reduce((sum, one) => sum + one, 0) * size;
}
