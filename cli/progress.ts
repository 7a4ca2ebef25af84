import type { Files } from '../lib/files/files.ts';

/** Where progress is told: standard error, as far as it is a terminal. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Tells on a terminal what a command is at, in one line, once it has taken longer than a second. The line is gone when
 * the command has ended. Elsewhere, and with --quiet, nothing is told.
 */
export class Progress {
  private next: number;
  private isShown = false;

  constructor(
    private readonly screen: Screen,
    private readonly isQuiet: boolean,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.next = clock() + 1000;
  }

  /** Says what is done now. */
  at(what: string): void {
    if (this.isQuiet || this.screen.isTTY !== true || this.clock() < this.next) return;
    this.next = this.clock() + 100;
    this.isShown = true;
    const room = (this.screen.columns ?? 80) - 1;
    this.screen.write(`${cleared}${what.length > room ? `${what.slice(0, room - 1)}…` : what}`);
  }

  /** Says what is done while something is waited for. */
  async whilst<T>(what: string, work: Promise<T>): Promise<T> {
    const ticking = setInterval(() => this.at(what), 200);
    try {
      return await work;
    } finally {
      clearInterval(ticking);
      this.end();
    }
  }

  /** Does something; what was told until its end is taken away, whatever comes of it. */
  until<T>(work: () => T): T {
    try {
      return work();
    } finally {
      this.end();
    }
  }

  /** Takes away what was told. */
  end(): void {
    if (this.isShown) this.screen.write(cleared);
    this.isShown = false;
  }

  /** The same files; that they are read is told. */
  watching(files: Files): Files {
    return {
      ...files,
      read: (path) => {
        this.at(`Reading ${path}`);
        return files.read(path);
      },
    };
  }
}

/** Goes to the beginning of the line, and empties it. */
const cleared = '\r\u001b[K';
