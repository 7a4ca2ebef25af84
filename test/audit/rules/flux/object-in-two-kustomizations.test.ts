import { documents } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

function kustomizations(one: string, other: string, file = 'flux/other.yaml'): string {
  return documents(
    `# flux/one.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: one, namespace: flux-system }
spec: { interval: 1h, prune: true, path: ./app${one} }`,
    `# ${file}
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: other, namespace: flux-system }
spec: { interval: 1h, prune: true, path: app/${other} }`,
    `# app/server.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec: { template: { spec: { containers: [{ name: server, image: "ghcr.io/immich-app/immich-server:v3.3.1" }] } } }`,
  );
}

test.each<[string, string, string[]]>([
  ['alike', kustomizations('', ''), ['warning spec.path']],
  ['into two namespaces', kustomizations(', targetNamespace: one', ', targetNamespace: other'), []],
  ['with other variables', kustomizations(', postBuild: { substitute: { APP: one } }', ''), []],
  ['one of them suspended', kustomizations('', ', suspend: true'), []],
  ['on two clusters', kustomizations('', '', 'other/other.yaml'), []],
])('two Kustomizations with one path, %s', (_, text, expected) => {
  expect(said('object-in-two-kustomizations', text)).toEqual(expected);
});
