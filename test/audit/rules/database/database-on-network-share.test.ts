import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const postgres = (
  volume: string,
  image = 'ghcr.io/immich-app/postgres:14-vectorchord0.4.3',
) => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: postgres, namespace: immich }
spec:
  template:
    metadata: { labels: { app: postgres } }
    spec:
      containers:
        - name: postgres
          image: ${image}
          volumeMounts: [{ name: data, mountPath: /var/lib/postgresql/data }]
      ${volume}`;

const claimManifest = 'volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]';

const claim = (spec: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: immich }
spec: { ${spec} }`;

const volume = (spec: string) => `apiVersion: v1
kind: PersistentVolume
metadata: { name: pgdata }
spec: { ${spec} }`;

describe('database-on-network-share', () => {
  test.each([
    ['inline', [postgres('volumes: [{ name: data, nfs: { server: nas, path: /db } }]')], 1],
    ['a folder of the node', [postgres('volumes: [{ name: data, hostPath: { path: /srv/db } }]')], 0],
    ['a class by its name', [postgres(claimManifest), claim('storageClassName: nfs-client')], 1],
    ['a class of blocks', [postgres(claimManifest), claim('storageClassName: longhorn')], 0],
    [
      'a volume by its name',
      [postgres(claimManifest), claim('volumeName: pgdata'), volume('nfs: { server: nas, path: /db }')],
      1,
    ],
    [
      'a volume by its claim',
      [
        postgres(claimManifest),
        claim('storageClassName: ""'),
        volume('claimRef: { name: data, namespace: immich }, csi: { driver: smb.csi.k8s.io }'),
      ],
      1,
    ],
    [
      'a volume of somebody else',
      [postgres(claimManifest), claim('storageClassName: ""'), volume('nfs: { server: nas, path: /media }')],
      0,
    ],
    [
      'a template of claims',
      [
        postgres('').replace(
          /$/,
          '\n  volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: nfs } }]',
        ),
      ],
      1,
    ],
  ])('%s', (_, manifests, count) => {
    expect(said('database-on-network-share', documents(...manifests))).toHaveLength(count);
  });

  test('PostgreSQL by any image, where Immich connects to it', () => {
    const other = postgres('volumes: [{ name: data, nfs: { server: nas, path: /db } }]', 'postgres:16');
    expect(said('database-on-network-share', other)).toEqual([]);
    const user = server('env: [{ name: DB_HOSTNAME, value: postgres }]');
    expect(said('database-on-network-share', documents(other, user))).toHaveLength(1);
  });

  test.each([
    ['a tablespace', 'tablespaces: [{ name: t, storage: { size: 1Gi, storageClass: nfs } }]'],
    ['a template of claims', 'walStorage: { pvcTemplate: { storageClassName: nfs-client } }'],
  ])('%s of a cluster', (_, spec) => {
    expect(said('database-on-network-share', cluster(spec))).toHaveLength(1);
    expect(said('database-on-network-share', cluster(spec.replaceAll('nfs', 'block')))).toEqual([]);
  });

  test('a path of its own, which PGDATA names', () => {
    const own = postgres('volumes: [{ name: data, nfs: { server: nas, path: /db } }]').replace(
      'volumeMounts: [{ name: data, mountPath: /var/lib/postgresql/data }]',
      'volumeMounts: [{ name: data, mountPath: /files }]',
    );
    expect(said('database-on-network-share', own)).toEqual([]);
    const told = own.replace(
      'volumeMounts:',
      'env: [{ name: PGDATA, value: /files/16 }]\n          volumeMounts:',
    );
    expect(said('database-on-network-share', told)).toHaveLength(1);
  });
});
