import { buildKustomizations } from '../../lib/repository/kustomize/build.ts';
import { readManifests, splitDocuments } from '../../lib/repository/manifest-document.ts';

const objects = `apiVersion: v1
kind: Service
metadata:
  name: database
---
apiVersion: v1
kind: Pod
metadata:
  name: server
spec:
  containers:
    - name: main
      env:
        - { name: DB_HOSTNAME, value: old.photos.svc }
`;

function environment(replacements: string, files: Readonly<Record<string, string>> = {}): unknown {
  const kustomization = `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamePrefix: photos-\nresources: [all.yaml]\nreplacements:\n${replacements}`;
  const manifests = Object.entries({ 'all.yaml': objects, 'kustomization.yaml': kustomization }).flatMap(
    ([file, text]) => splitDocuments(file, text).flatMap(readManifests),
  );
  const pod = buildKustomizations(manifests, (file) => files[file]).find(
    ({ object }) => object.kind === 'Pod',
  );
  return JSON.parse(JSON.stringify(pod?.object['spec'])).containers[0].env[0].value;
}

const target =
  'targets: [{ select: { kind: Pod, name: server }, fieldPaths: ["spec.containers.[name=main].env.[name=DB_HOSTNAME].value"]';
const from = 'source: { kind: Service, name: database }';

describe('replacements', () => {
  test('set the name with its prefix, as kubectl kustomize does', () => {
    expect(environment(`  - { ${from}, ${target} }] }\n`)).toBe('photos-database');
  });

  test('come from files, and replace a part', () => {
    const text = `- { ${from}, ${target}, options: { delimiter: ".", index: 0 } }] }\n`;
    expect(environment('  - path: some.yaml\n', { 'some.yaml': text })).toBe('photos-database.photos.svc');
  });

  test.each([
    ['an unknown source', `{ source: { kind: Service, name: other }, ${target} }] }`],
    ['an unknown field', `{ source: { kind: Service, fieldPath: spec.none }, ${target} }] }`],
    ['a rejected target', `{ ${from}, ${target}, reject: [{ name: server }] }] }`],
    ['a missing file', 'path: none.yaml'],
    ['an entry of another type', '7'],
  ])('leave the value as it is for %s', (_, entry) => {
    expect(environment(`  - ${entry}\n`)).toBe('old.photos.svc');
  });
});
