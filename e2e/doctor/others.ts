import { apply, type Fault, kind, patch, program } from './fault.ts';

const gateway = (listener: object, programmed = 'True') =>
  apply(`apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { namespace: network, name: public }
spec: { listeners: [${JSON.stringify({ name: 'https', ...listener })}] }
status: { conditions: [{ type: Programmed, status: "${programmed}", message: no address }] }`);
const open = { allowedRoutes: { namespaces: { from: 'All' } } };
const service = (port: number) =>
  apply(`apiVersion: v1
kind: Service
metadata: { namespace: shared, name: postgres }
spec: { ports: [{ port: ${port} }] }`);
const end = (ready: boolean) =>
  apply(`apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { namespace: shared, name: postgres-e2e, labels: { kubernetes.io/service-name: postgres } }
addressType: IPv4
ports: [{ port: 5432 }]
endpoints: [{ addresses: [192.0.2.5], conditions: { ready: ${ready} } }]`);
const cards = (amount: string) =>
  patch(
    'node e2e',
    undefined,
    { status: { capacity: { 'nvidia.com/gpu': amount }, allocatable: { 'nvidia.com/gpu': amount } } },
    ' --subresource=status',
  );
const runtimeClass = apply(
  'apiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: { name: nvidia }\nhandler: nvidia',
);
const driver = apply(
  'apiVersion: storage.k8s.io/v1\nkind: CSIDriver\nmetadata: { name: smb.csi.k8s.io }\nspec: { attachRequired: false }',
);
const snapshotClass = apply(`apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: { name: longhorn, annotations: { snapshot.storage.kubernetes.io/is-default-class: "true" } }`);
const claim = apply(`apiVersion: v1
kind: PersistentVolumeClaim
metadata: { namespace: others, name: photos }
spec: { accessModes: [ReadWriteMany], storageClassName: longhorn, resources: { requests: { storage: 1Gi } } }`);
const route = (parents: object) => ({ status: { parents } });
const routeStatus = (parents: readonly object[]) =>
  patch('httproutes.gateway.networking.k8s.io/immich', 'others', route(parents), ' --subresource=status');
const parent = (accepted: string) => ({
  controllerName: 'example.com/e2e',
  parentRef: { namespace: 'network', name: 'public' },
  conditions: [
    {
      ...{ type: 'Accepted', status: accepted, reason: 'NoMatchingParent', message: 'no listener matches' },
      lastTransitionTime: '2026-01-01T00:00:00Z',
    },
  ],
});
const backup = (status: object) =>
  patch('replicationsources.volsync.backube/immich-generated', 'others', { status });
const today = new Date().toISOString();

