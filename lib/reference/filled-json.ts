/** JSON in which what fits into a line stands on one, so that a reader sees more of it, and a diff names the part. */
export function filledJson(value: unknown): string {
  return `${textOf(value, '', 0)}\n`;
}

const widest = 160;

/** @param taken How much of its line stands before it. */
function textOf(value: unknown, indent: string, taken: number): string {
  const flat = flatText(value);
  if (typeof value !== 'object' || value === null || taken + flat.length <= widest) return flat;
  const inner = `${indent} `;
  const part = (start: string, one: unknown) => `${start}${textOf(one, inner, inner.length + start.length)}`;
  const [open, close, parts] = Array.isArray(value)
    ? ['[', ']', value.map((one) => part('', one))]
    : ['{', '}', Object.entries(value).map(([key, one]) => part(`${JSON.stringify(key)}: `, one))];
  const isOfWords = Array.isArray(value) && value.every((one) => typeof one === 'string');
  const lines = isOfWords ? filled(parts, widest - inner.length) : parts;
  return `${open}\n${inner}${lines.join(`,\n${inner}`)}\n${indent}${close}`;
}

/** Words in as few lines as hold them. */
function filled(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = `${lines.at(-1)}, ${word}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function flatText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flatText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${flatText(part)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
