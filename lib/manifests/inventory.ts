import { Field } from './field.ts';
import { isKustomizeFile, type Layer, layersOf } from './layer.ts';
import type { Manifest } from './manifest.ts';
import { type Made, madeFrom } from './operators.ts';
import { madeService, type Service, service } from './service.ts';
import { type Workload, workload } from './workload.ts';

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

/** What the manifests are part of. */
export interface InventoryOptions {
  /** What exists though no manifest holds it. */
  readonly externals?: readonly External[];
  /**
   * Whether manifests and externals are all there is on this Kubernetes cluster, so that every reference
   * must resolve. False, the default, for a folder that may be one part of many.
   */
  readonly complete?: boolean;
  /** Files that are there without being manifests. */
  readonly otherFiles?: readonly string[];
  /** Helm releases of which it is not known what they make. */
  readonly opaque?: ReadonlySet<Manifest>;
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

/** Pods that exist, with the labels they are selected by. */
export interface Pods {
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** The workload that makes them; undefined for pods of an operator. */
  readonly workload: Workload | undefined;
}

/**
 * All objects of one Kubernetes cluster, findable by what other objects say of them. Views are made when they
 * are first asked for, and in time linear in the number of manifests.
 */
export class Inventory {
  /** Every manifest that was given, files of kustomize among them. */
  readonly manifests: readonly Manifest[];
  /** Whether nothing exists but what this inventory knows. */
  readonly complete: boolean;
  readonly #externals: readonly External[];
  readonly #otherFiles: readonly string[];
  readonly #opaque: ReadonlySet<Manifest>;

  constructor(
    manifests: readonly Manifest[],
    { externals = [], complete = false, otherFiles = [], opaque = new Set() }: InventoryOptions = {},
  ) {
    this.#otherFiles = otherFiles;
    this.#opaque = opaque;
    this.manifests = manifests;
    this.complete = complete;
    this.#externals = externals;
  }

  /** Every object, files of kustomize among them, in the order of the manifests. */
  get fields(): readonly Field[] {
    this.#fields ??= this.manifests.map(Field.of);
    return this.#fields;
  }
  #fields: readonly Field[] | undefined;

  /** Whether a file, or a folder with files, is among what was given. */
  hasFile(path: string): boolean {
    this.#paths ??= new Set(
      [...this.#otherFiles, ...this.manifests.map(({ file }) => file)].flatMap(pathsTo),
    );
    return path === '' || this.#paths.has(path);
  }
  #paths: ReadonlySet<string> | undefined;

  /** The objects of a kind, in the order of the manifests. `apiGroup` is '' for the core group. */
  all(apiGroup: string, kind: string): readonly Field[] {
    return this.#byKind.get(`${apiGroup}/${kind}`) ?? [];
  }

  /**
   * The object of that name. A namespace that is not known may be any, unless the inventory is complete;
   * cluster-wide kinds have none.
   */
  find(apiGroup: string, kind: string, namespace: string | undefined, name: string): Known | undefined {
    const exact = this.#known.get(key(apiGroup, kind, namespace ?? '', name));
    if (exact !== undefined) {
      return exact;
    }
    const declared =
      this.#known.get(key(apiGroup, kind, ANY, name)) ??
      this.#known.get(key(ANY, kind, namespace ?? '', name)) ??
      this.#known.get(key(ANY, kind, ANY, name));
    if (declared !== undefined || this.complete) {
      return declared;
    }
    return namespace === undefined
      ? this.#known.get(key(apiGroup, kind, SOME, name))
      : this.#known.get(key(apiGroup, kind, '', name));
  }

  /** The names of a kind in a namespace, to suggest one of them. */
  names(apiGroup: string, kind: string, namespace: string | undefined): readonly string[] {
    return this.#names.get(key(apiGroup, kind, namespace ?? '', '')) ?? [];
  }

  /** Whether manifests give objects of a kind to a namespace, so that one more could be expected there too. */
  has(apiGroup: string, kind: string, namespace: string | undefined): boolean {
    return this.#given.has(key(apiGroup, kind, namespace ?? '', ''));
  }

  /** The service of that name, if its ports are known. */
  service(namespace: string | undefined, name: string): Service | undefined {
    return this.#servicesByName.get(`${namespace ?? ''}/${name}`);
  }

