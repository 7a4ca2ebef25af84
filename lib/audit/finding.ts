import type { Path } from '../text/path.ts';
import type { Redact } from '../text/redaction.ts';
import type { Severity } from '../text/severity.ts';
import type { Shown } from '../text/shown.ts';

export { type Severity, severities } from '../text/severity.ts';

/** Something that is wrong at one place. */
export interface Finding {
  /** The id of the rule that found it. */
  readonly rule: string;
  readonly severity: Severity;
  /** The file, as the manifest names it. */
  readonly file: string;
  /** The line of the value, counted from 1; missing for manifests that were never read from text. */
  readonly line?: number;
  /** The column of the value, counted from 1. */
  readonly column?: number;
  /** The way to the value inside its object. */
  readonly path: Path;
  /** The same way with elements of lists by their names, so that it stays when others come before them. */
  readonly anchor?: string;
  readonly object: { readonly kind: string; readonly namespace?: string; readonly name?: string };
  /** One sentence: what is wrong and what happens because of it. */
  readonly message: Shown;
  /** One sentence: what to write instead. */
  readonly fix: Shown;
  /** Whether the value is a secret, which no report may show. */
  readonly isSecret?: boolean;
  /** Takes the secrets of its manifest out of a line of the file; missing where only shapes of secrets are known. */
  readonly redact?: Redact;
  /** Why this matters, at its source. */
  readonly url: string;
}
