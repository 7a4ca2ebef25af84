import { isDerived, originOf } from '../../../manifests/derived.ts';
import { Field } from '../../../manifests/field.ts';
import { environment } from '../../environment.ts';
import { documents, machineLearning } from '../../examples.ts';
import { immich } from '../../immich.ts';
import type { Rule } from '../../rule.ts';

export const needlessSecret: Rule = {
  id: 'needless-secret',
  severity: 'warning',
  meaning: 'Machine learning gets a password of the database or of Valkey, though it talks to neither.',
  url: 'https://immich.app/docs/developer/architecture/#machine-learning',
  examples: {
    bad: documents(
      machineLearning(`env:
  - name: DB_PASSWORD
    valueFrom: { secretKeyRef: { name: immich-db, key: password } }`),
    ),
    good: documents(machineLearning('env: [{ name: HF_HOME, value: /cache }]')),
  },
  check(inventory, report) {
    for (const { part, workload, container } of immich(inventory).containers) {
      for (const { name, from, field } of part === 'machine-learning'
        ? environment(inventory, workload, container).values()
        : []) {
        if (SECRETS.has(name) && from?.kind === 'Secret') {
          report(field.at('name').exists ? field.at('name') : field, {
            message: `${name} is given to machine learning, which never uses it; whoever breaks into this pod, which parses files of strangers, has the password.`,
            fix: 'Leave it out here.',
            ...(isShared(field) ? { severity: 'info' } : {}),
          });
        }
      }
    }
  },
};

/** Whether Immich's own chart gives the variable to all parts at once, from the values that stand above them. */
function isShared({ manifest, path }: Field): boolean {
  if (!isDerived(manifest)) {
    return false;
  }
  const release = new Field(manifest, [], manifest.subject);
  const [, , first = ''] = originOf(manifest, path).path;
  return release.at('spec', 'values', 'server').exists && ['controllers', 'env'].includes(String(first));
}

const SECRETS = new Set([
  'DB_PASSWORD',
  'DB_URL',
  'REDIS_PASSWORD',
  'REDIS_URL',
  'PGPASSWORD',
  'POSTGRES_PASSWORD',
]);
