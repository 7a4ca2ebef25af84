import { Checked } from '../schema/checked.ts';
import { Place, type Problem } from '../schema/place.ts';
import type { Schema } from '../schema/schema.ts';
import { redactionOf } from '../text/redaction.ts';
import { checkSecrets } from './checks/secrets.ts';

/** The properties of one construct, read and checked as an installation file reads the same keys. */
export class Properties {
  readonly #owner: string;
  readonly #data: unknown[] = [];
  readonly #warnings: string[] = [];

  /** @param owner The construct, as messages name it, such as `ImmichServer "server"`. */
  constructor(owner: string) {
    this.#owner = owner;
  }

  /** What is likely wrong, a sentence each. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /**
   * Reads a property. What is `Checked` has been read already.
   *
   * @param path The keys that lead to it.
   * @throws Error with the sentences that the installation file would get, one a line.
   */
  read<T>(schema: Schema<T>, value: unknown, ...path: readonly string[]): T {
    if (value instanceof Checked) return value.value;
    this.#data.push(value);
    const problems: Problem[] = [];
    const place = new Place(path, problems);
    const read = value === undefined ? place.error('It is missing.') : schema.read(value, place);
    checkSecrets(value, place);
    this.#tell(problems);
    if (read === undefined) throw new Error(`${this.#owner}: ${path.join('.')} cannot be read.`);
    return read;
  }

  /**
   * Checks what stands between several properties.
   *
   * @param section The section that the check is about. Where it is `Checked`, a whole installation file was checked.
   * @throws Error with the sentences that the installation file would get, one a line.
   */
  check(section: unknown, check: (at: Place) => void): void {
    if (section instanceof Checked) return;
    const problems: Problem[] = [];
    check(new Place([], problems));
    this.#tell(problems);
  }

  #tell(problems: readonly Problem[]): void {
    const redact = redactionOf(this.#data);
    const told = problems.map(({ severity, path, message }) => ({
      severity,
      text: redact(`${this.#owner}: ${path.length === 0 ? '' : `${path.join('.')}: `}${message}`),
    }));
    const errors = told.filter(({ severity }) => severity === 'error').map(({ text }) => text);
    if (errors.length > 0) throw new Error(errors.join('\n'));
    this.#warnings.push(...told.map(({ text }) => text));
  }
}
