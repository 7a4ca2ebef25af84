import type { Ink, Theme } from './theme.ts';

/** A part of a line that looks alike. */
export interface Span {
  readonly text: string;
  readonly ink: Ink;
  readonly isBold?: boolean;
  readonly isUnderlined?: boolean;
  /** In letters of one width, inside of a line of others. */
  readonly isCode?: boolean;
}

export type Line = readonly Span[];

/** How wide a letter of code is, and how far apart lines are, in pixels. */
export const cell = { width: 7.2, height: 18 } as const;

/** A picture as a file. What it shows is told by `title` to those who cannot see it. */
export function svgOf(title: string, width: number, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>text{white-space:pre;font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}.b{font-weight:bold}.p{font:14px -apple-system,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif}.p .m{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}</style>
${parts.join('\n')}
</svg>
`;
}

/** A frame with a title in its head; what is in it begins 44 pixels below its top. */
export function frame(
  theme: Theme,
  title: string,
  {
    x,
    y,
    width,
    height,
  }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): string {
  return [
    `<rect x="${x + 0.5}" y="${y + 0.5}" width="${width - 1}" height="${height - 1}" rx="6" fill="${theme.paper}" stroke="${theme.frame}"/>`,
    `<path d="M${x + 1} ${y + 28}v-22a5 5 0 0 1 5-5h${width - 12}a5 5 0 0 1 5 5v22z" fill="${theme.header}"/>`,
    `<path d="M${x + 1} ${y + 28.5}h${width - 2}" stroke="${theme.frame}"/>`,
    code(theme, [{ text: title, ink: 'quiet' }], x + 14, y + 19),
  ].join('\n');
}

/** A line of code: each letter stands in its column, whatever font there is. */
export function code(theme: Theme, line: Line, x: number, y: number): string {
  let column = 0;
  return line
    .map(({ text, ink, isBold, isUnderlined }) => {
      const start = column + text.length - text.trimStart().length;
      column += text.length;
      const shown = text.trim();
      if (shown === '') return '';
      const look = `${isBold ? ' class="b"' : ''}${isUnderlined ? ' text-decoration="underline"' : ''}`;
      return `<text x="${rounded(x + start * cell.width)}" y="${y}" textLength="${rounded(shown.length * cell.width)}" lengthAdjust="spacingAndGlyphs" fill="${theme.inks[ink]}"${look}>${escaped(shown)}</text>`;
    })
    .join('');
}

/** A line of prose, in letters of different widths. */
export function prose(theme: Theme, line: Line, x: number, y: number, size: number): string {
  const spans = line.map(({ text, ink, isBold, isCode }) => {
    const look = `${isBold ? ' font-weight="600"' : ''}${isCode ? ' class="m"' : ''}`;
    return `<tspan fill="${theme.inks[ink]}"${look}>${escaped(text)}</tspan>`;
  });
  return `<text class="p" x="${x}" y="${y}"${size === 14 ? '' : ` style="font-size:${size}px"`}>${spans.join('')}</text>`;
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
