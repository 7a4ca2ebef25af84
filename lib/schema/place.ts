import { FluxVariables } from '../text/flux-variables.ts';
import type { Path } from '../text/path.ts';
import type { Wish } from './wish.ts';

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
  /** The key inside of the value that is missing, where that is the problem. */
  readonly missing?: string;
}

/** The wishes of the mapping at a path. */
export type WishesAt = (path: Path) => readonly Wish[];

/** What a file says of itself before any of it is read. */
export interface PlaceContext {
  /** What is advised to who writes a key that nobody knows. */
  readonly wishesAt: WishesAt;
  /** The variables that the file declares for Flux to fill in. */
  readonly variables: FluxVariables;
}

const noContext: PlaceContext = { wishesAt: () => [], variables: new FluxVariables([]) };

/** Where a reader stands in a file, and where it reports what it finds there. */
export class Place {
  readonly path: Path;
  readonly #problems: Problem[];
  readonly #context: PlaceContext;
  readonly #ofKey: boolean;
  readonly #unread: Path[];

  constructor(
    path: Path,
    problems: Problem[],
    context: PlaceContext = noContext,
    ofKey = false,
    unread: Path[] = [],
  ) {
    this.path = path;
    this.#problems = problems;
    this.#context = context;
    this.#ofKey = ofKey;
    this.#unread = unread;
  }

  /** What people look for in this mapping by other names. */
  get wishes(): readonly Wish[] {
    return this.#context.wishesAt(this.path);
  }

  /** What Flux fills in. */
  get variables(): FluxVariables {
    return this.#context.variables;
  }

  /** The place of a value inside this one. */
  in(...steps: (string | number)[]): Place {
    return new Place([...this.path, ...steps], this.#problems, this.#context, false, this.#unread);
  }

  /** The place of a key of this mapping, not of its value. */
  key(name: string): Place {
    return new Place([...this.path, name], this.#problems, this.#context, true, this.#unread);
  }

  error(message: string): undefined {
    this.#problems.push({ severity: 'error', path: this.path, message, ofKey: this.#ofKey });
  }

  warning(message: string): undefined {
    this.#problems.push({ severity: 'warning', path: this.path, message, ofKey: false });
  }

  /** An error about a key of this mapping that is not there. */
  missing(key: string, message: string): undefined {
    this.#problems.push({ severity: 'error', path: this.path, message, ofKey: false, missing: key });
  }

  /** An error about the key itself, such as one that nobody knows. */
  keyError(key: string, message: string): undefined {
    this.key(key).error(message);
  }

  /** Notes that what is written at some keys below could not be read, so that something else stands in for it, or nothing. */
  leaveUnread(...steps: readonly (string | number)[]): void {
    this.#unread.push([...this.path, ...steps]);
  }

  /** The paths at which the value that was read is not, or may not be, what somebody meant. */
  get doubtful(): readonly Path[] {
    const faulty = this.#problems
      .filter(({ severity }) => severity === 'error')
      .map(({ path, missing }) => (missing === undefined ? path : [...path, missing]));
    return [...this.#unread, ...faulty];
  }

  /** The same place, where nothing is noted of what has been found so far, and nothing that is found is told. */
  unheard(): Place {
    return new Place(this.path, [], { ...noContext, variables: this.variables });
  }

  /** Whether there is an error in the value at some keys below, or in one that it is part of. */
  isFaulty(...steps: readonly (string | number)[]): boolean {
    const asked = [...this.path, ...steps];
    return this.#problems.some(({ severity, path, missing }) => {
      if (severity !== 'error') return false;
      const faulty = missing === undefined ? path : [...path, missing];
      return asked.slice(0, faulty.length).every((step, index) => step === faulty[index]);
    });
  }
}
