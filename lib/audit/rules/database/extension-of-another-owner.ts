import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { objectsOfCluster } from '../../../manifests/views/objects-of-cluster.ts';
import { cluster, documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { usedDatabases } from '../../views/immichs-database.ts';
import { connectsAsSuperuser, logsInAsOwner } from '../../views/superuser-role.ts';

export const extensionOfAnotherOwner: Rule = {
  id: 'extension-of-another-owner',
  severity: 'info',
  whose: 'upstream',
  meaning: "VectorChord belongs to another role than Immich's, and nothing updates it with the image.",
  why: 'When an image brings a newer VectorChord, Immich updates the extension at its next start, which only its owner or a superuser may. CloudNativePG creates extensions as postgres, so that Immich ends with "can be updated ... failed" after such an image, until somebody runs ALTER EXTENSION, or a Database with a version does.',
  url: 'https://docs.immich.app/administration/postgres-standalone/#updating-vectorchord',
  limits: 'Who owns an extension in a database that exists is not seen; this is who creates it in a new one.',
  examples: {
    good: documents(
      cluster('bootstrap: { initdb: { database: immich, owner: immich } }'),
      server(`env:
  - { name: DB_HOSTNAME, value: immich-db-rw }
  - { name: DB_USERNAME, value: immich }`),
      `apiVersion: postgresql.cnpg.io/v1
kind: Database
metadata: { name: immich, namespace: immich }
spec:
  name: immich
  owner: immich
  cluster: { name: immich-db }
  extensions: [{ name: vchord, version: 1.1.1 }]`,
    ),
    broken: { ', version: 1.1.1': '' },
  },
  check(inventory, report) {
    for (const { cluster: database, servers } of usedDatabases(inventory)) {
      const isOwner = servers.some((found) => logsInAsOwner(inventory, found, database));
      const place =
        isOwner && !connectsAsSuperuser(inventory, database) ? creationOf(inventory, database) : undefined;
      if (place !== undefined) {
        report(place, {
          message:
            'VectorChord is created as postgres here, and nothing updates it: after an image with a newer one Immich may not, and does not start.',
          fix: 'Give it a version in a Database, such as extensions: [{ name: vchord, version: 1.1.1 }], and change that together with the image; or run ALTER EXTENSION vchord UPDATE after each such change.',
        });
      }
    }
  },
};

/** Where VectorChord is created once and left as it is; undefined where a Database keeps its version, or nothing creates it. */
function creationOf(inventory: Inventory, database: Field): Field | undefined {
  const initdb = database.at('spec', 'bootstrap', 'initdb');
  const managed = objectsOfCluster(inventory, 'Database', database)
    .flatMap((one) => one.at('spec', 'extensions').items)
    .filter((one) => one.get('name') === 'vchord');
  const statements = ['postInitApplicationSQL', 'postInitTemplateSQL'].flatMap((list) =>
    initdb.at(list).items.filter(({ text }) => /create\s+extension[^;]*\bvchord\b/i.test(text ?? '')),
  );
  return managed.some((one) => one.at('version').exists) ? undefined : [...managed, ...statements][0];
}
