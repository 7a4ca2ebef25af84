/** Takes lines as long as they fit, and says how many did not. */
export class Budget {
  #left: number;

  /** @param bytes The most bytes in UTF-8, line ends among them. */
  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** Whether a text fits, which is then counted. */
  takes(text: string): boolean {
    const bytes = bytesOf(text) + 1;
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }
}

/** The length of a text in UTF-8. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
