import { instanceLabels } from '../cnpg/names.ts';
import { selectorOf } from './labels.ts';
import type { OwnPods } from './network.ts';

/** The pods of a component of ours. */
export function podsOf(name: string): OwnPods {
  return { kind: 'own', name, labels: selectorOf(name) };
}

/** The instances of a database: https://cloudnative-pg.io/documentation/current/labels_annotations/ */
export function databasePodsOf(name: string): OwnPods {
  return { kind: 'own', name, labels: instanceLabels(name) };
}
