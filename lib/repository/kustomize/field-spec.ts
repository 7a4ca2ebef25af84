import { apiGroupOf } from '../../manifests/api-group.ts';
import { type Field, isList, isMapping } from '../../manifests/field.ts';
import type { KubernetesObject, Value } from '../../manifests/manifest.ts';

/** A field of some kinds that a change of kustomize reaches. */
export interface FieldSpec {
  readonly kind?: string;
  readonly group?: string;
  readonly version?: string;
  /** The way to it, through lists. A step that ends in `[]` is a list, and is never made. */
  readonly path: readonly string[];
  /** Whether it is made where it is not there. */
  readonly create: boolean;
}

/** A field spec as a kustomization has it, its path with slashes, of which those in a name are escaped. */
export function fieldSpecOf(field: Field): FieldSpec {
  const text = (name: string) => {
    const value = field.at(name).text;
    return value === undefined || value === '' ? {} : { [name]: value };
  };
  return {
    ...text('kind'),
    ...text('group'),
    ...text('version'),
    path: stepsOf(field.at('path').text ?? ''),
    create: field.at('create').value === true,
  };
}

/** The steps of a path. */
export function stepsOf(path: string): string[] {
  return [...path.matchAll(/(?:\\\/|[^/])+/g)].map(([step]) => step.replaceAll('\\/', '/'));
}

/** Whether a field spec is for an object. */
export function isFor(
  { kind, group, version }: FieldSpec,
  { apiVersion, kind: its }: KubernetesObject,
): boolean {
  return (
    (kind === undefined || kind === its) &&
    (group === undefined || group === apiGroupOf(apiVersion)) &&
    (version === undefined || version === apiVersion.slice(apiVersion.indexOf('/') + 1))
  );
}

/** The value with another one at each place of a path; `set` is given undefined for one that is made. */
export function setAt(
  value: Value,
  path: readonly string[],
  create: boolean,
  set: (old: Value | undefined) => Value | undefined,
): Value {
  if (isList(value)) {
    const items = value.map((item) => setAt(item, path, create, set));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const [step, ...rest] = path;
  if (step === undefined || !isMapping(value)) return value;
  const key = step.replace(/\[\]$/, '');
  const old = Object.hasOwn(value, key) ? (value[key] ?? undefined) : undefined;
  if (old === undefined && (!create || key !== step)) return value;
  const next =
    rest.length > 0 ? setAt(old ?? {}, rest, create, set) : isList(old) ? setItems(old, set) : set(old);
  return next === old || next === undefined ? value : { ...value, [key]: next };
}

function setItems(list: readonly Value[], set: (old: Value | undefined) => Value | undefined): Value {
  const items = list.map((item) => set(item) ?? item);
  return items.some((item, index) => item !== list[index]) ? items : list;
}
