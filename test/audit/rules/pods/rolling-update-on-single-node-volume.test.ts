import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const rule = 'rolling-update-on-single-node-volume';
const all = (spec: string, more = '') =>
  documents(
    server('', 'volumes: [{ name: library, persistentVolumeClaim: { claimName: photos } }]'),
    `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: photos, namespace: immich }
spec: { ${spec} }`,
    ...(more === '' ? [] : [more]),
  );
const provisioned = (provisioner: string) => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ${provisioner}`;

test.each([
  ['of one pod', 'accessModes: [ReadWriteOncePod]', '', 'error'],
  ['of block storage', 'accessModes: [ReadWriteOnce], storageClassName: longhorn', '', 'warning'],
  [
    'of a class of block storage',
    'accessModes: [ReadWriteOnce], storageClassName: fast',
    provisioned('rook-ceph.rbd.csi.ceph.com'),
    'warning',
  ],
  ['of a folder of the node', 'accessModes: [ReadWriteOnce], storageClassName: local-path', '', ''],
  [
    'of a class on the network',
    'accessModes: [ReadWriteOnce], storageClassName: fast',
    provisioned('nfs.csi.k8s.io'),
    '',
  ],
  ['of a volume made by hand', 'accessModes: [ReadWriteOnce], volumeName: nas', '', ''],
  ['of the default class', 'accessModes: [ReadWriteOnce]', '', ''],
  ['of many nodes', 'accessModes: [ReadWriteMany], storageClassName: longhorn', '', ''],
])('a claim %s', (_, spec, more, expected) => {
  expect(said(rule, all(spec, more))).toEqual(expected === '' ? [] : [`${expected} spec.strategy.type`]);
});
