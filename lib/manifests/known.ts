import { apiGroupOf } from './api-group.ts';
import { Field } from './field.ts';
import type { Manifest } from './manifest.ts';
import { once } from './once.ts';
import type { Made } from './operators.ts';

/** Something that is declared to exist elsewhere. */
export interface External {
  readonly kind: string;
  /** The API group, '' for the core group; any group when it is not said. */
  readonly apiGroup?: string;
  /** The namespace; any namespace, or none, when it is not said. */
  readonly namespace?: string;
  readonly name: string;
  /** The keys of a secret or config map; any key when they are not said. */
  readonly keys?: readonly string[];
  /** The labels of pods. */
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** An object that exists: in a manifest, by an operator, or by declaration. */
export interface Known {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** The manifest that holds it; undefined when it is made by an operator or declared. */
  readonly manifest: Manifest | undefined;
  /** The keys of a secret or config map; undefined where they are not known. */
  readonly keys: ReadonlySet<string> | undefined;
}

/** Everything that exists, findable by group, kind, namespace and name. */
export class KnownObjects {
  readonly #manifests: readonly Manifest[];
  readonly #made: readonly Made[];
  readonly #externals: readonly External[];
  readonly #complete: boolean;

  constructor(
    manifests: readonly Manifest[],
    made: readonly Made[],
    externals: readonly External[],
    complete: boolean,
  ) {
    this.#manifests = manifests;
    this.#made = made;
    this.#externals = externals;
    this.#complete = complete;
  }

  /** See `Inventory.find`. */
  find(apiGroup: string, kind: string, namespace: string | undefined, name: string): Known | undefined {
    const index = this.#index();
    const found =
      index.get(key(apiGroup, kind, namespace ?? '', name)) ??
      index.get(key(apiGroup, kind, everywhere, name)) ??
      index.get(key(everywhere, kind, namespace ?? '', name)) ??
      index.get(key(everywhere, kind, everywhere, name));
    if (found !== undefined || this.#complete) {
      return found;
    }
    return namespace === undefined
      ? index.get(key(apiGroup, kind, some, name))
      : index.get(key(apiGroup, kind, '', name));
  }

  /** See `Inventory.names`. */
  names(apiGroup: string, kind: string, namespace: string | undefined): readonly string[] {
    return [...(this.#names().get(key(apiGroup, kind, namespace ?? '', '')) ?? [])];
  }

  /** See `Inventory.has`. */
  has(apiGroup: string, kind: string, namespace: string | undefined): boolean {
    return this.#given().has(key(apiGroup, kind, namespace ?? '', ''));
  }

  readonly #index = once(() => {
    const index = new Map<string, Known>();
    for (const manifest of this.#manifests) {
      add(index, apiGroupOf(manifest.object.apiVersion), fromManifest(manifest));
    }
    for (const made of this.#made) {
      const keys = made.keys === undefined ? undefined : new Set(made.keys);
      add(index, made.apiGroup, { ...made, manifest: undefined, keys });
    }
    for (const { apiGroup = everywhere, namespace = everywhere, kind, name, keys: known } of this
      .#externals) {
      const keys = known === undefined ? undefined : new Set(known);
      index.set(key(apiGroup, kind, namespace, name), {
        kind,
        name,
        namespace: namespace === everywhere ? undefined : namespace,
        manifest: undefined,
        keys,
      });
    }
    return index;
  });

  readonly #names = once(() => {
    const names = new Map<string, Set<string>>();
    for (const [at, { name }] of this.#index()) {
      const list = at.slice(0, at.length - name.length);
      const set = names.get(list);
      if (set === undefined) names.set(list, new Set([name]));
      else set.add(name);
    }
    return names;
  });

  /** What databases and certificates make for themselves is no sign of what else there should be. */
  readonly #given = once(
    () =>
      new Set([
        ...this.#manifests.map(({ object: { apiVersion, kind, metadata } }) =>
          key(apiGroupOf(apiVersion), kind, metadata?.namespace ?? '', ''),
        ),
        ...this.#made
          .filter(({ by }) => by.object.kind !== 'Cluster' && by.object.kind !== 'Certificate')
          .map(({ apiGroup, kind, namespace }) => key(apiGroup, kind, namespace ?? '', '')),
      ]),
  );
}

const separator = '\n';
const everywhere = '*';
const some = '?';

function key(apiGroup: string, kind: string, namespace: string, name: string): string {
  return `${apiGroup}${separator}${kind}${separator}${namespace}${separator}${name}`;
}

function add(index: Map<string, Known>, apiGroup: string, known: Known): void {
  const { kind, namespace, name } = known;
  index.set(key(apiGroup, kind, namespace ?? '', name), known);
  index.set(key(apiGroup, kind, some, name), known);
}

function fromManifest(manifest: Manifest): Known {
  const { kind, metadata } = manifest.object;
  return {
    kind,
    name: metadata?.name ?? '',
    namespace: metadata?.namespace,
    manifest,
    keys: kind === 'Secret' || kind === 'ConfigMap' ? dataKeys(Field.of(manifest)) : undefined,
  };
}

/** Undefined where there is no data at all: such objects are filled in by something else, or were not read whole. */
function dataKeys(field: Field): ReadonlySet<string> | undefined {
  const lists = ['data', 'stringData', 'binaryData'].map((list) => field.at(list));
  return lists.some((list) => list.exists)
    ? new Set(lists.flatMap((list) => list.entries.map(([name]) => name)))
    : undefined;
}