  /** Whether anything is known to stand in this namespace. */
  knowsNamespace(namespace: string): boolean {
    return this.#namespaces.has(namespace);
  }

  /** The object of a Namespace by its name. */
  namespace(name: string | undefined): Field | undefined {
    return name === undefined ? undefined : this.#namespaceObjects.get(name);
  }

  /** Everything that makes pods. */
  get workloads(): readonly Workload[] {
    this.#workloads ??= this.#objects.flatMap((manifest) => workload(manifest) ?? []);
    return this.#workloads;
  }

  /** The services in manifests. */
  get services(): readonly Service[] {
    return this.all('', 'Service').map(service);
  }

  /** The pods in a namespace, also those that operators make. */
  pods(namespace: string | undefined): readonly Pods[] {
    return this.#pods.get(namespace) ?? [];
  }

  /** Whether a Helm chart may make objects in a namespace that no manifest shows. */
  hasUnknown(namespace: string | undefined): boolean {
    this.#unknown ??= new Set(
      [...this.#opaque].map(namespaceOfCharts).concat(chartsOfKustomize(this.fields)),
    );
    return this.#unknown.has(namespace) || this.#unknown.has(undefined);
  }
  #unknown: ReadonlySet<string | undefined> | undefined;

  /** The folders with a `kustomization.yaml`. */
  get layers(): readonly Layer[] {
    this.#layers ??= layersOf(this.manifests);
    return this.#layers;
  }

  #workloads: readonly Workload[] | undefined;
  #layers: readonly Layer[] | undefined;

  get #objects(): readonly Manifest[] {
    this.#objectsOnce ??= this.manifests.filter((manifest) => !isKustomizeFile(manifest));
    return this.#objectsOnce;
  }
  #objectsOnce: readonly Manifest[] | undefined;

