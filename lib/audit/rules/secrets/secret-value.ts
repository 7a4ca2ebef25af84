import { originOf } from '../../../manifests/derived.ts';
import { type Field, isUnknown } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { environment } from '../../../manifests/views/environment.ts';
import {
  concerns,
  concernsNamespace,
  type ImmichContainerView,
  immich,
} from '../../../manifests/views/immich.ts';
import { valueAt } from '../../../text/data-path.ts';
import { quote } from '../../../text/quoting.ts';
import { secretIn } from '../../../text/secret.ts';
import type { Report, Rule } from '../../rule.ts';
import { configurationsOf } from '../../views/configuration.ts';
import { plainPostgres } from '../../views/plain-postgres.ts';
import { decodeBase64, holdsSecret, isPlaceholder } from '../../views/secret-text.ts';

export const secretValue: Rule = {
  id: 'secret-value',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A password or key stands in plain text in a manifest.',
  why: "What is in git is in every clone and stays in its history after it was removed. Base64, as in a Secret's data, hides nothing; a password that was ever committed has to be changed.",
  url: 'https://fluxcd.io/flux/security/secrets-management/',
  limits: 'What is a secret is told by the name of the key and the form of the value.',
  examples: {
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:v3.3.1
          env:
            - name: DB_PASSWORD
              valueFrom: { secretKeyRef: { name: immich-db, key: password } }
`,
    broken: {
      [`env:
            - name: DB_PASSWORD
              valueFrom: { secretKeyRef: { name: immich-db, key: password } }`]:
        'env: [{ name: DB_PASSWORD, value: hunter2 }]',
    },
  },
  check(inventory, report) {
    for (const secret of inventory.all('', 'Secret')) {
      if (
        concernsNamespace(inventory, secret.at('metadata', 'namespace').text) &&
        !isMade(secret) &&
        !checkSecret(secret, report)
      ) {
        checkFileName(secret, report);
      }
    }
    for (const server of immich(inventory).containers) {
      if (server.part === 'server') checkConfiguration(inventory, server, report);
    }
    const databases = new Set(plainPostgres(inventory).map(({ workload }) => workload));
    for (const workload of inventory.workloads) {
      const isOurs = concerns(inventory, workload) || databases.has(workload);
      for (const container of isOurs ? workload.containers : []) {
        // What a config map brings is as readable as what stands in the pod.
        for (const { name, value, field } of environment(inventory, workload, container).values()) {
          if (
            value !== undefined &&
            !isUnknown(value) &&
            secretIn(name, value) !== undefined &&
            !isPlaceholder(value)
          ) {
            report(field.at('value').exists ? field.at('value') : field, {
              message: `${name} stands in plain text; whoever can read the repository knows it.`,
              fix: 'Put it into a secret, and refer to that with valueFrom.secretKeyRef.',
              isSecret: true,
            });
          }
        }
      }
    }
  },
};

/** A secret whose every value is encrypted, public, a switch, or filled in later gives nothing away. */
function checkSecret(secret: Field, report: Report): boolean {
  for (const list of ['data', 'stringData']) {
    for (const [key, field] of secret.at(list).entries) {
      const text = list === 'data' ? decodeBase64(field.text ?? '') : field.text;
      if (text !== undefined && !isUnknown(text) && holdsSecret(key, text)) {
        report(field, {
          message: `The secret's key ${quote(key)} stands in plain text (base64 is no encryption); whoever can read the repository knows it.`,
          fix: 'Encrypt the file with SOPS, or have an operator such as External Secrets make the secret.',
          isSecret: true,
        });
        return true;
      }
    }
  }
  return false;
}

/** Settings of Immich's configuration that are secrets, where the file itself is readable. */
function checkConfiguration(inventory: Inventory, server: ImmichContainerView, report: Report): void {
  for (const { settings, fieldOf } of configurationsOf(inventory, server)) {
    for (const path of secretSettings) {
      const value = valueAt(settings, path);
      if (typeof value !== 'string' || value === '' || isUnknown(value) || isPlaceholder(value)) continue;
      report(fieldOf(path), {
        message: `${path.join('.')} stands in plain text; whoever can read the repository knows it.`,
        fix: 'Keep the whole file in a secret that is encrypted or made by an operator, and mount that.',
        isSecret: true,
      });
    }
  }
}

const secretSettings: readonly (readonly string[])[] = [
  ['oauth', 'clientSecret'],
  ['notifications', 'smtp', 'transport', 'password'],
];

/** Whether kustomize makes the secret of files, which are told of themselves. */
function isMade(secret: Field): boolean {
  return secret.at('sops').exists && secret.at('sops').entries.length === 0;
}

/** A file whose name says that it is encrypted, and which is not: whatever stands in it was meant to be hidden. */
function checkFileName(secret: Field, report: Report): void {
  const isMeant = /(^|[./-])sops\.ya?ml$|\.enc(rypted)?\.ya?ml$/.test(
    originOf(secret.manifest, []).manifest.file,
  );
  const [first] = ['data', 'stringData'].flatMap((list) => secret.at(list).entries);
  if (!isMeant || secret.at('sops').exists || first === undefined) return;
  const [key, field] = first;
  const text = field.text ?? '';
  if (text !== '' && !isUnknown(text) && !isPlaceholder(text)) {
    report(field, {
      message: `The name of the file says that it is encrypted with SOPS, and key ${quote(key)} stands in plain text; whoever can read the repository knows it.`,
      fix: 'Encrypt the file: sops --encrypt --in-place.',
      severity: 'warning',
      isSecret: true,
    });
  }
}
