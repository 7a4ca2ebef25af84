import { audit } from '../../lib/audit/audit.ts';
import { cluster, documents, server } from '../../lib/audit/examples.ts';
import type { Rule } from '../../lib/audit/rule.ts';
import { allRules } from '../../lib/audit/rules.ts';
import { filesOf } from '../../lib/files/texts.ts';
import { Inventory } from '../../lib/manifests/inventory.ts';
import { readManifests, splitDocuments } from '../../lib/repository/manifest-document.ts';
import { readRepository } from '../../lib/repository/repository.ts';

function severities(
  rule: string,
  files: Readonly<Record<string, string>>,
  { complete = false, whose = {} }: { complete?: boolean; whose?: Partial<Rule> } = {},
): string[] {
  const manifests = Object.entries(files).flatMap(([file, text]) =>
    splitDocuments(file, text).flatMap(readManifests),
  );
  const rules = allRules.filter(({ id }) => id === rule).map((one) => ({ ...one, ...whose }));
  expect(rules).toHaveLength(1);
  return audit(new Inventory(manifests, { complete }), rules).map(({ severity }) => severity);
}

const deadProbe = server('livenessProbe: { httpGet: { path: /api/server-info/ping, port: 2283 } }');

test('an error is what upstream says; a taste of ours is one only where we wrote everything', () => {
  expect(severities('dead-probe', { 'a.yaml': deadProbe })).toEqual(['error']);
  const whose = { whose: 'ours' } as const;
  expect(severities('dead-probe', { 'a.yaml': deadProbe }, { whose })).toEqual(['warning']);
  expect(severities('dead-probe', { 'a.yaml': deadProbe }, { whose, complete: true })).toEqual(['error']);
});

test('what nothing applies is only worth knowing', () => {
  expect(severities('dead-probe', { '.archive/a.yaml': deadProbe })).toEqual(['info']);
  const kustomization =
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [other.yaml]\n';
  const backup =
    'apiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nmetadata: { name: db, namespace: immich }\n';
  const files = { 'app/kustomization.yaml': kustomization, 'app/a.yaml': documents(deadProbe, backup) };
  expect(severities('dead-probe', files)).toEqual(['info']);
  // That it is not applied is itself what is wrong.
  expect(severities('kustomization-file-unlisted', files)).toEqual(['warning']);
});

test('an older file beside a newer one of its kind was left out on purpose', () => {
  const backup = (name: string) =>
    `apiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nmetadata: { name: ${name}, namespace: immich }\n`;
  const files = {
    'app/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [new.yaml]\n',
    'app/new.yaml': backup('new'),
    'app/old.yaml': backup('old'),
  };
  expect(severities('kustomization-file-unlisted', files)).toEqual(['info']);
});

test('a backup that is left out for a database of somebody else is only told', () => {
  const files = (database: string) => ({
    'app/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [cluster.yaml]\n',
    'app/cluster.yaml': cluster('storage: {}', database),
    'app/backup.yaml': `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: db, namespace: immich }
spec: { cluster: { name: ${database} } }
`,
    'server.yaml': server('env: [{ name: DB_HOSTNAME, value: immich-db-rw }]'),
  });
  expect(severities('kustomization-file-unlisted', files('immich-db'))).toEqual(['warning']);
  expect(severities('kustomization-file-unlisted', files('linkding'))).toEqual(['info']);
});

test.each([
  ['validators: [check.yaml]', 'error'],
  ['transformers: [change.yaml]', 'warning'],
])('what is not known as it is applied is no error: %s', (fields, severity) => {
  const { inventory } = readRepository(
    filesOf(
      '.',
      new Map([
        [
          'kustomization.yaml',
          `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n${fields}\n`,
        ],
        ['a.yaml', deadProbe],
      ]),
    ),
  );
  const rules = allRules.filter(({ id }) => id === 'dead-probe');
  expect(audit(inventory, rules).map((finding) => finding.severity)).toEqual([severity]);
});
