import type { Path } from '../manifests/manifest.ts';

/** How bad a problem is: an error stops synth, a warning is told. */
export type Severity = 'error' | 'warning';

/** Something wrong with the value at `path`, before it is known where in the text that is. */
export interface Problem {
  readonly severity: Severity;
  readonly path: Path;
  /** A sentence that quotes the value and says what to write instead. */
  readonly message: string;
  /** Whether the key at the end of the path is meant, not its value. */
  readonly ofKey: boolean;
}

/** Where a reader stands in a file, and where it reports what it finds there. */
export class Place {
  readonly path: Path;
  readonly #problems: Problem[];

  constructor(path: Path, problems: Problem[]) {
    this.path = path;
    this.#problems = problems;
  }

  /** The place of a value inside this one. */
  in(...steps: (string | number)[]): Place {
    return new Place([...this.path, ...steps], this.#problems);
  }

  error(message: string): undefined {
    this.#problems.push({ severity: 'error', path: this.path, message, ofKey: false });
  }

  warning(message: string): undefined {
    this.#problems.push({ severity: 'warning', path: this.path, message, ofKey: false });
  }

  /** An error about the key itself, such as one that nobody knows. */
  keyError(key: string, message: string): undefined {
    this.#problems.push({ severity: 'error', path: [...this.path, key], message, ofKey: true });
  }
}
