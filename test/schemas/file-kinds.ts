import { objectMeta } from './kubernetes.ts';
import type { Schema } from './schema.ts';

const names: Schema = { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true };

/** A mapping of these keys and no others. */
function object(properties: { readonly [key: string]: Schema }): Schema {
  return { type: 'object', properties, additionalProperties: false };
}

/** Kinds that no definition in `imports/` describes, as far as this project writes them. */
export const fileKinds: { readonly [kind: string]: Schema } = {
  // https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
  'kustomize.config.k8s.io/v1beta1/Kustomization': {
    type: 'object',
    properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, resources: names },
    required: ['resources'],
    additionalProperties: false,
  },
  // https://docs.k3s.io/add-ons/helm#customizing-packaged-components-with-helmchartconfig
  'helm.cattle.io/v1/HelmChartConfig': {
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { $ref: `kubernetes#/definitions/${objectMeta}` },
      spec: {
        type: 'object',
        properties: { valuesContent: { type: 'string' }, failurePolicy: { enum: ['abort', 'reinstall'] } },
        required: ['valuesContent'],
        additionalProperties: false,
      },
    },
    required: ['metadata', 'spec'],
    additionalProperties: false,
  },
  // https://github.com/backube/volsync/blob/v0.16.0/config/crd/bases/volsync.backube_replicationsources.yaml
  'volsync.backube/v1alpha1/ReplicationSource': object({
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { $ref: `kubernetes#/definitions/${objectMeta}` },
    spec: object({
      sourcePVC: { type: 'string' },
      trigger: object({
        schedule: { type: 'string', pattern: '^((((\\d+,)*\\d+|(\\d+(/|-)\\d+)|\\*(/\\d+)?)\\s?){5})$' },
      }),
      restic: object({
        repository: { type: 'string' },
        copyMethod: { enum: ['Direct', 'None', 'Clone', 'Snapshot'] },
        volumeSnapshotClassName: { type: 'string' },
        cacheCapacity: { type: 'string' },
        cacheStorageClassName: { type: 'string' },
        pruneIntervalDays: { type: 'integer' },
        retain: object({
          daily: { type: 'integer' },
          weekly: { type: 'integer' },
          monthly: { type: 'integer' },
        }),
        moverPodLabels: { type: 'object', additionalProperties: { type: 'string' } },
        moverResources: { $ref: 'kubernetes#/definitions/io.k8s.api.core.v1.ResourceRequirements' },
        moverSecurityContext: { $ref: 'kubernetes#/definitions/io.k8s.api.core.v1.PodSecurityContext' },
      }),
    }),
  }),
  // https://github.com/backube/volsync/blob/v0.16.0/config/crd/bases/volsync.backube_replicationdestinations.yaml
  'volsync.backube/v1alpha1/ReplicationDestination': object({
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { $ref: `kubernetes#/definitions/${objectMeta}` },
    spec: object({
      trigger: object({ manual: { type: 'string' } }),
      restic: object({
        repository: { type: 'string' },
        copyMethod: { enum: ['Direct', 'None', 'Clone', 'Snapshot'] },
        volumeSnapshotClassName: { type: 'string' },
        storageClassName: { type: 'string' },
        accessModes: { type: 'array', items: { type: 'string' } },
        capacity: { type: 'string' },
        cacheCapacity: { type: 'string' },
        cacheStorageClassName: { type: 'string' },
        cleanupTempPVC: { type: 'boolean' },
        cleanupCachePVC: { type: 'boolean' },
        restoreAsOf: { type: 'string' },
        moverPodLabels: { type: 'object', additionalProperties: { type: 'string' } },
        moverResources: { $ref: 'kubernetes#/definitions/io.k8s.api.core.v1.ResourceRequirements' },
        moverSecurityContext: { $ref: 'kubernetes#/definitions/io.k8s.api.core.v1.PodSecurityContext' },
      }),
    }),
  }),
  // https://github.com/external-secrets/external-secrets/blob/main/config/crds/bases/external-secrets.io_externalsecrets.yaml
  'external-secrets.io/v1/ExternalSecret': object({
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { $ref: `kubernetes#/definitions/${objectMeta}` },
    spec: object({
      refreshInterval: { type: 'string' },
      secretStoreRef: object({
        kind: { enum: ['SecretStore', 'ClusterSecretStore'] },
        name: { type: 'string' },
      }),
      target: object({
        name: { type: 'string' },
        creationPolicy: { enum: ['Owner', 'Orphan', 'Merge', 'None'] },
        deletionPolicy: { enum: ['Delete', 'Merge', 'Retain'] },
        template: object({ type: { type: 'string' } }),
      }),
      data: {
        type: 'array',
        items: object({
          secretKey: { type: 'string', pattern: '^[-._a-zA-Z0-9]+$' },
          remoteRef: object({ key: { type: 'string' }, property: { type: 'string' } }),
        }),
      },
    }),
  }),
  // https://github.com/grafana/grafana-operator/blob/v5.18.0/config/crd/bases/grafana.integreatly.org_grafanadashboards.yaml
  'grafana.integreatly.org/v1beta1/GrafanaDashboard': object({
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { $ref: `kubernetes#/definitions/${objectMeta}` },
    spec: object({
      allowCrossNamespaceImport: { type: 'boolean' },
      instanceSelector: object({
        matchLabels: { type: 'object', additionalProperties: { type: 'string' } },
      }),
      json: { type: 'string' },
    }),
  }),
};
