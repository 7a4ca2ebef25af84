import { type Parsed, quote, refuse, understand } from './parsed.ts';

const name = /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;
const value = /^[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;

/** Patterns of both, for editors. */
export const labelNamePattern = name.source;
export const labelValuePattern = value.source;

/**
 * Reads the name of a label or an annotation: a word of at most 63 characters, maybe after a domain and a slash.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function parseLabelName(text: string): Parsed<string> {
  return name.test(text)
    ? understand(text)
    : refuse(
        `${quote(text)} is not the name of a label. Write letters, digits, -, _ and ., such as release or example.com/team.`,
      );
}

/** Reads the value of a label: a word of at most 63 characters. */
export function parseLabelValue(text: string): Parsed<string> {
  return value.test(text)
    ? understand(text)
    : refuse(
        `${quote(text)} is not the value of a label. Write at most 63 letters, digits, -, _ and ., with a letter or digit at both ends.`,
      );
}
