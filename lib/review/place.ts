import type { Change } from '../changes/change.ts';
import { objectName } from '../changes/pairs.ts';
import type { State } from '../changes/state.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { start } from '../text/position.ts';
import type { InstallationFile } from './installation-files.ts';

/** A place in a file, seen from the folder that is reviewed. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Finds where a reviewer looks for changes between two states. */
export class Places {
  readonly #files: ReadonlyMap<string, InstallationFile>;
  readonly #after: ReadonlyMap<string, State>;
  readonly #inFolder: (path: string) => string;
  readonly #manifests = new Map<string, Manifest>();

  /** @param inFolder The path of a file of the states, seen from the folder that is reviewed. */
  constructor(
    before: ReadonlyMap<string, State>,
    after: ReadonlyMap<string, State>,
    files: ReadonlyMap<string, InstallationFile>,
    inFolder: (path: string) => string,
  ) {
    this.#files = files;
    this.#after = after;
    this.#inFolder = inFolder;
    for (const { clusters } of [...before.values(), ...after.values()]) {
      for (const manifest of [...clusters.values()].flat()) this.#manifests.set(keyOf(manifest), manifest);
    }
  }

  /** In the installation file where the key is known, else in the manifest. */
  of({ installation, key, file, path, objects }: Change): Place {
    const source = this.#after.get(installation)?.source;
    const written = source === undefined ? undefined : this.#files.get(source);
    if (key !== undefined && written !== undefined) return { file: written.path, ...written.position(key) };
    const manifest = this.#manifests.get(JSON.stringify([file, objects[0]]));
    return { file: this.#inFolder(file), ...(manifest?.position(path) ?? start) };
  }
}

function keyOf({ file, object: { kind, metadata } }: Manifest): string {
  return JSON.stringify([
    file,
    objectName({ kind, namespace: metadata?.namespace, name: metadata?.name ?? '' }),
  ]);
}
