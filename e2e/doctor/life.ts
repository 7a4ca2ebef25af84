import { apply, type Fault, patch, pod, say } from './fault.ts';

const layer = (name: string) => `kustomizations.kustomize.toolkit.fluxcd.io/immich-home-${name}`;
const annotate = (name: string) =>
  `kubectl annotate ${name} --namespace flux-system --overwrite reconcile.fluxcd.io/requestedAt="$(date +%s%N)"`;
const asFlux = ' --field-manager=flux-client-side-apply';
const store = 'objectstores.barmancloud.cnpg.io/immich-db';
const window = (times: object) => say(store, 'immich', { serverRecoveryWindow: { 'immich-db': times } });
const withoutWindow = say(store, 'immich', { serverRecoveryWindow: null });
const drill = 'cronjobs.batch/immich-drill';
const certificate = 'certificates.cert-manager.io/immich';
const inDays = (days: number) =>
  new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
const own = 'app.kubernetes.io/part-of: immich';
const status = (fields: object) => ({
  name: 'main',
  image: 'main',
  imageID: '',
  ready: false,
  restartCount: 4,
  ...fields,
});

/** A pod of ours on which something is said of its container, once kwok has made it ready. */
function illPod(name: string, containerStatus: object, line: string): Fault {
  return {
    make: [
      apply(pod('immich', name, own)),
      `kubectl wait pod ${name} --namespace immich --for=condition=Ready --timeout=5m`,
      say(`pod/${name}`, 'immich', { containerStatuses: [status(containerStatus)] }),
    ].join('\n'),
    line,
    mend: `kubectl delete pod ${name} --namespace immich --now`,
  };
}

function terminated(reason: string) {
  const finishedAt = inDays(-0.04);
  return { terminated: { reason, exitCode: 137, startedAt: finishedAt, finishedAt } };
}

