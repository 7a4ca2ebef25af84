import { type Fixture, kustomization, overlay } from './objects.ts';

const base =
  'configMapGenerator: [{ name: made, literals: [A=1, B=2] }]\nsecretGenerator: [{ name: hidden, literals: [P=secret] }]';

function alone(fields: string, more: Readonly<Record<string, string>> = {}): Fixture {
  return { files: { 'kustomization.yaml': kustomization(`${fields}\n`), ...more } };
}

const pod = `apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  containers:
    - { name: a, image: b, envFrom: [{ configMapRef: { name: made } }, { secretRef: { name: hidden } }] }
`;

/** Config maps and secrets that are generated. */
export const generators: Readonly<Record<string, Fixture>> = {
  'values of a generator, with and without quotes': alone(
    `configMapGenerator: [{ name: made, literals: [A=1, 'B="two words"', "C='x'", 'D=a=b', 'E='] }]`,
  ),
  'variables of a file': alone('configMapGenerator: [{ name: made, envs: [values.env] }]', {
    'values.env': '# comment\n\nA=1\n  B="quoted"\nC=a=b # no comment\nD\n',
  }),
  'files of a generator': alone('configMapGenerator: [{ name: made, files: [a.txt, other=below/b.txt] }]', {
    'a.txt': 'one\ntwo\n',
    'below/b.txt': 'three',
  }),
  'types of secrets': alone(
    'secretGenerator: [{ name: a, literals: [A=1] }, { name: b, type: kubernetes.io/tls, literals: [tls.crt=a, tls.key=b] }]',
  ),
  'what never changes': alone(
    'configMapGenerator: [{ name: a, literals: [A=1], options: { immutable: true, labels: { x: v } } }, { name: b, literals: [B=1] }]\ngeneratorOptions: { labels: { z: "1" } }',
  ),
  'options of one over those of all': alone(
    'configMapGenerator: [{ name: a, literals: [A=1], options: { disableNameSuffixHash: true, labels: { x: own }, annotations: { o: m } } }]\ngeneratorOptions: { labels: { x: all, v: all }, immutable: true }',
  ),
  'a generator in a namespace': alone('configMapGenerator: [{ name: a, namespace: other, literals: [A=1] }]'),
  'an empty generator': alone('configMapGenerator: [{ name: a }]'),
  'names with a hash, and what refers to them': alone(`resources: [pod.yaml]\n${base}\nnamePrefix: my-`, {
    'pod.yaml': pod,
  }),
  'merged above': overlay(
    'configMapGenerator: [{ name: made, behavior: merge, literals: [B=3, C=4] }]\nsecretGenerator: [{ name: hidden, behavior: merge, literals: [Q=more] }]',
    {},
    base,
  ),
  'replaced above': overlay(
    'configMapGenerator: [{ name: made, behavior: replace, literals: [C=4] }]\nsecretGenerator: [{ name: hidden, behavior: replace, type: example.org/x, literals: [Q=more] }]',
    {},
    `${base}\ngeneratorOptions: { labels: { kept: "yes" } }`,
  ),
  'merged above a prefix': overlay(
    'configMapGenerator: [{ name: my-made, behavior: merge, literals: [B=3] }]',
    {},
    `${base}\nnamePrefix: my-`,
  ),
  'merged by the name before the prefix': overlay(
    'namePrefix: upper-\nconfigMapGenerator: [{ name: made, behavior: merge, literals: [B=3] }]',
    {},
    `${base}\nnamePrefix: my-`,
  ),
  'merged into one that is written': overlay(
    'configMapGenerator: [{ name: settings, behavior: merge, literals: [IMMICH_LOG_LEVEL=debug, NEW=x], options: { labels: { a: b } } }]',
  ),
  'merged in a namespace': overlay(
    'namespace: other\nconfigMapGenerator: [{ name: made, namespace: lower, behavior: merge, literals: [B=3] }]',
    {},
    `${base}\nnamespace: lower`,
  ),
  'a patch of what is generated': alone(
    `${base}\npatches: [{ target: { kind: ConfigMap, name: made }, patch: "- { op: add, path: /data/C, value: x }" }]`,
  ),
  'labels of what is generated': alone(`${base}\ncommonLabels: { a: b }\nnamespace: other`),
};
