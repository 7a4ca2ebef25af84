import type { Field } from '../../../manifests/field.ts';
import { isUnknown } from '../../../manifests/field.ts';
import { stores } from '../../../manifests/views/store.ts';
import { quote } from '../../../text/quoting.ts';
import { documents } from '../../examples.ts';
import type { Report, Rule } from '../../rule.ts';

export const storePath: Rule = {
  id: 'store-path',
  severity: 'error',
  whose: 'upstream',
  meaning: "A store's path or credentials are of a form that fails only when the first backup runs.",
  why: 'Kubernetes accepts any text as a path, and Barman looks at it only when it first writes. A path of another provider, or credentials that exclude each other, then make the archiving of WAL and every backup fail.',
  url: 'https://cloudnative-pg.io/documentation/current/appendixes/backup_barmanobjectstore/#azure-blob-storage',
  limits: 'The store is not asked whether the bucket exists or the key may write.',
  examples: {
    good: documents(`apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: immich, namespace: immich }
spec:
  configuration:
    destinationPath: https://account.blob.core.windows.net/immich
    azureCredentials:
      connectionString: { name: azure, key: connection-string }`),
    broken: {
      'destinationPath: https://account.blob.core.windows.net/immich':
        'destinationPath: azure://account/immich',
    },
  },
  check(inventory, report) {
    for (const { configuration } of stores(inventory)) {
      checkPath(configuration, report);
      checkCredentials(configuration, report);
    }
  },
};

const forms = [
  {
    credentials: 'azureCredentials',
    form: /^https?:\/\/[^/]+\/[^/]+/,
    write: 'https://<account>.blob.core.windows.net/<container>',
  },
  { credentials: 's3Credentials', form: /^s3:\/\/[^/]+/, write: 's3://<bucket>/<folder>' },
  { credentials: 'googleCredentials', form: /^gs:\/\/[^/]+/, write: 'gs://<bucket>/<folder>' },
];

function checkPath(configuration: Field, report: Report): void {
  const path = configuration.at('destinationPath');
  for (const { credentials, form, write } of forms) {
    if (
      configuration.at(credentials).exists &&
      path.text !== undefined &&
      !isUnknown(path.text) &&
      !form.test(path.text)
    ) {
      report(path, {
        message: `Barman cannot use ${quote(path.text)} with ${credentials}; no WAL is archived and every backup fails.`,
        fix: `Write ${write}.`,
      });
    }
  }
}

function checkCredentials(configuration: Field, report: Report): void {
  const azure = configuration.at('azureCredentials');
  const others = azure.entries.filter(([name, field]) => name !== 'connectionString' && field.exists);
  if (azure.at('connectionString').exists && others.length > 0) {
    report(azure.at(others[0]?.[0] ?? ''), {
      message: 'A connection string stands for all other credentials; beside it they make every backup fail.',
      fix: `Remove ${others.map(([name]) => name).join(', ')}.`,
    });
  }
  const serverName = configuration.at('serverName');
  if (serverName.exists && configuration.manifest.object.kind === 'ObjectStore') {
    report(serverName, {
      message: 'An ObjectStore cannot name a server; Kubernetes refuses it.',
      fix: "Write serverName into the plugin's parameters in the Cluster.",
    });
  }
}
