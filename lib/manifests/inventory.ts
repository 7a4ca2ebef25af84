import { apiGroupOf } from './api-group.ts';
import { Field } from './field.ts';
import { group } from './group.ts';
import { type External, type Known, KnownObjects } from './known.ts';
import type { Manifest } from './manifest.ts';
import { once } from './once.ts';
import { madeFrom } from './operators.ts';
import { chartsOfKustomize, namespaceOfCharts } from './unknown-charts.ts';
import { isKustomizeFile, type LayerView, layersOf } from './views/layer.ts';
import { haveSamePorts, madeService, type ServiceView, service } from './views/service.ts';
import { type WorkloadView, workload } from './views/workload.ts';

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
  /** Documents that kustomize does not read. */
  readonly broken?: readonly BrokenManifest[];
}

/** A document that kustomize does not read. */
export interface BrokenManifest {
  /** Its kind and name, shown at the fault. */
  readonly manifest: Manifest;
  readonly fault: YamlFault;
}

/** What is wrong with a text: it is no YAML at all, for a reason in words, or has a key twice, of which the last one was read. */
export type YamlFault =
  | { readonly kind: 'no YAML'; readonly reason: string }
  | { readonly kind: 'repeated key'; readonly key: string };

/** Pods that exist, with the labels they are selected by. */
export interface Pods {
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** The workload that makes them; undefined for pods of an operator. */
  readonly workload: WorkloadView | undefined;
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
  /** What was to be a manifest, and is not read by kustomize. */
  readonly broken: readonly BrokenManifest[];
  readonly #externals: readonly External[];
  readonly #otherFiles: readonly string[];
  readonly #opaque: ReadonlySet<Manifest>;

  constructor(
    manifests: readonly Manifest[],
    {
      externals = [],
      complete = false,
      otherFiles = [],
      opaque = new Set(),
      broken = [],
    }: InventoryOptions = {},
  ) {
    this.manifests = manifests;
    this.complete = complete;
    this.broken = broken;
    this.#externals = externals;
    this.#otherFiles = otherFiles;
    this.#opaque = opaque;
  }

  /** Every object, files of kustomize among them, in the order of the manifests. */
  get fields(): readonly Field[] {
    return this.#fields();
  }

  /** The objects of a kind, in the order of the manifests. `apiGroup` is '' for the core group. */
  all(apiGroup: string, kind: string): readonly Field[] {
    return this.#byKind().get(`${apiGroup}/${kind}`) ?? [];
  }

  /**
   * The object of that name. A namespace that is not known may be any, unless the inventory is complete;
   * cluster-wide kinds have none.
   */
  find(apiGroup: string, kind: string, namespace: string | undefined, name: string): Known | undefined {
    return this.#known().find(apiGroup, kind, namespace, name);
  }

  /** The names of a kind in a namespace, to suggest one of them. */
  names(apiGroup: string, kind: string, namespace: string | undefined): readonly string[] {
    return this.#known().names(apiGroup, kind, namespace);
  }

  /** Whether manifests give objects of a kind to a namespace, so that one more could be expected there too. */
  has(apiGroup: string, kind: string, namespace: string | undefined): boolean {
    return this.#known().has(apiGroup, kind, namespace);
  }

  /** Everything that makes pods. */
  get workloads(): readonly WorkloadView[] {
    return this.#workloads();
  }

  /** The pods in a namespace, also those that operators make. */
  pods(namespace: string | undefined): readonly Pods[] {
    return this.#pods().get(namespace) ?? [];
  }

  /** The services in manifests. */
  get services(): readonly ServiceView[] {
    return this.#services();
  }

  /** The service of that name, if its ports are known; of several, such as one per cluster, only where all have the same ports. */
  service(namespace: string | undefined, name: string): ServiceView | undefined {
    return this.#servicesByName().get(`${namespace ?? ''}/${name}`);
  }

  /** Whether anything is known to stand in this namespace. */
  knowsNamespace(namespace: string): boolean {
    return this.#namespaces().has(namespace);
  }

  /** The object of a Namespace by its name. */
  namespace(name: string | undefined): Field | undefined {
    return name === undefined ? undefined : this.#namespaceObjects().get(name);
  }

  /** The folders with a `kustomization.yaml`. */
  get layers(): readonly LayerView[] {
    return this.#layers();
  }

  /** Whether a file, or a folder with files, is among what was given. */
  hasFile(path: string): boolean {
    return path === '' || this.#paths().has(path);
  }

  /** Whether a Helm chart may make objects in a namespace that no manifest shows. */
  hasUnknown(namespace: string | undefined): boolean {
    return this.#charts().has(namespace) || this.#charts().has(undefined);
  }

  readonly #fields = once(() => this.manifests.map(Field.of));

  readonly #objects = once(() => this.manifests.filter((manifest) => !isKustomizeFile(manifest)));

  readonly #made = once(() => this.#objects().flatMap(madeFrom));

  readonly #known = once(
    () => new KnownObjects(this.#objects(), this.#made(), this.#externals, this.complete),
  );

  readonly #byKind = once(() =>
    group(this.fields, ({ manifest: { object } }) => `${apiGroupOf(object.apiVersion)}/${object.kind}`),
  );

  readonly #workloads = once(() => this.#objects().flatMap((manifest) => workload(manifest) ?? []));

  readonly #pods = once(() =>
    group<Pods, string | undefined>(
      [
        ...this.workloads.map((one) => ({ namespace: one.namespace, labels: one.labels, workload: one })),
        ...[...this.#made(), ...this.#externals].flatMap(({ namespace, podLabels }) =>
          podLabels === undefined ? [] : [{ namespace, labels: podLabels, workload: undefined }],
        ),
      ],
      ({ namespace }) => namespace,
    ),
  );

  readonly #services = once(() => this.all('', 'Service').map(service));

  readonly #servicesByName = once(() => {
    const made = this.#made()
      .filter(({ kind }) => kind === 'Service')
      .map(madeService);
    const byName = group([...made, ...this.services], (one) => `${one.namespace ?? ''}/${one.name}`);
    return new Map([...byName].map(([name, all]) => [name, haveSamePorts(all) ? all.at(-1) : undefined]));
  });

  readonly #namespaceObjects = once(
    () => new Map(this.all('', 'Namespace').map((field) => [field.at('metadata', 'name').text ?? '', field])),
  );

  readonly #namespaces = once(
    () =>
      new Set([
        ...this.#objects().flatMap(({ object }) => object.metadata?.namespace ?? []),
        ...this.#namespaceObjects().keys(),
      ]),
  );

  readonly #layers = once(() => layersOf(this.manifests));

  readonly #paths = once(
    () => new Set([...this.#otherFiles, ...this.manifests.map(({ file }) => file)].flatMap(pathsTo)),
  );

  readonly #charts = once(
    () => new Set([...this.#opaque].map(namespaceOfCharts).concat(chartsOfKustomize(this.fields))),
  );
}

/** A path and all folders above it. */
function pathsTo(file: string): string[] {
  const steps = file.split('/');
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
}