  get #made(): readonly Made[] {
    this.#madeOnce ??= this.#objects.flatMap(madeFrom);
    return this.#madeOnce;
  }
  #madeOnce: readonly Made[] | undefined;

  get #byKind(): ReadonlyMap<string, readonly Field[]> {
    this.#byKindOnce ??= group(
      this.fields,
      ({ manifest: { object } }) => `${apiGroupOf(object.apiVersion)}/${object.kind}`,
    );
    return this.#byKindOnce;
  }
  #byKindOnce: ReadonlyMap<string, readonly Field[]> | undefined;

  get #known(): ReadonlyMap<string, Known> {
    this.#knownOnce ??= this.#index();
    return this.#knownOnce;
  }
  #knownOnce: ReadonlyMap<string, Known> | undefined;

  #index(): ReadonlyMap<string, Known> {
    const index = new Map<string, Known>();
    for (const manifest of this.#objects) {
      add(index, apiGroupOf(manifest.object.apiVersion), fromManifest(manifest));
    }
    for (const made of this.#made) {
      const keys = made.keys === undefined ? undefined : new Set(made.keys);
      add(index, made.apiGroup, { ...made, manifest: undefined, keys });
    }
    for (const { apiGroup = ANY, namespace = ANY, kind, name, keys: known } of this.#externals) {
      const keys = known === undefined ? undefined : new Set(known);
      index.set(key(apiGroup, kind, namespace, name), {
        kind,
        name,
        namespace: namespace === ANY ? undefined : namespace,
        manifest: undefined,
        keys,
      });
    }
    return index;
  }

  get #names(): ReadonlyMap<string, readonly string[]> {
    if (this.#namesOnce === undefined) {
      const names = new Map<string, Set<string>>();
      for (const [at, { name }] of this.#known) {
        const [apiGroup = '', kind = '', namespace = ''] = at.split(SEPARATOR);
        const list = key(apiGroup, kind, namespace, '');
        const set = names.get(list) ?? new Set();
        names.set(list, set.add(name));
      }
      this.#namesOnce = new Map([...names].map(([at, set]) => [at, [...set]]));
    }
    return this.#namesOnce;
  }
  #namesOnce: ReadonlyMap<string, readonly string[]> | undefined;

  /** What databases and certificates make for themselves is no sign of what else there should be. */
  get #given(): ReadonlySet<string> {
    this.#givenOnce ??= new Set([
      ...this.#objects.map(({ object: { apiVersion, kind, metadata } }) =>
        key(apiGroupOf(apiVersion), kind, metadata?.namespace ?? '', ''),
      ),
      ...this.#made
        .filter(({ by }) => by.object.kind !== 'Cluster' && by.object.kind !== 'Certificate')
        .map(({ apiGroup, kind, namespace }) => key(apiGroup, kind, namespace ?? '', '')),
    ]);
    return this.#givenOnce;
  }
  #givenOnce: ReadonlySet<string> | undefined;

  get #servicesByName(): ReadonlyMap<string, Service> {
    if (this.#servicesOnce === undefined) {
      const made = this.#made.filter(({ kind }) => kind === 'Service').map(madeService);
      this.#servicesOnce = new Map(
        [...made, ...this.services].map((one) => [`${one.namespace ?? ''}/${one.name}`, one]),
      );
    }
    return this.#servicesOnce;
  }
  #servicesOnce: ReadonlyMap<string, Service> | undefined;

  get #namespaces(): ReadonlySet<string> {
    this.#namespacesOnce ??= new Set([
      ...this.#objects.flatMap(({ object }) => object.metadata?.namespace ?? []),
      ...this.#namespaceObjects.keys(),
    ]);
    return this.#namespacesOnce;
  }
  #namespacesOnce: ReadonlySet<string> | undefined;

  get #namespaceObjects(): ReadonlyMap<string, Field> {
    this.#namespaceObjectsOnce ??= new Map(
      this.all('', 'Namespace').map((field) => [field.at('metadata', 'name').text ?? '', field]),
    );
    return this.#namespaceObjectsOnce;
  }
  #namespaceObjectsOnce: ReadonlyMap<string, Field> | undefined;

  get #pods(): ReadonlyMap<string | undefined, readonly Pods[]> {
    this.#podsOnce ??= group<Pods, string | undefined>(
      [
        ...this.workloads.map((one) => ({ namespace: one.namespace, labels: one.labels, workload: one })),
        ...[...this.#made, ...this.#externals].flatMap(({ namespace, podLabels }) =>
          podLabels === undefined ? [] : [{ namespace, labels: podLabels, workload: undefined }],
        ),
      ],
      ({ namespace }) => namespace,
    );
    return this.#podsOnce;
  }
  #podsOnce: ReadonlyMap<string | undefined, readonly Pods[]> | undefined;
}

/** The API group of an `apiVersion`: '' for the core group. */
export function apiGroupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

const SEPARATOR = '\n';
const ANY = '*';
const SOME = '?';

function key(apiGroup: string, kind: string, namespace: string, name: string): string {
  return `${apiGroup}${SEPARATOR}${kind}${SEPARATOR}${namespace}${SEPARATOR}${name}`;
}

function add(index: Map<string, Known>, apiGroup: string, known: Known): void {
  const { kind, namespace, name } = known;
  index.set(key(apiGroup, kind, namespace ?? '', name), known);
  index.set(key(apiGroup, kind, SOME, name), known);
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

/** Where a release, or an Application of Argo CD, puts what its chart makes; undefined when it does not say. */
function namespaceOfCharts(manifest: Manifest): string | undefined {
  const field = Field.of(manifest);
  return (
    field.at('spec', 'targetNamespace').text ??
    field.at('spec', 'destination', 'namespace').text ??
    field.at('metadata', 'namespace').text
  );
}

/** Where kustomizations put what the charts they call make; undefined when they do not say. */
function chartsOfKustomize(fields: readonly Field[]): (string | undefined)[] {
  return fields
    .filter(({ manifest }) => isKustomizeFile(manifest))
    .flatMap((field) =>
      ['helmCharts', 'helmChartInflationGenerator', 'generators'].flatMap((list) =>
        field.at(list).items.map((chart) => field.at('namespace').text ?? chart.at('namespace').text),
      ),
    );
}

/** A path and all folders above it. */
function pathsTo(file: string): string[] {
  const steps = file.split('/');
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
}

function group<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const at = keyOf(item);
    const list = groups.get(at);
    if (list === undefined) {
      groups.set(at, [item]);
    } else {
      list.push(item);
    }
  }
  return groups;
}
