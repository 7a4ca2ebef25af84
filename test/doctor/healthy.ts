import type { Subject } from '../../lib/doctor/check.ts';
import { listPath, objectPath } from '../../lib/doctor/path.ts';
import { isMapping } from '../../lib/manifests/field.ts';
import type { KubernetesObject, Value } from '../../lib/manifests/manifest.ts';
import { isKustomizeFile } from '../../lib/manifests/views/layer.ts';
import { type Living, resourceOf, serving, subjectOf } from './living.ts';

/** The commit that Flux has applied. */
export const revision = 'main@sha1:0123456789012345678901234567890123456789';

/** A condition that says that all is well. */
export function isTrue(type: string): Value {
  return { type, status: 'True', message: 'all is well' };
}

/** One that says that it is not. */
export function isFalse(type: string, message: string, reason = 'Failed'): Value {
  return { type, status: 'False', message, reason };
}

/** A pod as its kubelet tells of it. */
export function pod(
  name: string,
  labels: { [label: string]: string },
  status: { [field: string]: Value } = {},
): Value {
  return {
    metadata: { name, labels },
    spec: {
      nodeName: 'one',
      containers: [{ name: 'main', image: `example.com/${name}:1` }],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'immich-library' } }],
    },
    status: { phase: 'Running', conditions: [isTrue('Ready')], ...status },
  };
}

const part = { 'app.kubernetes.io/part-of': 'immich' };

/** What objects of some kinds say of themselves while all is well. */
const statuses: { readonly [kind: string]: { readonly [field: string]: Value } } = {
  Kustomization: { conditions: [isTrue('Ready')], lastAppliedRevision: revision },
  Cluster: {
    phase: 'Cluster in healthy state',
    readyInstances: 2,
    currentPrimary: 'immich-db-1',
    conditions: [isTrue('Ready'), isTrue('ContinuousArchiving')],
  },
  Database: { applied: true },
  ObjectStore: {
    serverRecoveryWindow: {
      'immich-db': {
        firstRecoverabilityPoint: '2026-10-27T03:00:10Z',
        lastSuccessfulBackupTime: '2026-11-26T03:01:00Z',
      },
    },
  },
  CronJob: { lastSuccessfulTime: '2026-11-22T05:00:00Z' },
  Job: { conditions: [isTrue('Complete')] },
  Certificate: { conditions: [isTrue('Ready')], notAfter: '2027-01-26T12:00:00Z' },
  PersistentVolumeClaim: { phase: 'Bound', capacity: { storage: '500Gi' } },
};

/** An object of dist as Flux has applied it, with what the API server adds. */
export function applied(object: KubernetesObject, layer: string): Value {
  const { metadata } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      uid: 'a',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { ...metadata?.labels, 'kustomize.toolkit.fluxcd.io/name': `immich-home-${layer}` },
    },
    status: statuses[object.kind],
  };
}

/** A Deployment of a program that works for Immich. */
export function program(namespace: string, image: string, readyReplicas = 1): Value {
  return {
    metadata: { namespace, name: image.replace(/^.*\/|:.*$/g, '') },
    spec: { template: { spec: { containers: [{ image }] } } },
    status: { readyReplicas },
  };
}

/** What a database says of itself while all is well. */
export const inside = {
  slots: [{ name: '_cnpg_immich_db_2', active: true, state: 'reserved', kept: 16_777_216 }],
  size: 3 * 2 ** 30,
  log: 2 ** 29,
  extensions: [{ name: 'vchord', made: '1.1.1', brought: '1.1.1' }],
  hasImmich: true,
  indexes: ['clip_index', 'face_index'].map((name) => ({
    ...{ name, table: 'smart_search', isValid: true, isBuilding: false },
  })),
};

/** An object as it stands in a list, where it does not say what kind it is of. */
function asItem(object: Value): Value {
  if (!isMapping(object)) return object;
  const { apiVersion, kind, ...item } = object;
  return item;
}

