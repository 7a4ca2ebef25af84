import { changesOf } from '../../lib/changes/compare.ts';
import { objectName } from '../../lib/changes/pairs.ts';
import { sharedReader, statesOf } from '../../lib/changes/state.ts';
import type { ApiClient } from '../control-plane/api-client.ts';
import { manifestsIn } from '../control-plane/manifests.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: it, namespace: others }
spec:
  replicas: 0
  selector: { matchLabels: { app: it } }
  template: { metadata: { labels: { app: it, also: that } }, spec: { containers: [{ name: it, image: it:1 }] } }
`;
const statefulSet = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: it, namespace: others }
spec:
  replicas: 0
  serviceName: it
  selector: { matchLabels: { app: it } }
  template: { metadata: { labels: { app: it, also: that } }, spec: { containers: [{ name: it, image: it:1 }] } }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;
const job = `apiVersion: batch/v1
kind: Job
metadata: { name: it, namespace: others }
spec:
  suspend: true
  template: { spec: { restartPolicy: Never, containers: [{ name: it, image: it:1 }] } }
`;
const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: it, namespace: others }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: it }
subjects: [{ kind: ServiceAccount, name: one, namespace: others }]
`;
const storageClass = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: it }
provisioner: it.example.com
parameters: { type: fast }
`;
const volume = `apiVersion: v1
kind: PersistentVolume
metadata: { name: others-it }
spec:
  accessModes: [ReadWriteMany]
  capacity: { storage: 1Gi }
  storageClassName: ''
  nfs: { server: nas.example.net, path: /export }
`;
const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: it, namespace: others, labels: { app: it } }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: nobody-makes-it
  resources: { requests: { storage: 1Gi } }
`;
const configuration = `apiVersion: v1
kind: ConfigMap
metadata: { name: it, namespace: others }
immutable: true
data: { key: one }
`;
const secret = `apiVersion: v1
kind: Secret
metadata: { name: it, namespace: others }
type: Opaque
data: { key: b25l }
`;
const database = `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: it, namespace: others, annotations: { cnpg.io/reconciliationLoop: disabled } }
spec:
  instances: 1
  imageName: ghcr.io/cloudnative-pg/postgresql:17.6-standard-bookworm
  storage: { size: 2Gi }
  walStorage: { size: 2Gi }
  tablespaces: [{ name: old, storage: { size: 1Gi } }]
`;
const schedule = `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: it, namespace: others }
spec: { schedule: 0 0 3 * * *, suspend: true, cluster: { name: it } }
`;
const logical = `apiVersion: postgresql.cnpg.io/v1
kind: Database
metadata: { name: it, namespace: others }
spec: { name: it, owner: it, encoding: UTF8, cluster: { name: it } }
`;
const pooler = `apiVersion: postgresql.cnpg.io/v1
kind: Pooler
metadata: { name: pool, namespace: others }
spec: { instances: 1, type: rw, cluster: { name: it }, pgbouncer: { poolMode: session } }
`;
const priority = `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: it }
value: 100
`;

