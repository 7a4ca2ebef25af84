import type { Field } from '../manifests/field.ts';
import type { Inventory } from '../manifests/inventory.ts';
import type { Examples } from './example.ts';
import type { Severity } from './finding.ts';

/**
 * Something that must hold for manifests. A rule speaks only when it knows: what may stand in a folder that was
 * not read, or hold a value that was not written, is no finding.
 */
export interface Rule {
  /** A few words joined by hyphens. Ignore comments name it, so it never changes. */
  readonly id: string;
  /** How grave its findings are; `check` may report single ones with another severity. */
  readonly severity: Severity;
  /**
   * Who says so. `upstream`: Immich, CloudNativePG, Flux or Kubernetes stops, loses or shows something, as `url` tells.
   * `ours`: what this project thinks wise; over other people's files that is never an error.
   */
  readonly whose: 'upstream' | 'ours';
  /** One line: what is wrong when this rule speaks. */
  readonly meaning: string;
  /** Two or three sentences: what happens because of it, and to whom. */
  readonly why: string;
  /** A public page to read on. */
  readonly url: string;
  /** What it cannot see or takes for wrong though it is right, beside what holds for every rule. */
  readonly limits?: string;
  /** YAML that is right, and what makes it wrong. Both are run by the tests. */
  readonly examples: Examples;
  /** Whether it is about files that nothing applies; other findings in these are only worth knowing. */
  readonly tellsOfUnapplied?: boolean;
  readonly check: (inventory: Inventory, report: Report) => void;
}

/** Tells of something wrong with the value of a field, which need not be there. */
export type Report = (field: Field, problem: Problem) => void;

/** What a rule says of a field. */
export interface Problem {
  /** One sentence: what is wrong and what happens because of it. */
  readonly message: string;
  /** One sentence: what to write instead. */
  readonly fix: string;
  /** When it differs from the rule's own. */
  readonly severity?: Severity;
  /** Whether the value is a secret, which no report may show. */
  readonly isSecret?: boolean;
}
