/**
 * Texts that are read when they are asked for and then let go, so that a thousand installations take no more memory
 * than one.
 */
export class LateTexts implements ReadonlyMap<string, string> {
  private readonly paths: ReadonlySet<string>;

  /** @param read Gives the text of each of the paths. */
  constructor(
    paths: Iterable<string>,
    private readonly read: (path: string) => string,
  ) {
    this.paths = new Set(paths);
  }

  get size(): number {
    return this.paths.size;
  }

  has(path: string): boolean {
    return this.paths.has(path);
  }

  /** @throws Error when the text cannot be read. */
  get(path: string): string | undefined {
    return this.paths.has(path) ? this.read(path) : undefined;
  }

  keys(): MapIterator<string> {
    return this.paths.keys();
  }

  *values(): MapIterator<string> {
    for (const path of this.paths) yield this.read(path);
  }

  *entries(): MapIterator<[string, string]> {
    for (const path of this.paths) yield [path, this.read(path)];
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries();
  }

  forEach(visit: (text: string, path: string, texts: ReadonlyMap<string, string>) => void): void {
    for (const [path, text] of this) visit(text, path, this);
  }
}