/** An object, and edits of its text, of which the API server or a webhook refuses some. */
const rows: readonly (readonly [text: string, from: string, to: string])[] = [
  [deployment, 'matchLabels: { app: it }', 'matchLabels: { also: that }'],
  [deployment, 'image: it:1', 'image: it:2'],
  [deployment, 'replicas: 0', 'revisionHistoryLimit: 1'],
  [statefulSet, 'matchLabels: { app: it }', 'matchLabels: { also: that }'],
  [statefulSet, 'serviceName: it', 'serviceName: other'],
  [statefulSet, 'storage: 1Gi', 'storage: 2Gi'],
  [statefulSet, 'replicas: 0', 'podManagementPolicy: Parallel'],
  [statefulSet, 'serviceName: it', 'serviceName: it\n  podManagementPolicy: OrderedReady'],
  [statefulSet, 'image: it:1', 'image: it:2'],
  [job, 'image: it:1', 'image: it:2'],
  [job, 'suspend: true', 'suspend: true\n  completionMode: Indexed\n  completions: 1'],
  [job, 'suspend: true', 'suspend: true\n  completionMode: NonIndexed'],
  [job, 'suspend: true', 'suspend: true\n  ttlSecondsAfterFinished: 60'],
  [binding, 'kind: Role, name: it', 'kind: Role, name: other'],
  [binding, 'name: one', 'name: other'],
  [storageClass, 'it.example.com', 'other.example.com'],
  [storageClass, 'type: fast', 'type: slow'],
  [storageClass, 'parameters:', 'reclaimPolicy: Retain\nparameters:'],
  [storageClass, 'parameters:', 'volumeBindingMode: WaitForFirstConsumer\nparameters:'],
  [storageClass, 'parameters:', 'reclaimPolicy: Delete\nvolumeBindingMode: Immediate\nparameters:'],
  [storageClass, 'parameters:', 'allowVolumeExpansion: true\nmountOptions: [noatime]\nparameters:'],
  [volume, 'path: /export', 'path: /other'],
  [volume, 'nfs: { server: nas.example.net, path: /export }', 'hostPath: { path: /export }'],
  [volume, 'storage: 1Gi', 'storage: 2Gi'],
  [volume, "storageClassName: ''", "storageClassName: ''\n  volumeMode: Filesystem\n  mountOptions: [hard]"],
  [claim, 'nobody-makes-it', 'somebody-makes-it'],
  [claim, 'ReadWriteOnce', 'ReadWriteMany'],
  [claim, 'spec:', 'spec:\n  volumeMode: Block'],
  [claim, 'spec:', 'spec:\n  volumeMode: Filesystem'],
  [claim, 'spec:', 'spec:\n  selector: { matchLabels: { app: it } }'],
  [claim, 'spec:', 'spec:\n  dataSource: { kind: PersistentVolumeClaim, name: other }'],
  [claim, 'spec:', 'spec:\n  dataSourceRef: { kind: PersistentVolumeClaim, name: other }'],
  [claim, 'app: it', 'app: other'],
  [configuration, 'key: one', 'key: other'],
  [configuration, 'immutable: true\n', ''],
  [configuration, 'name: it,', 'name: it, labels: { app: it },'],
  [secret, 'type: Opaque', 'type: kubernetes.io/basic-auth'],
  [secret, 'type: Opaque\n', ''],
  [secret, 'key: b25l', 'key: dHdv'],
  [priority, 'value: 100', 'value: 200'],
  [priority, 'value: 100', 'value: 100\npreemptionPolicy: Never'],
  [priority, 'value: 100', 'value: 100\ndescription: it'],
  [database, '  storage: { size: 2Gi }', '  storage: { size: 1Gi }'],
  [database, '  storage: { size: 2Gi }', '  storage: { size: 3Gi, storageClass: other }'],
  [database, '  walStorage: { size: 2Gi }\n', ''],
  [database, 'walStorage: { size: 2Gi }', 'walStorage: { size: 1Gi }'],
  [database, '  tablespaces: [{ name: old, storage: { size: 1Gi } }]\n', ''],
  [database, '{ name: old, storage', '{ name: other, storage: { size: 1Gi } }, { name: old, storage'],
  [database, '  instances: 1', '  instances: 1\n  postgresUID: 1000'],
  [database, '  instances: 1', '  instances: 1\n  postgresUID: 26\n  postgresGID: 26'],
  [database, '  instances: 1', '  instances: 3'],
  [database, '17.6-standard', '16.10-standard'],
  [database, '17.6-standard', '18.0-standard'],
  [schedule, 'cluster: { name: it }', 'cluster: { name: other }'],
  [schedule, '0 0 3', '0 0 4'],
  [logical, 'cluster: { name: it }', 'cluster: { name: other }'],
  [logical, 'spec: { name: it', 'spec: { name: other'],
  [logical, 'UTF8', 'SQL_ASCII'],
  [logical, 'owner: it', 'owner: other'],
  [pooler, 'cluster: { name: it }', 'cluster: { name: other }'],
  [pooler, 'instances: 1', 'instances: 2'],
];

/** Every field that is called impossible to change is refused by the API server or a webhook, and its neighbours are not. */
export function whatIsImmutable(apiOf: () => Promise<ApiClient>): void {
  describe('13. What is immutable', () => {
    beforeAll(async () => {
      const api = await apiOf();
      await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'others' } });
      for (const text of new Set(rows.map(([text]) => text))) await api.apply(objectIn(text));
      const status = {
        pgDataImageInfo: {
          image: 'ghcr.io/cloudnative-pg/postgresql:17.6-standard-bookworm',
          majorVersion: 17,
        },
      };
      const reference = {
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'Cluster',
        namespace: 'others',
        name: 'it',
      };
      await api.patch(reference, { status }, 'status');
    });

    afterAll(async () => {
      const api = await apiOf();
      for (const text of new Set(rows.map(([text]) => text))) {
        const { apiVersion, kind, metadata: { name = '', namespace } = {} } = objectIn(text);
        await api.delete({ apiVersion, kind, name, ...(namespace && { namespace }) });
      }
    });

    test.each(rows.map(([text, from, to]) => ({ name: nameOf(text), from, to, text })))(
      '$name: $from, then $to',
      async ({ text, from, to }) => {
        const later = text.replace(from, to);
        expect(later).not.toBe(text);
        const changes = changesOf('it', stateOf(text), stateOf(later));
        const isRefused = await (await apiOf()).apply(objectIn(later), { dryRun: true }).then(
          () => false,
          () => true,
        );
        expect(changes.some(({ impossible }) => impossible === true)).toBe(isRefused);
      },
    );
  });
}

function objectIn(text: string) {
  const [object] = manifestsIn(text);
  if (object === undefined) throw new Error(`There is no manifest in ${JSON.stringify(text)}.`);
  return object;
}

function nameOf(text: string): string {
  const { kind, metadata } = objectIn(text);
  return objectName({ kind, namespace: metadata?.namespace, name: metadata?.name ?? '' });
}

function stateOf(text: string) {
  const state = statesOf(new Map([['it/k8s/app/object.yaml', text]]), sharedReader()).get('it');
  if (state === undefined) throw new Error(`There is no manifest in ${JSON.stringify(text)}.`);
  return state;
}