/** Everything that `others` needs, and what would be there after Flux has applied it. */
export const everythingOfOthers = [
  apply(
    kind('gateway.networking.k8s.io', 'v1', 'Gateway', 'gateways'),
    kind('volsync.backube', 'v1alpha1', 'ReplicationSource', 'replicationsources'),
    kind('volsync.backube', 'v1alpha1', 'ReplicationDestination', 'replicationdestinations'),
    kind('snapshot.storage.k8s.io', 'v1', 'VolumeSnapshotClass', 'volumesnapshotclasses', 'Cluster'),
    ...['others', 'network', 'shared'].map(
      (name) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }`,
    ),
    program('kube-system', 'volsync', 'example.com/volsync:0.16.0'),
  ),
  'kubectl wait crd --all --for=condition=Established',
  ...[gateway(open), service(5432), end(true), cards('1'), runtimeClass, driver, snapshotClass, claim],
  apply(
    `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { namespace: flux-system, name: immich-others-app }
spec:
  suspend: true
  interval: 1h
  prune: false
  path: ./dist/others/others/app
  sourceRef: { kind: GitRepository, name: flux-system }`,
    `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { namespace: others, name: immich }
spec: { parentRefs: [{ namespace: network, name: public }] }`,
    'apiVersion: volsync.backube/v1alpha1\nkind: ReplicationSource\nmetadata: { namespace: others, name: immich-generated }',
  ),
  routeStatus([parent('True')]),
  backup({ lastSyncTime: today, latestMoverStatus: { result: 'Successful' } }),
].join('\n');

/** Faults of what the references do not have. Those of a round are there at once. */
export const faultsOfOthers: readonly (readonly Fault[])[] = [
  [
    {
      make: 'kubectl delete runtimeclasses.node.k8s.io nvidia',
      line: 'placement: error: There is no RuntimeClass nvidia, which Deployment immich-machine-learning asks for.',
      mend: runtimeClass,
    },
    {
      make: 'kubectl delete csidrivers.storage.k8s.io smb.csi.k8s.io',
      line: 'placement: error: There is no CSIDriver smb.csi.k8s.io, which PersistentVolume',
      mend: driver,
    },
    {
      make: cards('0'),
      line: 'placement: error: No node offers nvidia.com/gpu, which Deployment immich-machine-learning asks for: its pods would wait without end.',
      mend: cards('1'),
    },
    {
      make: 'kubectl delete volumesnapshotclasses.snapshot.storage.k8s.io longhorn',
      line: 'snapshot-classes: error: There is no default VolumeSnapshotClass, which ReplicationSource immich-generated asks for.',
      mend: snapshotClass,
    },
    {
      make: 'kubectl delete service postgres --namespace shared',
      line: 'named-hosts: error: There is no Service shared/postgres, where installations/others.yaml has the database.',
      mend: service(5432),
    },
    {
      make: 'kubectl delete gateways.gateway.networking.k8s.io public --namespace network',
      line: 'references: error: Gateway network/public is missing, and route.gateway.parents names it.',
      mend: gateway(open),
    },
    {
      make: 'kubectl delete pvc photos --namespace others',
      line: 'references: error: PersistentVolumeClaim others/photos is missing, and volumes.library.existingClaim names it.',
      mend: claim,
    },
    {
      make: routeStatus([parent('False')]),
      line: 'door: error: Gateway network/public does not serve HTTPRoute others/immich: no listener matches',
      mend: routeStatus([parent('True')]),
    },
    {
      make: backup({ latestMoverStatus: { result: 'Failed', logs: 'unable to create lock' } }),
      line: 'file-backups: error: The last backup of immich-generated has failed: unable to create lock.',
      mend: backup({ latestMoverStatus: { result: 'Successful' } }),
    },
  ],
  [
    {
      make: service(5433),
      line: 'named-hosts: error: Service shared/postgres has the port 5433, and installations/others.yaml has the database at 5432.',
      mend: service(5432),
    },
    {
      make: gateway({ ...open, name: 'web' }),
      line: 'references: error: Gateway network/public has no listener https, which route.gateway.parents names. It has web.',
      mend: gateway(open),
    },
    {
      make: routeStatus([]),
      line: 'door: warning: HTTPRoute others/immich: no Gateway has said anything of it yet.',
      mend: routeStatus([parent('True')]),
    },
    {
      make: backup({ lastSyncTime: '2026-01-01T00:00:00Z' }),
      line: 'file-backups: error: The last backup of immich-generated was made',
      mend: backup({ lastSyncTime: today }),
    },
  ],
  [
    {
      make: end(false),
      line: 'named-hosts: error: Service shared/postgres leads nowhere, so that nobody reaches the database at postgres.shared.svc.',
      mend: end(true),
    },
    {
      make: gateway({}),
      line: 'references: error: Gateway network/public lets no routes of other namespaces in, and ours is in others',
      mend: gateway(open),
    },
    {
      make: backup({ lastSyncTime: null }),
      line: 'file-backups: warning: There is no whole backup of immich-generated yet;',
      mend: backup({ lastSyncTime: today }),
    },
  ],
  [
    {
      make: gateway(open, 'False'),
      line: 'references: error: Gateway network/public does not work: no address',
      mend: gateway(open),
    },
  ],
];
