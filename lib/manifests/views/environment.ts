import { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import type { ContainerView, EnvironmentSourceView, KeyReferenceView } from './container.ts';
import type { WorkloadView } from './workload.ts';

/** A variable as the container sees it. */
export interface VariableView {
  readonly name: string;
  /** Its value; undefined when no manifest holds it. */
  readonly value: string | undefined;
  /** Where it is set: the entry of `env`, or the key of the config map or secret that brings it. */
  readonly field: Field;
  /** The secret or config map it comes from. */
  readonly from: KeyReferenceView | undefined;
}

/** Every variable that manifests give to a container: `env`, over what `envFrom` brings. */
export function environment(
  inventory: Inventory,
  workload: WorkloadView,
  container: ContainerView,
): ReadonlyMap<string, VariableView> {
  const variables = new Map<string, VariableView>();
  for (const source of container.environmentFrom) {
    for (const variable of spreadSource(inventory, workload, source)) {
      variables.set(variable.name, variable);
    }
  }
  for (const { name, value, from, field } of container.environment) {
    variables.set(name, { name, value: value ?? keyValue(inventory, workload, from), field, from });
  }
  return variables;
}

function spreadSource(
  inventory: Inventory,
  workload: WorkloadView,
  source: EnvironmentSourceView,
): VariableView[] {
  const known = inventory.find('', source.kind, workload.namespace, source.name.text ?? '');
  if (known === undefined) {
    return [];
  }
  const object = known.manifest === undefined ? undefined : Field.of(known.manifest);
  return [...(known.keys ?? [])].map((key) => {
    const field = object?.at('data', key);
    return {
      name: `${source.prefix}${key}`,
      value: source.kind === 'ConfigMap' ? field?.text : undefined,
      field: field?.exists ? field : source.name,
      from: source,
    };
  });
}

function keyValue(
  inventory: Inventory,
  workload: WorkloadView,
  from: KeyReferenceView | undefined,
): string | undefined {
  if (from?.kind !== 'ConfigMap') {
    return undefined;
  }
  const known = inventory.find('', 'ConfigMap', workload.namespace, from.name.text ?? '');
  return known?.manifest === undefined
    ? undefined
    : Field.of(known.manifest).at('data', from.key?.text ?? '').text;
}
