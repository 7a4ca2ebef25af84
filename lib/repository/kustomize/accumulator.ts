import { isMapping } from '../../manifests/field.ts';
import type { KubernetesObject, Manifest, Value } from '../../manifests/manifest.ts';
import type { Generated } from './generators.ts';
import { identitiesOf, identityOf, keyOf, type Resource, resourceOf } from './resource.ts';

/** The most resources of one build. */
const most = 50_000;

/** The resources of a kustomization, as they come together. */
export class Accumulator {
  readonly #resources: Resource[] = [];
  /** What is there already of each manifest, by what it is called. */
  readonly #bySource = new Map<Manifest, Set<string>>();

  constructor(resources: readonly Resource[]) {
    this.add(resources);
  }

  get resources(): readonly Resource[] {
    return this.#resources;
  }

  /** Adds resources, but none that is there already by another way, which kustomize would refuse. */
  add(resources: readonly Resource[]): void {
    for (const one of resources) {
      const called = this.#bySource.get(one.source) ?? new Set();
      const key = keyOf(one.object);
      if (this.#resources.length >= most || called.has(key)) continue;
      this.#resources.push(one);
      this.#bySource.set(one.source, called.add(key));
    }
  }

  /** Adds what is generated, or merges it into the one of its name. */
  absorb({ manifest, behavior }: Generated): void {
    const added = resourceOf(manifest);
    const id = identityOf(added.object);
    const place = this.#resources.findIndex((one) =>
      identitiesOf(one).some(
        ({ kind, name, namespace }) => kind === id.kind && name === id.name && namespace === id.namespace,
      ),
    );
    const old = this.#resources[place];
    if (behavior === 'create' || old === undefined) {
      this.add([added]);
      return;
    }
    this.#resources[place] = behavior === 'merge' ? merged(old, added) : replacing(old, added);
  }
}

/** The values of both: those that are generated come last. */
function merged(old: Resource, added: Resource): Resource {
  const result = replacing(old, added);
  const before = dataOf(old.object);
  const data = dataOf(added.object);
  return {
    ...result,
    object: {
      ...result.object,
      ...(old.object['binaryData'] === undefined ? {} : { binaryData: old.object['binaryData'] }),
      ...(Object.keys(before).length + Object.keys(data).length === 0
        ? {}
        : { data: { ...before, ...data } }),
    },
    origin: (path) => {
      const [list, key] = path;
      return list === 'data' && typeof key === 'string' && Object.hasOwn(data, key)
        ? added.origin(path)
        : old.origin(path);
    },
  };
}

/** What is generated in the place of another, whose name, labels and annotations stay. */
function replacing(old: Resource, added: Resource): Resource {
  const its = added.object.metadata;
  const before = old.object.metadata;
  const pairs = (list: 'labels' | 'annotations') => {
    const all = { ...before?.[list], ...its?.[list] };
    return Object.keys(all).length === 0 ? {} : { [list]: all };
  };
  return {
    ...old,
    origin: added.origin,
    object: {
      ...added.object,
      metadata: {
        ...(before?.name === undefined ? {} : { name: before.name }),
        ...(before?.namespace === undefined ? {} : { namespace: before.namespace }),
        ...pairs('labels'),
        ...pairs('annotations'),
      },
    },
  };
}

function dataOf({ data }: KubernetesObject): { readonly [key: string]: Value | undefined } {
  return isMapping(data) ? data : {};
}
