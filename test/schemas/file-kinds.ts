import { objectMeta } from './kubernetes.ts';
import type { Schema } from './schema.ts';

const names: Schema = { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true };

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
};
