import { everything, type Fixture, kustomization, ofDeployment, overlay, patch, service } from './objects.ts';

const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: b, namespace: other }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: r }
subjects: [{ kind: ServiceAccount, name: a, namespace: here }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: r, namespace: other }
rules: [{ apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [database, another] }]
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: a, namespace: here }
imagePullSecrets: [{ name: database }]
---
apiVersion: v1
kind: Secret
metadata: { name: database, namespace: here }
---
apiVersion: v1
kind: Secret
metadata: { name: database, namespace: other }
`;

const renamed = `patches:
  - target: { kind: Deployment }
    patch: |-
      - { op: replace, path: /metadata/name, value: other }
  - target: { kind: ConfigMap }
    patch: |-
      - { op: replace, path: /metadata/name, value: values }
`;

/** How names and namespaces change, and what refers to them. */
export const names: Readonly<Record<string, Fixture>> = {
  namespace: everything('namespace: other'),
  'a namespace below and above': overlay('namespace: upper', {}, 'namespace: lower'),
  namePrefix: everything('namePrefix: my-'),
  nameSuffix: everything('nameSuffix: -two'),
  'prefix, suffix and namespace': everything('namePrefix: my-\nnameSuffix: -two\nnamespace: other'),
  'prefixes of two levels': overlay('namePrefix: upper-', {}, 'namePrefix: lower-'),
  'a prefix, then a namespace above': overlay('namespace: other', {}, 'namePrefix: my-'),
  'subjects in another namespace': {
    files: {
      'kustomization.yaml': kustomization('resources: [binding.yaml]\nnamePrefix: my-\n'),
      'binding.yaml': binding,
    },
  },
  'a webhook of a service': {
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml]\nnamePrefix: my-\nnamespace: other\n'),
      'a.yaml': `${service}---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: hook }
webhooks: [{ name: a.example.org, clientConfig: { service: { name: server, namespace: default, path: /a } } }]
`,
    },
  },
  'a scaler of a deployment': {
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml]\nnamePrefix: my-\n'),
      'a.yaml': `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: server }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: server } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: server }
spec: {}
`,
    },
  },
  'names in annotations of an ingress': {
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml]\nnamePrefix: my-\n'),
      'a.yaml': `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a, annotations: { nginx.ingress.kubernetes.io/auth-secret: people } }
spec: { defaultBackend: { service: { name: server, port: { number: 80 } } } }
---
apiVersion: v1
kind: Secret
metadata: { name: people }
---
${service}`,
    },
  },
  'custom resources, whose names of others stay': everything('namePrefix: my-\nnamespace: other'),
  'names that a JSON patch changes': everything(renamed),
  'and those above them': overlay('namePrefix: my-', {}, renamed),
  'a name that a merge may not change': everything(
    patch(ofDeployment('spec: { replicas: 2 }').replace('name: server', 'name: any'), '{ kind: Deployment }'),
  ),
  'a name that a merge may change': everything(
    `${patch(ofDeployment('').replace('name: server', 'name: other'), '{ kind: Deployment }')}\n    options: { allowNameChange: true }`,
  ),
  'a kind that a merge may change': everything(
    `${patch(ofDeployment('').replace('kind: Deployment', 'kind: DaemonSet'), '{ kind: Deployment }')}\n    options: { allowKindChange: true }`,
  ),
  'a patch by the name before': overlay(
    patch(ofDeployment('spec: { replicas: 7 }')),
    {},
    'namePrefix: my-\nnamespace: other',
  ),
  'a patch by the name afterwards': overlay(
    patch(
      ofDeployment('spec: { replicas: 7 }').replace(
        '{ name: server }',
        '{ name: my-server, namespace: other }',
      ),
    ),
    {},
    'namePrefix: my-\nnamespace: other',
  ),
  'a target by the name before': overlay(
    patch('- { op: replace, path: /spec/replicas, value: 7 }', '{ kind: Deployment, name: server }'),
    {},
    'namePrefix: my-',
  ),
  'a target by its namespace': overlay(
    patch('- { op: replace, path: /spec/replicas, value: 7 }', '{ kind: Deployment, namespace: other }'),
    {},
    'namespace: other',
  ),
  'replicas by the name before': overlay('replicas: [{ name: server, count: 4 }]', {}, 'namePrefix: my-'),
  'an object only for here': {
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml, b.yaml]\n'),
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, annotations: { config.kubernetes.io/local-config: "true" } }\n',
      'b.yaml': service,
    },
  },
  'labels in other fields': everything(
    'labels: [{ pairs: { team: photos }, fields: [{ path: spec/labels, kind: Album, create: true }, { path: spec/selector, kind: Service }] }]',
  ),
  'labels in other fields, with templates': everything(
    'labels: [{ pairs: { team: photos }, includeTemplates: true, fields: [{ path: spec/inheritedMetadata/labels, group: postgresql.cnpg.io, create: true }] }]',
  ),
  'labels and commonLabels together': everything(
    'labels: [{ pairs: { team: first, one: a } }]\ncommonLabels: { team: second, two: b }',
  ),
  'labels for a service without a selector': {
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml]\ncommonLabels: { a: b }\n'),
      'a.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { type: ExternalName, externalName: b.example.org }\n',
    },
  },
  'a suffix of a tag': everything('images: [{ name: busybox, tagSuffix: -alpine }]'),
  'an image by a regular expression': everything('images: [{ name: ".*/immich-server", newTag: v9 }]'),
  'an image as a volume': {
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml]\nimages: [{ name: models, newTag: "2" }]\n'),
      'a.yaml': ofDeployment(
        'spec: { template: { spec: { containers: [{ name: a, image: "models:1" }], volumes: [{ name: m, image: { reference: "models:1" } }] } } }',
      ),
    },
  },
};
