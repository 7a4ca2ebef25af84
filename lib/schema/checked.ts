/** A value that its schema has read already. Our own layers hold such, and nothing has to be read twice. */
export class Checked<T> {
  readonly value: T;

  constructor(value: T) {
    this.value = value;
  }
}