/** A cluster in which `home` runs and everything is well. */
export function healthy(subject: Subject = subjectOf()): Required<Living> {
  const paths = { ...serving(subject) };
  const lists = new Map<string, Value[]>();
  const put = (path: string, ...items: Value[]) => lists.set(path, [...(lists.get(path) ?? []), ...items]);
  for (const manifest of subject.manifests) {
    if (isKustomizeFile(manifest)) continue;
    const { object, file } = manifest;
    const { name = '', namespace } = object.metadata ?? {};
    const place = { apiVersion: object.apiVersion, resource: resourceOf(object.kind), namespace };
    const living = applied(object, file.split('/').at(-2) ?? '');
    paths[objectPath(place, name)] = living;
    put(listPath(place), asItem(living));
  }
  const pods = (namespace: string, selector?: string) =>
    listPath({ apiVersion: 'v1', resource: 'pods', namespace, selector });
  put(pods('immich'), pod('immich-server-a', part), pod('immich-db-1', { 'cnpg.io/cluster': 'immich-db' }));
  put(pods('immich-drill'));
  put(listPath({ apiVersion: 'batch/v1', resource: 'jobs', namespace: 'immich-drill' }));
  put(pods('kube-system', 'app.kubernetes.io/name=traefik'), pod('traefik-a', {}));
  put(pods('traefik', 'app.kubernetes.io/name=traefik'));
  const operator = 'app.kubernetes.io/name=cloudnative-pg';
  put(pods('cnpg-system', operator), pod('cnpg-a', {}));
  put(
    listPath({
      apiVersion: 'apps/v1',
      resource: 'deployments',
      namespace: 'cnpg-system',
      selector: operator,
    }),
    {
      spec: {
        template: { spec: { containers: [{ image: 'ghcr.io/cloudnative-pg/cloudnative-pg:1.30.1' }] } },
      },
      status: { readyReplicas: 1 },
    },
  );
  const plugin = 'cnpg.io/pluginName=barman-cloud.cloudnative-pg.io';
  put(listPath({ apiVersion: 'v1', resource: 'services', namespace: 'cnpg-system', selector: plugin }), {});
  put(
    '/api/v1/nodes',
    ...['one', 'two'].map((name) => ({
      metadata: { name },
      spec: {},
      status: { conditions: [isTrue('Ready')] },
    })),
  );
  put(
    '/apis/apps/v1/deployments',
    program('cnpg-system', 'ghcr.io/cloudnative-pg/plugin-barman-cloud:v0.14.0'),
    program('cert-manager', 'quay.io/jetstack/cert-manager-controller:v1.20.0'),
    program('kube-system', 'rancher/mirrored-library-traefik:3.6.1'),
    program('flux-system', 'ghcr.io/fluxcd/kustomize-controller:v1.8.0'),
    program('backup', 'quay.io/backube/volsync:0.16.0'),
    program('longhorn-system', 'longhornio/longhorn-manager:v1.11.0'),
  );
  put('/apis/apps/v1/daemonsets', { metadata: { name: 'calico-node' } });
  put('/api/v1/persistentvolumes');
  put(
    listPath({
      ...{ apiVersion: 'discovery.k8s.io/v1', resource: 'endpointslices', namespace: 'kube-system' },
      selector: 'kubernetes.io/service-name=kube-dns',
    }),
    {
      ports: [{ name: 'dns', protocol: 'UDP', port: 53 }],
      endpoints: [{ addresses: ['10.1.0.2'], targetRef: { namespace: 'kube-system', name: 'coredns-a' } }],
    },
  );
  const keys = ['ACCESS_KEY_ID', 'ACCESS_SECRET_KEY'];
  return {
    queries: { 'immich-db-1': inside },
    secrets: { 'immich/immich-backup': { keys }, 'immich-drill/immich-backup-read': { keys } },
    paths: {
      ...paths,
      ...Object.fromEntries([...lists].map(([path, items]) => [path, { items }])),
      '/version': { gitVersion: 'v1.34.1' },
      '/apis/storage.k8s.io/v1/storageclasses/longhorn': { allowVolumeExpansion: true },
      '/apis/cert-manager.io/v1/clusterissuers/letsencrypt-prod': {
        status: { conditions: [isTrue('Ready')] },
      },
      '/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/flux-system': {
        status: { conditions: [isTrue('Ready')], artifact: { revision } },
      },
      '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes': {
        ports: [{ port: 6443 }],
        endpoints: [{ addresses: ['10.0.0.10'] }],
      },
      '/api/v1/namespaces/kube-system/pods/coredns-a': pod('coredns-a', { 'k8s-app': 'kube-dns' }),
      '/api/v1/namespaces/flux-system': {},
      '/api/v1/nodes/one/proxy/stats/summary': {
        pods: [
          {
            volume: [
              {
                pvcRef: { namespace: 'immich', name: 'immich-library' },
                usedBytes: 40,
                capacityBytes: 100,
              },
            ],
          },
        ],
      },
    },
  };
}
