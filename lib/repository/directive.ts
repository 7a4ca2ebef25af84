/** A comment `# immich-audit: ignore <rule> <reason>`, which silences a rule on its line or the one below. */
export interface Directive {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The id of the rule. */
  readonly rule: string;
  /** Why; '' when nothing is said. */
  readonly reason: string;
  /** The line that it speaks of: its own, or the next one when it stands alone. */
  readonly target: number;
}

/** The directives in the comments of a file. */
export function directivesOf(file: string, text: string): Directive[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const found = /^(.*?)#\s*immich-audit:\s*ignore\s*([\w-]*)\s*(.*?)\s*$/.exec(line);
    if (found === null) {
      return [];
    }
    const [, before = '', rule = '', reason = ''] = found;
    const isAlone = before.trim() === '';
    return [
      {
        file,
        line: index + 1,
        column: before.length + 1,
        rule,
        reason,
        target: isAlone ? nextValue(lines, index) + 1 : index + 1,
      },
    ];
  });
}

/** The next line that is no comment. */
function nextValue(lines: readonly string[], index: number): number {
  let next = index + 1;
  while (next < lines.length && /^\s*(#.*)?$/.test(lines[next] ?? '')) {
    next++;
  }
  return next;
}
