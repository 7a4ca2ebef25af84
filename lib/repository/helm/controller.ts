import type { Field } from '../../manifests/field.ts';

/** A controller of the values: `controllers.<id>`, or the values themselves before version 2 of the library. */
export interface Controller {
  readonly id: string;
  /** Where its replicas, strategy and type are. */
  readonly field: Field;
  readonly containers: readonly (readonly [string, Field])[];
  readonly initContainers: readonly (readonly [string, Field])[];
  /** Where settings of the pod are, the most specific first. */
  readonly pod: readonly [Field, ...Field[]];
  /** What the pod's security context is called there. */
  readonly podSecurity: 'securityContext' | 'podSecurityContext';
  /** The claims that it makes for each pod, where it is a StatefulSet. */
  readonly claimTemplates: Field;
  /** Whether mappings of the controller's pod are laid over the default ones instead of replacing them. */
  readonly mergesPods: boolean;
}

/** The controllers of values. */
export function controllersOf(values: Field): Controller[] {
  const controllers = enabledEntries(values.at('controllers'));
  if (controllers.length > 0) {
    return controllers.map(([id, field]) => ({
      id,
      field,
      containers: enabledEntries(field.at('containers')),
      initContainers: enabledEntries(field.at('initContainers')),
      pod: [field.at('pod'), values.at('defaultPodOptions')],
      podSecurity: 'securityContext',
      claimTemplates: field.at('statefulset', 'volumeClaimTemplates'),
      mergesPods: values.get('defaultPodOptionsStrategy') === 'merge',
    }));
  }
  return values.at('image').exists
    ? [
        {
          id: 'main',
          field: values.at('controller'),
          containers: [['main', values]],
          initContainers: enabledEntries(values.at('initContainers')),
          pod: [values],
          podSecurity: 'podSecurityContext',
          claimTemplates: values.at('volumeClaimTemplates'),
          mergesPods: false,
        },
      ]
    : [];
}

/** The entries of a mapping that are not switched off. */
export function enabledEntries(field: Field): [string, Field][] {
  return field.entries.filter(([, entry]) => entry.exists && entry.get('enabled') !== false);
}
