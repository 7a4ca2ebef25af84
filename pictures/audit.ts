import { textReport } from '../lib/audit/report/text.ts';
import { repositoryFindings } from '../lib/audit/repository-findings.ts';
import { filesOf } from '../lib/files/texts.ts';
import { readRepository } from '../lib/repository/repository.ts';
import { styleInPictures, terminalPicture } from './terminal.ts';
import type { Theme } from './theme.ts';

/** What the audit says of a repository in which everything looks healthy. */
export function auditPicture(theme: Theme): string {
  return terminalPicture(
    theme,
    'What the audit says in a terminal',
    '$ immich-cdk8s audit home-ops',
    report(),
  );
}

function report(): string {
  const repository = readRepository(filesOf('home-ops', texts));
  const findings = repositoryFindings(repository, true);
  const lines = new Map([...texts].map(([file, text]) => [file, text.split('\n')]));
  const summary = {
    files: repository.files,
    objects: repository.objects,
    leftOut: 0,
    workloads: repository.inventory.workloads.length,
    milliseconds: 0,
  };
  const style = styleInPictures;
  const text = textReport(findings, summary, { style, lineOf: (file, line) => lines.get(file)?.[line - 1] });
  // How long it took is another one each time.
  return text.replace(/, \d+\.\d+ s\.$/m, '.');
}

const texts: ReadonlyMap<string, string> = new Map([
  [
    'immich/backups.yaml',
    `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata:
  name: immich-db
  namespace: immich
spec:
  schedule: "0 3 * * *"
  method: plugin
  pluginConfiguration:
    name: barman-cloud.cloudnative-pg.io
  cluster:
    name: immich-db
`,
  ],
  [
    'immich/database.yaml',
    `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: immich-db
  namespace: immich
spec:
  instances: 2
  imageName: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1
  postgresql:
    shared_preload_libraries: [vchord.so]
  bootstrap:
    initdb:
      database: immich
      owner: immich
      localeCType: C.UTF-8
      postInitApplicationSQL:
        - CREATE EXTENSION vchord CASCADE;
        - CREATE EXTENSION earthdistance CASCADE;
  storage:
    storageClass: nfs-client
    size: 20Gi
  plugins:
    - name: barman-cloud.cloudnative-pg.io
      isWALArchiver: true
      parameters:
        barmanObjectName: immich-db
---
apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata:
  name: immich-db
  namespace: immich
spec:
  retentionPolicy: 30d
  instanceSidecarConfiguration:
    env:
      - { name: AWS_REQUEST_CHECKSUM_CALCULATION, value: when_required }
      - { name: AWS_RESPONSE_CHECKSUM_VALIDATION, value: when_required }
  configuration:
    destinationPath: s3://immich-backups/immich
    endpointURL: https://s3.example.com
    s3Credentials:
      accessKeyId: { name: immich-backup, key: ACCESS_KEY_ID }
      secretAccessKey: { name: immich-backup, key: ACCESS_SECRET_KEY }
`,
  ],
]);
