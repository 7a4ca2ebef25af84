import { isList, isMapping } from '../../manifests/field.ts';
import { group } from '../../manifests/group.ts';
import type { KubernetesObject, Value } from '../../manifests/manifest.ts';
import { setAt } from './field-spec.ts';
import { nameReferences } from './name-references.ts';
import { type Identity, identityOf, type Resource } from './resource.ts';

/** The resources of a whole build with references to those that it renamed, or put into another namespace. */
export function withReferences(resources: readonly Resource[]): readonly Resource[] {
  const candidates = new Candidates(resources);
  if (candidates.isEmpty) return resources;
  return resources.map((one) => {
    let value: Value = one.object;
    for (const { path, to } of nameReferences(one.object.kind)) {
      value = setAt(value, path, false, (old) => referred(old, one, to, candidates));
    }
    const { apiVersion, kind } = one.object;
    return value === one.object || !isMapping(value)
      ? one
      : { ...one, object: { ...value, apiVersion, kind } };
  });
}

/** Resources by their former kinds and names. */
class Candidates {
  readonly #all: ReadonlyMap<string, readonly Resource[]>;

  constructor(resources: readonly Resource[]) {
    const named = resources.flatMap((one) =>
      [...new Set(one.former.map(({ kind, name }) => `${kind}/${name}`))].map((key) => ({ one, key })),
    );
    this.#all = new Map(
      [...group(named, ({ key }) => key)].map(([key, all]) => [key, all.map(({ one }) => one)]),
    );
  }

  get isEmpty(): boolean {
    return this.#all.size === 0;
  }

  named(kind: string, name: string): readonly Resource[] {
    return this.#all.get(`${kind}/${name}`) ?? [];
  }
}

function referred(
  old: Value | undefined,
  from: Resource,
  kind: string,
  candidates: Candidates,
): Value | undefined {
  if (typeof old === 'string') {
    return referredResource(old, from, kind, candidates)?.object.metadata?.name ?? old;
  }
  if (!isMapping(old) || typeof old['name'] !== 'string') return old;
  const { namespace } = old;
  const to = referredResource(
    old['name'],
    from,
    kind,
    candidates,
    typeof namespace === 'string' ? namespace : undefined,
  );
  const its = to?.object.metadata;
  return its === undefined || (its.name === old['name'] && [undefined, '', namespace].includes(its.namespace))
    ? old
    : { ...old, name: its.name, ...(its.namespace ? { namespace: its.namespace } : {}) };
}

/** https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/nameref/nameref.go */
function referredResource(
  name: string,
  from: Resource,
  kind: string,
  candidates: Candidates,
  namespace?: string,
): Resource | undefined {
  const role = from.object['roleRef'];
  const isOfRole = isMapping(role) && role['name'] === name && kind !== 'ServiceAccount';
  const named = candidates
    .named(kind, name)
    .filter((one) => couldBeReferred(one, from) && (!isOfRole || role['kind'] === kind));
  const all = namespace === undefined ? named : inNamespace(named, namespace);
  if (all.length < 2) return all[0];
  // Of several, kustomize takes the one that was renamed as the object that refers to it.
  const near = all.filter((one) => haveSameAffixes(one, from, true));
  const alike = near.length > 1 ? near.filter((one) => haveSameAffixes(one, from, false)) : near;
  const [first] = alike;
  const isOne = alike.every(
    ({ object: { metadata } }) =>
      metadata?.name === first?.object.metadata?.name &&
      metadata?.namespace === first?.object.metadata?.namespace,
  );
  return isOne ? first : undefined;
}

function couldBeReferred(one: Resource, from: Resource): boolean {
  const its = identityOf(one.object).namespace;
  const { namespace } = identityOf(from.object);
  return (
    namespace === undefined ||
    its === undefined ||
    its === namespace ||
    (one.object.kind === 'ServiceAccount' &&
      namespacesOfSubjects(from.object).has(one.object.metadata?.namespace ?? ''))
  );
}

/** Where the accounts of a RoleBinding stand. */
function namespacesOfSubjects({ kind, subjects }: KubernetesObject): ReadonlySet<string> {
  return new Set(
    kind === 'RoleBinding' && isList(subjects)
      ? subjects.flatMap((subject) =>
          isMapping(subject) &&
          subject['kind'] === 'ServiceAccount' &&
          typeof subject['namespace'] === 'string'
            ? subject['namespace']
            : [],
        )
      : [],
  );
}

function inNamespace(all: readonly Resource[], namespace: string): readonly Resource[] {
  const first = ({ former: [first], object }: Resource): Identity => first ?? identityOf(object);
  const before = all.filter((one) => first(one).namespace === namespace);
  return before.length > 0 ? before : all.filter(({ object }) => identityOf(object).namespace === namespace);
}

function haveSameAffixes(one: Resource, other: Resource, mayBeMissing: boolean): boolean {
  const isSame = (some: readonly string[], others: readonly string[]) =>
    (mayBeMissing && (some.length === 0 || others.length === 0)) || haveSameEnd(some, others);
  return isSame(one.prefixes, other.prefixes) && isSame(one.suffixes, other.suffixes);
}

function haveSameEnd(some: readonly string[], others: readonly string[]): boolean {
  const length = Math.min(some.length, others.length);
  return (
    (length > 0 || some.length === others.length) &&
    some.slice(some.length - length).join('\n') === others.slice(others.length - length).join('\n')
  );
}
