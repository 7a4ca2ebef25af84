import { join } from 'node:path';
import { type Reader, type State, sharedReader, statesOf } from '../../lib/changes/state.ts';
import { lookIntoDist } from '../../lib/dist/folder.ts';
import { contentsOf, listingOf } from '../git.ts';
import { nodeFiles } from '../node-files.ts';

/** The folder that synth writes, as it is and as commits have it. */
export class Dist {
  readonly output: string;
  readonly #read: Reader = sharedReader();
  readonly #earlier = new Map<string, State | undefined>();
  readonly #now: ReadonlyMap<string, State>;

  constructor(output: string) {
    this.output = output;
    this.#now = statesOf(lookIntoDist(nodeFiles(output)).files, this.#read);
  }

  /** What it has for an installation now. */
  of(installation: string): State | undefined {
    return this.#now.get(installation);
  }

  /**
   * What it had at a revision as Flux writes it: `main@sha1:...`. Of an artifact or a bucket no commit is known, so that
   * it is held against what is here. Undefined where git does not have the commit.
   */
  at(revision: string, installation: string): State | undefined {
    const commit = /(?:sha1:|\/)([0-9a-f]{40})$/.exec(revision)?.[1];
    if (commit === undefined) return this.of(installation);
    const key = `${commit} ${installation}`;
    if (!this.#earlier.has(key)) this.#earlier.set(key, this.#committed(commit, installation));
    return this.#earlier.get(key);
  }

  #committed(commit: string, installation: string): State | undefined {
    const listing = listingOf(join(this.output, installation), commit);
    if (listing === undefined) return undefined;
    const contents = contentsOf(this.output, [...listing.values()]);
    const texts = [...listing].map(([path, name]): [string, string] => [
      `${installation}/${path}`,
      contents.get(name) ?? '',
    ]);
    return statesOf(new Map(texts), this.#read).get(installation);
  }
}
