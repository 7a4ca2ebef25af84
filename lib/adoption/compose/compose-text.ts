/** A text and where it was written. */
export interface ComposeVariable {
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

/** A file by its name in messages, and its text. */
export interface ComposeText {
  readonly file: string;
  readonly text: string;
}
