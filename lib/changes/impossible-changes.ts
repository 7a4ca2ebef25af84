import { parse } from 'yaml';
import type { DistPlan, DistState } from '../dist/plan.ts';
import { isList, isMapping } from '../manifests/field.ts';
import type { Value } from '../manifests/manifest.ts';
import { parseQuantity } from '../values/quantity.ts';

/** A change of an object in dist that cannot be made to the same object in a cluster. */
export interface ImpossibleChange {
  /** The file, relative to the folder that synth writes. */
  readonly file: string;
  /** What is wrong, why, and what to do instead. */
  readonly message: string;
}

/**
 * What a plan would change although Kubernetes or CloudNativePG refuses it for an object that is there. Flux would
 * stop at the whole layer, or, where somebody set `force`, delete the object and its data to make it anew.
 *
 * Only changed files are read, so that nothing is spent on those that stay.
 */
export function impossibleChanges(plan: DistPlan, present: DistState): ImpossibleChange[] {
  return plan.changed.flatMap((file) => {
    const kind = /(?:^|\/)([a-z]+)\.[^/]*\.yaml$/.exec(file)?.[1] ?? '';
    const rules = rulesByKind[kind] ?? [];
    if (rules.length === 0) return [];
    const before: Value = parse(present.files.get(file) ?? '');
    const after: Value = parse(plan.write.get(file) ?? '');
    return rules.flatMap(({ path, problem }) => {
      const said = problem(valueAt(before, path), valueAt(after, path), after);
      return said === undefined ? [] : [{ file, message: `${path}: ${said}` }];
    });
  });
}

interface Rule {
  readonly path: string;
  readonly problem: (
    before: Value | undefined,
    after: Value | undefined,
    object: Value,
  ) => string | undefined;
}

// https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
const claimSize = 'spec.resources.requests.storage';

const rulesByKind: { readonly [kind: string]: readonly Rule[] } = {
  persistentvolumeclaim: [
    ...['spec.storageClassName', 'spec.accessModes', 'spec.volumeName'].map((path) => fixed(path, 'a claim')),
    growing(claimSize, 'a claim'),
    {
      path: claimSize,
      problem: (before, after, object) =>
        valueAt(object, 'spec.storageClassName') === '' && isMore(after, before)
          ? `${shown(after)} is more than ${shown(before)}, but Kubernetes grows only claims of a storage class. ` +
            `A size says nothing about a network share: keep ${shown(before)}.`
          : undefined,
    },
  ],
  persistentvolume: [fixed('spec.nfs', 'a volume')],
  // https://cloudnative-pg.io/documentation/current/storage/
  cluster: [
    growing('spec.storage.size', 'the storage of a database'),
    growing('spec.walStorage.size', 'the storage of a database'),
    {
      path: 'spec.walStorage',
      problem: (before, after) =>
        before !== undefined && after === undefined
          ? 'it is gone, but CloudNativePG cannot remove the volume of the write-ahead log. Keep walStorage.'
          : undefined,
    },
  ],
};

function fixed(path: string, what: string): Rule {
  return {
    path,
    problem: (before, after) =>
      JSON.stringify(before) === JSON.stringify(after)
        ? undefined
        : `${shown(before)} became ${shown(after)}, but this cannot be changed in ${what} that exists. ` +
          `Keep ${shown(before)}, or give the volume another name and move the data.`,
  };
}

function growing(path: string, what: string): Rule {
  return {
    path,
    problem: (before, after) =>
      isMore(before, after)
        ? `${shown(after)} is less than ${shown(before)}, but ${what} cannot shrink. Write ${shown(before)} or more.`
        : undefined,
  };
}

function isMore(one: Value | undefined, other: Value | undefined): boolean {
  const [first, second] = [amountOf(one), amountOf(other)];
  return first !== undefined && second !== undefined && first > second;
}

function amountOf(value: Value | undefined): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const quantity = parseQuantity(String(value));
  return quantity.ok ? quantity.value.amount : undefined;
}

function shown(value: Value | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function valueAt(value: Value | undefined, path: string): Value | undefined {
  return path
    .split('.')
    .reduce<Value | undefined>(
      (inner, key) => (isMapping(inner) && !isList(inner) ? inner[key] : undefined),
      value,
    );
}
