import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { isInTree } from '../../../manifests/views/archive.ts';
import { parseOperatorVersion } from '../../../values/version.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const inTreeBarman: Rule = {
  id: 'in-tree-barman',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Backups are set up in a way that was announced to be gone from this version of the operator.',
  why: 'CloudNativePG has announced that barmanObjectStore moves out of the operator into the Barman Cloud plugin. An operator that no longer knows the field archives nothing, while the database itself goes on and looks healthy.',
  url: 'https://cloudnative-pg.io/plugin-barman-cloud/docs/migration/',
  limits: 'Which operator runs is known only where its chart or its image is among what was read.',
  examples: {
    good: documents(
      `apiVersion: apps/v1
kind: Deployment
metadata: { name: cnpg-controller-manager, namespace: cnpg-system }
spec:
  template:
    spec:
      containers: [{ name: manager, image: ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0 }]`,
      cluster('backup: { barmanObjectStore: { destinationPath: s3://immich } }'),
    ),
    broken: {
      'image: ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0':
        'image: ghcr.io/cloudnative-pg/cloudnative-pg:1.31.0',
    },
  },
  check(inventory, report) {
    const operator = operatorImage(inventory);
    if (operator === undefined) {
      return;
    }
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      if (isInTree(database)) {
        report(database.at('spec', 'backup', 'barmanObjectStore'), {
          message: `The operator is ${operator}, and barmanObjectStore was announced to end with 1.31; neither WAL nor backups may reach the store any more.`,
          fix: 'Move to the Barman Cloud plugin: an ObjectStore, spec.plugins, and method: plugin in the ScheduledBackup, in one change.',
        });
      }
    }
  },
};

/** The version of an operator that is new enough to matter. */
function operatorImage(inventory: Inventory): string | undefined {
  return inventory.workloads
    .flatMap(({ containers }) => containers.map(({ image }) => versionOf(image)))
    .find((version) => version !== undefined);
}

function versionOf(image: Field): string | undefined {
  const text = /\/cloudnative-pg:(\d+\.\d+\.\d+)/.exec(image.text ?? '')?.[1];
  const version = text === undefined ? undefined : parseOperatorVersion(text);
  return version?.ok && (version.value.major > 1 || version.value.minor >= 31)
    ? version.value.text
    : undefined;
}
