import { environment } from '../../../manifests/views/environment.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { documents, machineLearning } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { isShared } from '../../views/shared-values.ts';

export const needlessSecret: Rule = {
  id: 'needless-secret',
  severity: 'warning',
  whose: 'ours',
  meaning: 'Machine learning gets a password of the database or of Valkey, though it talks to neither.',
  why: 'Machine learning talks to the server alone, and never to the database or Valkey. It does, however, parse pictures that strangers may have made, so a password that lies in its environment is a gift to whoever breaks in there.',
  url: 'https://immich.app/docs/developer/architecture/#machine-learning',
  examples: {
    good: documents(machineLearning('env: [{ name: HF_HOME, value: /cache }]')),
    broken: {
      'env: [{ name: HF_HOME, value: /cache }]': `env:
            - name: DB_PASSWORD
              valueFrom: { secretKeyRef: { name: immich-db, key: password } }`,
    },
  },
  check(inventory, report) {
    for (const { part, workload, container } of immich(inventory).containers) {
      for (const { name, from, field } of part === 'machine-learning'
        ? environment(inventory, workload, container).values()
        : []) {
        if (secrets.has(name) && from?.kind === 'Secret') {
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

const secrets = new Set([
  'DB_PASSWORD',
  'DB_URL',
  'REDIS_PASSWORD',
  'REDIS_URL',
  'PGPASSWORD',
  'POSTGRES_PASSWORD',
]);
