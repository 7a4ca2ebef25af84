/** A document that is right, and what makes it wrong. */
export interface Examples {
  /** YAML that the rule has nothing to say about. Several files each begin with a comment such as `# app/one.yaml`. */
  readonly good: string;
  /**
   * Texts of `good`, each of which stands in it once, and what stands there in the wrong document. A text that is
   * replaced by nothing takes its line with it.
   */
  readonly broken: Readonly<Record<string, string>>;
}

/** From the wrong document to the right one, as the lines of a diff. */
export function exampleDifference(examples: Examples): string {
  return passages(examples)
    .flatMap(({ wrong, right, isSame }) =>
      isSame
        ? right.map((line) => ` ${line}`.trimEnd())
        : [...wrong.map((line) => `-${line}`), ...right.map((line) => `+${line}`)],
    )
    .join('\n')
    .replace(/^\n+|\s+$/g, '');
}

/** Lines that are the same in both documents, or that differ. */
interface Passage {
  readonly wrong: readonly string[];
  readonly right: readonly string[];
  readonly isSame: boolean;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

function passages({ good, broken }: Examples): Passage[] {
  const found: Passage[] = [];
  let at = 0;
  for (const group of byLines(good, editsOf(good, broken))) {
    if (group.start > at) {
      found.push(same(good.slice(at, group.start - 1)));
    }
    found.push({
      wrong: wrongLines(good, group),
      right: good.slice(group.start, group.end).split('\n'),
      isSame: false,
    });
    at = group.end + 1;
  }
  return at > good.length ? found : [...found, same(good.slice(at))];
}

function same(text: string): Passage {
  const lines = text.split('\n');
  return { wrong: lines, right: lines, isSame: true };
}

function editsOf(good: string, broken: Readonly<Record<string, string>>): Edit[] {
  return Object.entries(broken)
    .map(([text, by]) => {
      const start = good.indexOf(text);
      if (start < 0 || good.indexOf(text, start + 1) >= 0) {
        throw new Error(
          `${JSON.stringify(text)} stands ${start < 0 ? 'nowhere' : 'more than once'} in the good example. Write a text that stands in it once.`,
        );
      }
      return { start, end: start + text.length, by };
    })
    .sort((one, other) => one.start - other.start);
}

/** Whole lines, from `start` to before the line break at `end`, with the edits in them. */
interface Group {
  readonly start: number;
  readonly end: number;
  readonly edits: readonly Edit[];
}

function byLines(good: string, edits: readonly Edit[]): Group[] {
  const groups: Group[] = [];
  for (const edit of edits) {
    const start = good.lastIndexOf('\n', edit.start - 1) + 1;
    const next = good.indexOf('\n', edit.end);
    const end = next < 0 ? good.length : next;
    const last = groups.at(-1);
    if (last !== undefined && last.end >= start) {
      groups[groups.length - 1] = { start: last.start, end, edits: [...last.edits, edit] };
    } else {
      groups.push({ start, end, edits: [edit] });
    }
  }
  return groups;
}

function wrongLines(good: string, { start, end, edits }: Group): string[] {
  let text = '';
  let at = start;
  for (const edit of edits) {
    text += good.slice(at, edit.start) + edit.by;
    at = edit.end;
  }
  const lines = (text + good.slice(at, end)).split('\n');
  return edits.some(({ by }) => by === '') ? lines.filter((line) => line.trim() !== '') : lines;
}
