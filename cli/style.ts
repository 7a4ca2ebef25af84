import { styleText } from 'node:util';

/** How parts of a text look. Each function returns its text, perhaps with a colour around it. */
export interface Style {
  readonly title: (text: string) => string;
  readonly quiet: (text: string) => string;
}

/** Whether standard output is a terminal whose reader wants colours: https://no-color.org */
export function hasColor(noColor: boolean): boolean {
  return !noColor && process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
}

/** Bold titles and dim details, or plain text. */
export function styleOf(isColored: boolean): Style {
  const styled = (format: 'bold' | 'dim') => (text: string) => (isColored ? styleText(format, text) : text);
  return { title: styled('bold'), quiet: styled('dim') };
}
