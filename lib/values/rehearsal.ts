/** What a rehearsal tries: the images of one installation before a change and after it. */
export interface RehearsedChange {
  readonly installation: string;
  readonly database: ImageChange;
  readonly server: ImageChange;
}

/** An image as it is written, before and after; the same where it does not change. */
export interface ImageChange {
  readonly before: string;
  readonly after: string;
}

/** What a rehearsal ended with. */
export interface RehearsalVerdict {
  readonly installation: string;
  readonly hasPassed: boolean;
  readonly seconds: number;
  /** What was rehearsed, as `rehearsedText` has it. */
  readonly rehearsed: string;
  /** The whole line. */
  readonly line: string;
}

/** Whether an image is another one after a change. */
export function isOther({ before, after }: ImageChange): boolean {
  return before !== after;
}

/** What is rehearsed, in the words of a verdict: two changes are the same where these are. */
export function rehearsedText({ database, server }: Omit<RehearsedChange, 'installation'>): string {
  return `database ${imageText(database)}, server ${imageText(server)}`;
}

function imageText(change: ImageChange): string {
  return isOther(change) ? `${change.before} -> ${change.after}` : change.before;
}

/** The verdict of a rehearsal on one line, of shell variables: `how` it ended, in how many `seconds`, and its `message`. */
export function verdictLine(change: RehearsedChange): string {
  return `rehearsal of ${change.installation}: $how $seconds s: ${rehearsedText(change)}: $message`;
}

/** How a rehearsal ended, as the verdict says it. */
export const endings = { passed: 'passed in', failed: 'failed after' } as const;

const form =
  /^rehearsal of (\S+): (passed in|failed after) (\d+) s: (database \S+(?: -> \S+)?, server \S+(?: -> \S+)?): ./;

/** The verdicts in the log of a rehearsal, or of several one after the other; the last one of each installation counts. */
export function verdictsIn(text: string): RehearsalVerdict[] {
  const found = text.split(/\r?\n/).flatMap((written): RehearsalVerdict[] => {
    const line = written.trim();
    const [, installation, how, seconds, rehearsed] = form.exec(line) ?? [];
    if (installation === undefined || rehearsed === undefined) return [];
    return [{ installation, hasPassed: how === endings.passed, seconds: Number(seconds), rehearsed, line }];
  });
  return [...new Map(found.map((verdict) => [verdict.installation, verdict])).values()];
}
