import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { appliedBy, fluxKustomizations, isTold } from '../../../manifests/views/flux.ts';
import type { Rule } from '../../rule.ts';
import { dataHolders } from '../../views/data-holders.ts';

export const forceOnData: Rule = {
  id: 'force-on-data',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Flux may delete and recreate what holds data, because force is on.',
  why: 'With force, Flux deletes and recreates an object whose edit the API server refuses, such as a smaller volume. For a database or a claim that means an empty one, and no annotation on the object overrules force in the Kustomization.',
  url: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#force',
  examples: {
    good: `
# flux/database.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich-database, namespace: flux-system }
spec: { interval: 1h, retryInterval: 2m, path: ./database, prune: false, force: false, sourceRef: { kind: GitRepository, name: flux-system } }
---
# database/cluster.yaml
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: immich-db, namespace: immich }
spec: { instances: 2, storage: { size: 20Gi } }
`,
    broken: {
      'force: false': 'force: true',
    },
  },
  check(inventory, report) {
    const { clusters, claims, volumes } = dataHolders(inventory);
    const holders = [...clusters, ...claims, ...volumes];
    // What stands in the way of an accident has not happened yet.
    const severity = inventory.complete ? {} : ({ severity: 'warning' } as const);
    for (const object of holders) {
      if (isTold(object, 'force', 'enabled')) {
        report(object.at('metadata', 'name'), {
          message: `An edit that the API server refuses makes Flux delete this ${object.manifest.object.kind} with its data and create it empty.`,
          fix: 'Remove kustomize.toolkit.fluxcd.io/force.',
          ...severity,
        });
      }
    }
    for (const kustomization of forceFields(inventory, holders)) {
      report(kustomization.at('spec', 'force'), {
        message:
          'An edit that the API server refuses, such as a smaller volume, makes Flux delete the database or claim with its data and create it empty.',
        fix: 'Remove force, or set it to false; no annotation protects single objects from it.',
        ...severity,
      });
    }
  },
};

/** The Kustomizations with force that apply something that holds data; all with force in a complete inventory. */
function forceFields(inventory: Inventory, holders: readonly Field[]): Field[] {
  const forced = fluxKustomizations(inventory).filter((one) => one.get('spec', 'force') === true);
  if (inventory.complete || forced.length === 0) {
    return forced;
  }
  const applying = new Set(holders.map(({ manifest }) => appliedBy(inventory, manifest)?.manifest));
  return forced.filter(({ manifest }) => applying.has(manifest));
}