const claim = (name: string, spec: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { namespace: immich, name: ${name}, labels: { cnpg.io/cluster: immich-db } }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: longhorn
  resources: { requests: { storage: 1Gi } }
  ${spec}`;

/** A claim goes only when that is meant. */
function removed(claim: string): string {
  return [
    `kubectl annotate pvc ${claim} --namespace immich immich-cdk8s/delete=allowed`,
    `kubectl delete pvc ${claim} --namespace immich`,
  ].join('\n');
}

/** Faults of an installation that runs. Those of a round are there at once. */
export const faultsOfLife: readonly (readonly Fault[])[] = [
  [
    {
      make: patch(layer('storage'), 'flux-system', { spec: { path: './dist/nowhere' } }, asFlux),
      line: 'layers: error: immich-home-storage: kustomization path not found',
      mend: [
        patch(layer('storage'), 'flux-system', { spec: { path: './dist/home/home/storage' } }, asFlux),
        annotate(layer('storage')),
      ].join('\n'),
    },
    {
      make: patch(layer('route'), 'flux-system', { spec: { suspend: true } }, asFlux),
      line: 'layers: warning: immich-home-route is suspended: Flux applies nothing of it, as in the middle of a restore.',
      mend: patch(layer('route'), 'flux-system', { spec: { suspend: false } }, asFlux),
    },
    {
      make: 'kubectl scale deployment immich-machine-learning --namespace immich --replicas=0',
      line: 'objects: warning: Deployment immich/immich-machine-learning differs from dist in spec.replicas.',
      mend: annotate(layer('app')),
    },
    {
      make: 'kubectl delete service immich-valkey --namespace immich',
      line: 'objects: error: Service immich/immich-valkey is in dist, and not in the cluster.',
      mend: annotate(layer('app')),
    },
    {
      make: [
        'kubectl create configmap old --namespace immich',
        'kubectl label configmap old --namespace immich kustomize.toolkit.fluxcd.io/name=immich-home-app',
      ].join('\n'),
      line: 'leftovers: warning: ConfigMap immich/old is in the cluster, and dist has it no longer.',
      mend: 'kubectl delete configmaps old --namespace immich',
    },
    {
      make: apply(`apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  namespace: immich
  name: immich-generated
  labels: { kustomize.toolkit.fluxcd.io/name: immich-home-storage, immich-cdk8s/data: immich }
spec: { accessModes: [ReadWriteOnce], storageClassName: longhorn, resources: { requests: { storage: 1Gi } } }`),
      line: 'leftovers: warning: PersistentVolumeClaim immich/immich-generated is kept, since it holds data; dist has it no longer.',
      mend: removed('immich-generated'),
    },
    {
      make: apply(`apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { namespace: flux-system, name: immich-home-backup }
spec:
  suspend: true
  interval: 1h
  prune: false
  path: ./dist/home/home/backup
  sourceRef: { kind: GitRepository, name: flux-system }`),
      line: 'leftovers: warning: Kustomization flux-system/immich-home-backup is in the cluster, and dist has no such layer.',
      mend: 'kubectl delete kustomizations.kustomize.toolkit.fluxcd.io immich-home-backup --namespace flux-system',
    },
    {
      make: `sed -i '1i stopped: true' installations/home.yaml`,
      line: 'pods: warning: immich-',
      mend: `sed -i '1d' installations/home.yaml`,
    },
    illPod(
      'killed',
      { lastState: terminated('OOMKilled'), state: { running: { startedAt: inDays(-0.04) } } },
      'pods: error: killed, container main: killed',
    ),
    illPod(
      'pulling',
      { state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } },
      'pods: error: pulling, container main: ImagePullBackOff, not found',
    ),
    illPod(
      'restarting',
      { lastState: terminated('Error'), state: { running: { startedAt: inDays(-0.04) } } },
      'pods: warning: restarting, container main: 4 restarts, the last',
    ),
    {
      make: apply(pod('immich', 'homeless', own, '  nodeSelector: { nowhere: "true" }')),
      line: 'pods: error: homeless finds no node:',
      mend: 'kubectl delete pod homeless --namespace immich --now',
    },
    {
      // The provisioner here makes file systems, so that no volume fits.
      make: apply(claim('waiting', 'volumeMode: Block')),
      line: 'claims: warning: waiting has no volume yet. With WaitForFirstConsumer it gets one with its first pod.',
      mend: removed('waiting'),
    },
    {
      make: [
        apply(claim('lost', '')),
        `kubectl wait pvc lost --namespace immich --for=jsonpath='{.status.phase}'=Bound --timeout=5m`,
        `volume=$(kubectl get pvc lost --namespace immich --output jsonpath='{.spec.volumeName}')`,
        'kubectl delete pv "$volume" --wait=false',
        `kubectl patch pv "$volume" --type=merge --patch '{"metadata":{"finalizers":null}}'`,
      ].join('\n'),
      line: 'claims: error: lost has lost its volume.',
      mend: removed('lost'),
    },
    {
      make: window({ lastSuccessfulBackupTime: '2026-01-01T03:00:00Z' }),
      line: 'base-backups: error: The last base backup was made',
      mend: withoutWindow,
    },
    {
      make: patch(drill, 'immich-drill', { spec: { suspend: true } }),
      line: 'drill: warning: The drill is suspended; one is due every Sunday at 04:30 UTC.',
      mend: patch(drill, 'immich-drill', { spec: { suspend: false } }),
    },
    {
      make: say(certificate, 'immich', { notAfter: '2026-01-01T00:00:00Z' }),
      line: 'certificates: error: Certificate immich/immich has expired, at 2026-01-01T00:00:00Z.',
      mend: say(certificate, 'immich', { notAfter: inDays(60) }),
    },
    {
      make: say('databases.postgresql.cnpg.io/immich-db', 'immich', {
        extensions: [{ name: 'vchord', applied: false, message: 'no such version' }],
      }),
      line: 'database: error: The extension vchord: no such version',
      mend: say('databases.postgresql.cnpg.io/immich-db', 'immich', { extensions: null }),
    },
  ],
  [
    {
      // Whose layer waits for that of the database.
      make: [
        patch(layer('database'), 'flux-system', { spec: { path: './dist/nowhere' } }, asFlux),
        annotate(layer('app')),
      ].join('\n'),
      line: 'layers: warning: immich-home-app: dependency',
      mend: [
        patch(layer('database'), 'flux-system', { spec: { path: './dist/home/home/database' } }, asFlux),
        annotate(layer('database')),
      ].join('\n'),
    },
    {
      make: window({ lastSuccessfulBackupTime: inDays(-0.1), lastFailedBackupTime: inDays(-0.05) }),
      line: 'base-backups: warning: The last base backup was made',
      mend: withoutWindow,
    },
    {
      make: say(drill, 'immich-drill', { lastSuccessfulTime: '2026-01-01T00:00:00Z' }),
      line: 'drill: error: No drill has succeeded for',
      mend: say(drill, 'immich-drill', { lastSuccessfulTime: inDays(-1) }),
    },
    {
      make: say(certificate, 'immich', { notAfter: inDays(4) }),
      line: 'certificates: error: Certificate immich/immich holds for 4 days only,',
      mend: say(certificate, 'immich', { notAfter: inDays(60) }),
    },
    {
      make: say('databases.postgresql.cnpg.io/immich-db', 'immich', {
        applied: false,
        message: 'no connection',
      }),
      line: 'database: error: Database immich/immich-db is not applied: no connection',
      mend: say('databases.postgresql.cnpg.io/immich-db', 'immich', { applied: true, message: null }),
    },
    {
      make: [
        'kubectl cordon e2e',
        'kubectl delete pod immich-db-2 --namespace immich --now --wait=false',
      ].join('\n'),
      line: 'database: warning: Cluster immich/immich-db has 1 of 2 instances ready:',
      mend: 'kubectl uncordon e2e',
    },
    {
      make: [
        'kubectl patch kustomizations.kustomize.toolkit.fluxcd.io immich-home-drill --namespace flux-system --field-manager=flux-client-side-apply --type=merge --patch \'{"spec":{"suspend":true}}\'',
        'kubectl delete kustomizations.kustomize.toolkit.fluxcd.io immich-home-drill --namespace flux-system',
      ].join('\n'),
      line: 'layers: error: immich-home-drill is in dist, and Flux does not have it.',
      mend: annotate('kustomizations.kustomize.toolkit.fluxcd.io/immich'),
    },
  ],
];
