import { originOf } from '../../manifests/derived.ts';
import { Field } from '../../manifests/field.ts';
import { folderNamed } from '../../manifests/views/flux-paths.ts';
import { folderOf, joinPath } from '../../manifests/views/layer.ts';
import type { ReadText } from '../kustomize/patch.ts';
import { readValue, splitDocuments } from '../manifest-document.ts';
import { lastStep } from './installation.ts';

/** The files in which values and charts stand. */
export class ValueFiles {
  readonly #read: ReadText;
  readonly #paths: ReadonlySet<string>;
  readonly #used = new Set<string>();
  /** Files that are no objects of Kubernetes, and may be values of Immich. */
  readonly candidates: readonly string[];

  constructor(
    read: ReadText = () => undefined,
    paths: readonly string[] = [],
    candidates: readonly string[] = [],
  ) {
    this.#read = read;
    this.#paths = new Set(paths);
    this.candidates = candidates;
  }

  /** The values in a file; undefined when it cannot be read. */
  at(file: string): Field | undefined {
    this.#used.add(file);
    const [document] = splitDocuments(file, this.#read(file) ?? '');
    if (document === undefined) return undefined;
    try {
      const { value, position } = readValue(document);
      // Values are no object of Kubernetes.
      const object = { apiVersion: '', kind: 'Values' };
      return new Field({ file, object, comments: [], position }, [], value);
    } catch {
      return undefined;
    }
  }

  /**
   * A path as it is seen from the top of a git repository, of which a part may be read alone. A name alone is no such part: it
   * may be that of any file.
   */
  fromTop(path: string): string | undefined {
    const found = folderNamed(path, this.#paths);
    return found === lastStep(path) && joinPath('', path) !== found ? undefined : found;
  }

  /** The files of a name, in whatever folder. */
  named(name: string): string[] {
    return [...this.#paths].filter((path) => path === name || path.endsWith(`/${name}`));
  }

  /** Whether a folder, or one above it, is a chart. */
  isInChart(folder: string): boolean {
    for (let at = folder; ; at = folderOf(at)) {
      if (this.#paths.has(at === '' ? 'Chart.yaml' : `${at}/Chart.yaml`)) return true;
      if (at === '') return false;
    }
  }

  /** Whether something was asked for the values in a file. */
  isUsed(file: string): boolean {
    return this.#used.has(file);
  }
}

/** Values that stand as text inside a value, shown where the text begins; or in a file of their own. */
export function textValues(field: Field): Field[] {
  try {
    const { manifest, path } = originOf(field.manifest, field.path);
    const isFile = path.length === 0;
    return splitDocuments(manifest.file, field.text ?? '')
      .slice(0, 1)
      .map((document) => {
        const { value } = readValue(document);
        return isFile ? new Field(manifest, [], value) : new TextField(field, value);
      });
  } catch {
    return [];
  }
}

/** A field whose whole content stands at one place. */
class TextField extends Field {
  constructor(place: Field, value: Field['value']) {
    super(place.manifest, place.path, value);
  }

  override get entries(): [string, Field][] {
    return super.entries.map(([key, entry]) => [
      key,
      new TextField(new Field(this.manifest, this.path, undefined), entry.value),
    ]);
  }
}
