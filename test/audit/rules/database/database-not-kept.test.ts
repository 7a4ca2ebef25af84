import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const container = 'spec.template.spec.containers.0';
const claim = 'persistentVolumeClaim: { claimName: postgres }';

function postgres(image: string, path: string, source: string, more = '', kind = 'StatefulSet'): string {
  return documents(
    server('env: [{ name: DB_HOSTNAME, value: postgres }]'),
    `apiVersion: v1
kind: Service
metadata: { name: postgres, namespace: immich }
spec: { selector: { app: postgres }, ports: [{ port: 5432 }] }`,
    `apiVersion: apps/v1
kind: ${kind}
metadata: { name: postgres, namespace: immich }
spec:
  template:
    metadata: { labels: { app: postgres } }
    spec:
      containers: [{ name: postgres, image: "${image}", ${more} volumeMounts: [{ name: data, mountPath: ${path} }] }]
      volumes: [{ name: data, ${source} }]`,
  );
}

const ours = 'ghcr.io/immich-app/postgres:14-vectorchord0.4.3-pgvectors0.2.0';
const standard = '/var/lib/postgresql/data';
const pgdata = (path: string) => `env: [{ name: PGDATA, value: ${path} }],`;

describe('database-not-kept', () => {
  test.each<[string, string, string[]]>([
    ['a claim', postgres(ours, standard, claim), []],
    ['an emptyDir', postgres(ours, standard, 'emptyDir: {}'), [`error ${container}.volumeMounts.0`]],
    ['the folder above', postgres(ours, '/var/lib/postgresql', claim), []],
    ['another folder', postgres(ours, '/var/lib/postgres', claim), [`error ${container}.image`]],
    ['a folder that PGDATA names', postgres(ours, '/pg', claim, pgdata('/pg/data')), []],
    [
      'a folder that PGDATA does not name',
      postgres(ours, standard, claim, pgdata('/pg/data')),
      [`error ${container}.image`],
    ],
    ['a folder that Flux names', postgres(ours, '"\u0024{FOLDER}"', claim), []],
    ['an image of others', postgres('docker.io/bitnami/postgresql:16', '/bitnami/postgresql', claim), []],
    ['PostgreSQL 18', postgres('postgres:18', '/var/lib/postgresql', claim), []],
    ['a tag that says nothing', postgres('postgres:latest', '/pg', claim), []],
    [
      'VectorChord',
      postgres('ghcr.io/tensorchord/vchord-postgres:pg17-v0.4.3', '/data', claim),
      [`error ${container}.image`],
    ],
    ['a test', postgres(ours, standard, 'emptyDir: {}', '', 'Job'), []],
  ])('%s', (_, text, expected) => {
    expect(said('database-not-kept', text)).toEqual(expected);
  });

  test('a volume of a StatefulSet', () => {
    const text = postgres(ours, standard, claim).replace(/volumes: .*/, '');
    const templates = text.replace(
      'kind: StatefulSet\nmetadata: { name: postgres, namespace: immich }\nspec:',
      'kind: StatefulSet\nmetadata: { name: postgres, namespace: immich }\nspec:\n  volumeClaimTemplates: [{ metadata: { name: data }, spec: {} }]',
    );
    expect(said('database-not-kept', templates)).toEqual([]);
  });
});
