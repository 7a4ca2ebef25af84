import fc from 'fast-check';
import { everything, type Fixture, kustomization, ofDeployment, overlay } from './objects.ts';

const inPod = (rest: string) => ofDeployment(`spec: { template: { spec: ${rest} } }`);

/** Patches, each an entry of `patches`. */
const patches = [
  inPod(
    '{ containers: [{ name: server, env: [{ name: NEW, value: x }, { name: TZ, value: Europe/Rome }] }] }',
  ),
  inPod('{ containers: [{ name: sidecar, image: "busybox:2" }], initContainers: null }'),
  inPod('{ volumes: [{ name: library, $patch: delete }, { name: more, emptyDir: {} }] }'),
  inPod('{ containers: [{ name: server, env: [{ $patch: replace }, { name: ONLY, value: x }] }] }'),
  inPod('{ tolerations: [{ operator: Exists }], securityContext: { runAsUser: 1000 } }'),
  'apiVersion: v1\nkind: Service\nmetadata: { name: server }\nspec: { ports: [{ port: 8081, name: metrics }, { port: 2283, appProtocol: http }] }',
  'apiVersion: example.org/v1\nkind: Album\nmetadata: { name: holidays }\nspec: { items: [{ name: c }] }',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, labels: { patched: "1" } }\ndata: { host: null, NEW: x }',
].map((text) => `{ patch: ${JSON.stringify(text)} }`);

/** Patches with a target. */
const targeted = [
  '{ target: { kind: Deployment }, patch: "- { op: add, path: /spec/template/spec/containers/0/env/-, value: { name: ADDED, value: x } }" }',
  '{ target: { kind: "Deployment|StatefulSet" }, patch: "- { op: add, path: /metadata/annotations, value: { a: b } }" }',
  '{ target: { name: "ser.*" }, patch: "{ apiVersion: v1, kind: Any, metadata: { name: any, labels: { found: by-name } } }" }',
  '{ target: { labelSelector: app=server }, patch: "- { op: replace, path: /spec/replicas, value: 4 }" }',
  '{ target: { group: rbac.authorization.k8s.io, kind: RoleBinding }, patch: "- { op: remove, path: /subjects/1 }" }',
  '{ target: { kind: Ingress }, patch: "- { op: replace, path: /metadata/name, value: other }" }',
  '{ target: { kind: PodDisruptionBudget }, patch: "{ apiVersion: v1, kind: Any, metadata: { name: any }, $patch: delete }" }',
];

/** Fields that may stand in any kustomization, in any number. */
const fields = [
  ['namespace: one', 'namespace: two'],
  ['namePrefix: my-', 'namePrefix: your-'],
  ['nameSuffix: -new'],
  ['commonLabels: { team: photos }', 'commonLabels: { app: other, more: "1" }'],
  ['commonAnnotations: { example.org/owner: me }'],
  [
    'labels: [{ pairs: { part: all }, includeSelectors: true }]',
    'labels: [{ pairs: { part: some }, includeTemplates: true }, { pairs: { only: here } }]',
    'labels: [{ pairs: { part: own }, fields: [{ path: spec/labels, kind: Album, create: true }] }]',
  ],
  [
    'replicas: [{ name: server, count: 3 }]',
    'replicas: [{ name: server, count: 0 }, { name: valkey, count: 2 }]',
  ],
  [
    'images: [{ name: busybox, newName: alpine }, { name: ghcr.io/immich-app/immich-server, newTag: v2.6.0 }]',
    'images: [{ name: docker.io/valkey/valkey, digest: "sha256:1111" }, { name: busybox, newTag: "2" }]',
  ],
  [
    'patchesJson6902: [{ target: { group: apps, version: v1, kind: StatefulSet, name: valkey }, patch: "- { op: add, path: /spec/paused, value: true }" }]',
  ],
  [
    'configMapGenerator: [{ name: made, literals: [A=1] }]',
    'configMapGenerator: [{ name: settings, behavior: merge, literals: [NEW=1] }]',
    'secretGenerator: [{ name: hidden, type: example.org/x, literals: [A=1], options: { immutable: true } }]\ngeneratorOptions: { disableNameSuffixHash: true, labels: { generated: "yes" } }',
  ],
  [
    'replacements: [{ source: { kind: Deployment, fieldPath: metadata.name }, targets: [{ select: { kind: Album }, fieldPaths: [spec.image] }, { select: { kind: Service }, fieldPaths: [metadata.annotations.of], options: { create: true } }] }]',
    'replacements: [{ sourceValue: www, targets: [{ select: { kind: Ingress }, fieldPaths: [spec.rules.0.host], options: { delimiter: ., index: 0 } }] }]',
    'replacements: [{ source: { kind: ConfigMap, name: settings, fieldPath: data.host }, targets: [{ select: { kind: Deployment }, fieldPaths: ["spec.template.spec.containers.[name=server].env.[name=HOST].value"], options: { create: true } }] }]',
  ],
] as const;

const kustomizationFields = fc
  .record({
    some: fc.subarray([...fields.map((_, index) => index)]),
    which: fc.infiniteStream(fc.nat(5)),
    patches: fc.subarray(patches, { maxLength: 3 }),
    targeted: fc.subarray(targeted, { maxLength: 3 }),
  })
  .map(({ some, which, ...both }) => {
    const chosen = some.map((index) => {
      const choices = fields[index] ?? [];
      return choices[Number(which.next().value) % choices.length] ?? '';
    });
    const all = [...both.patches, ...both.targeted];
    return [
      ...chosen,
      ...(all.length === 0 ? [] : [`patches:\n${all.map((one) => `  - ${one}`).join('\n')}`]),
      '',
    ].join('\n');
  });

const component = kustomizationFields.map(
  (text) => `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [own.yaml]\n${text}`,
);

/** Kustomizations of any of these fields: one, one above another, with a component in either or between them. */
export const kustomizations: fc.Arbitrary<Fixture> = fc.oneof(
  kustomizationFields.map((text) => everything(text)),
  fc.tuple(kustomizationFields, kustomizationFields).map(([upper, lower]) => overlay(upper, {}, lower)),
  fc.tuple(kustomizationFields, component, component).map(([upper, one, another]) =>
    overlay(`components: [../one, ../another]\n${upper}`, {
      'one/kustomization.yaml': one,
      'one/own.yaml': owned('one'),
      'another/kustomization.yaml': another,
      'another/own.yaml': owned('another'),
    }),
  ),
  fc
    .tuple(kustomizationFields, kustomizationFields, kustomizationFields)
    .map(([upper, middle, lower]): Fixture => {
      const { files } = overlay(`${middle}`, {}, lower);
      return {
        top: 'top',
        files: { ...files, 'top/kustomization.yaml': kustomization(`resources: [../overlay]\n${upper}`) },
      };
    }),
);

function owned(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { a: b }\n---\napiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: a, image: "busybox:1", envFrom: [{ configMapRef: { name: ${name} } }, { configMapRef: { name: settings } }] }] }\n`;
}
