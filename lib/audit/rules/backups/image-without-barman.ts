import { isInTree } from '../../../manifests/views/archive.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const imageWithoutBarman: Rule = {
  id: 'image-without-barman',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Backups run inside an image that has no Barman in it.',
  why: "In-tree backups call Barman inside the database's own container, and the standard and minimal images of PostgreSQL leave it out. WAL then cannot be archived, PostgreSQL keeps all of it, and the database stops when its volume is full.",
  url: 'https://github.com/cloudnative-pg/postgres-containers#image-types',
  limits: 'An image is known by its name alone; one of your own is not looked into.',
  examples: {
    good: documents(
      cluster(`imageName: ghcr.io/cloudnative-pg/postgresql:17.6-system-bookworm
backup: { barmanObjectStore: { destinationPath: s3://immich } }`),
    ),
    broken: {
      'imageName: ghcr.io/cloudnative-pg/postgresql:17.6-system-bookworm':
        'imageName: ghcr.io/cloudnative-pg/postgresql:17.6-standard-bookworm',
    },
  },
  check(inventory, report) {
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const image = database.at('spec', 'imageName');
      if (isInTree(database) && /:[^@]*-(standard|minimal)(-|@|$)/.test(image.text ?? '')) {
        report(image, {
          message:
            'Standard and minimal images have no Barman; WAL is not archived, and the disk fills until the database stops.',
          fix: 'Use a system image, or the Barman Cloud plugin instead of barmanObjectStore.',
        });
      }
    }
  },
};
