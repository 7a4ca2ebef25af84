import { type Field, isUnknown } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import type { Known } from '../../manifests/known.ts';
import { folderOf } from '../../manifests/views/layer.ts';
import { nearest } from '../../text/nearest.ts';
import { quote } from '../../text/quoting.ts';
import type { Severity } from '../finding.ts';
import type { Problem, Report } from '../rule.ts';

/** A name by which one object refers to another. */
export interface ReferenceView {
  /** The name where it is written. */
  readonly name: Field;
  readonly apiGroup: string;
  readonly kind: string;
  /** Where the other object has to be; undefined for cluster-wide kinds, or when it is not known. */
  readonly namespace: string | undefined;
  /** What happens while it is missing, to follow a semicolon: "the pod does not start". */
  readonly consequence: string;
}

/**
 * The object that a reference means. When there is none, and the inventory is such that there should be one,
 * reports it: as the rule's own severity in a complete inventory, milder where it may stand elsewhere.
 */
export function resolve(inventory: Inventory, report: Report, reference: ReferenceView): Known | undefined {
  const name = reference.name.text;
  if (name === undefined || name === '' || isUnknown(name) || isUnknown(reference.namespace ?? '')) {
    return undefined;
  }
  const known = inventory.find(reference.apiGroup, reference.kind, reference.namespace, name);
  if (known === undefined) {
    const problem = problemOfMissing(inventory, reference, name);
    if (problem !== undefined) {
      report(reference.name, problem);
    }
  }
  return known;
}

/** Reports a key that a secret or config map is known not to have. */
export function resolveKey(known: Known | undefined, key: Field, report: Report, consequence: string): void {
  const keys = known?.keys;
  if (known === undefined || keys === undefined || key.text === undefined || isUnknown(key.text)) {
    return;
  }
  if (!keys.has(key.text) && ![...keys].some(isUnknown)) {
    report(key, {
      message: `${known.kind} ${quote(known.name)} has no key ${quote(key.text)}; ${consequence}.`,
      fix: keys.size === 0 ? 'Add the key.' : `Write one of its keys: ${[...keys].slice(0, 12).join(', ')}.`,
    });
  }
}

function problemOfMissing(inventory: Inventory, reference: ReferenceView, name: string): Problem | undefined {
  const { kind, namespace, consequence } = reference;
  const names = inventory.names(reference.apiGroup, kind, namespace);
  const severity = severityOf(inventory, reference, name, names);
  if (severity === 'silent') {
    return undefined;
  }
  const where = namespace === undefined ? '' : ` in namespace ${quote(namespace)}`;
  const near = nearest(name, names);
  return {
    message: `There is no ${kind} ${quote(name)}${where}; ${consequence}.`,
    fix:
      near === undefined
        ? `Add the ${kind}, or name one that exists.`
        : `Write ${quote(near)}, or add ${kind} ${quote(name)}.`,
    ...(severity === undefined ? {} : { severity }),
  };
}

function severityOf(
  inventory: Inventory,
  reference: ReferenceView,
  name: string,
  names: readonly string[],
): Severity | 'silent' | undefined {
  if (inventory.complete) {
    return undefined;
  }
  if (names.some(isUnknown)) {
    return 'silent';
  }
  if (names.some((known) => isMisspelled(name, known)) || isManaged(inventory, reference)) {
    return 'warning';
  }
  return inventory.has(reference.apiGroup, reference.kind, reference.namespace) ? 'info' : 'silent';
}

/**
 * Whether objects of this kind and namespace are written beside the reference, so that the missing one should be
 * too. Never for secrets, which people create by hand, or for what may come with a Helm chart.
 */
function isManaged(inventory: Inventory, { apiGroup, kind, namespace, name }: ReferenceView): boolean {
  const folder = folderOf(name.manifest.file);
  return (
    kind !== 'Secret' &&
    // Flux's own repository is part of what was read only when all of it was.
    (kind !== 'Kustomization' || inventory.all('source.toolkit.fluxcd.io', 'GitRepository').length > 0) &&
    inventory
      .all(apiGroup, kind)
      .some(
        ({ manifest }) =>
          folderOf(manifest.file) === folder && manifest.object.metadata?.namespace === namespace,
      ) &&
    !inventory.hasUnknown(namespace)
  );
}

/** Whether two names differ by one letter too many or too few, or by two swapped: no two objects are named so. */
function isMisspelled(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one[start] === other[start]) {
    start++;
  }
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) {
    end++;
  }
  const left = one.slice(start, one.length - end);
  const right = other.slice(start, other.length - end);
  const [more, fewer] = left.length > right.length ? [left, right] : [right, left];
  const letterMore = more.length === 1 && fewer === '' && /[a-z]/.test(more);
  const swapped = left.length === 2 && left === [...right].reverse().join('') && /[a-z]{2}/.test(left);
  return one.length > 5 && (letterMore || swapped);
}
