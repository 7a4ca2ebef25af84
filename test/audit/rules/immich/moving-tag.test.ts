import { documents, server } from '../../../../lib/audit/examples.ts';
import { said, saidOfReleases } from '../said.ts';

function policy(range: string, image = 'ghcr.io/immich-app/immich-server'): string {
  return documents(
    server(''),
    `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata: { name: immich, namespace: flux-system }
spec: { image: ${image} }`,
    `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata: { name: immich, namespace: flux-system }
spec: { imageRepositoryRef: { name: immich }, policy: { semver: { range: "${range}" } } }`,
  );
}

test.each<[string, string, string[]]>([
  ['without an end', policy('>=2.0.0'), ['info spec.policy.semver.range']],
  ['of everything', policy('*'), ['info spec.policy.semver.range']],
  ['of one major version', policy('3.x'), []],
  ['with an end', policy('>=2.0.0 <3.0.0'), []],
  ['of another image', policy('*', 'docker.io/valkey/valkey'), []],
])('a range of updates %s', (_, text, expected) => {
  expect(said('moving-tag', text)).toEqual(expected);
});

test.each<[string, string, string[]]>([
  ['a range', '">=0.10.0"', ['warning spec.chart.spec.version']],
  ['one version', '0.10.3', []],
  ['what is filled in later', '"\u0024{VERSION}"', []],
])("Immich's own chart in %s, without a tag", (_, version, expected) => {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: immich, namespace: immich }
spec:
  chart: { spec: { chart: immich, version: ${version} } }
  values: { server: { controllers: { main: { containers: { main: { env: { TZ: UTC } } } } } } }`;
  expect(saidOfReleases('moving-tag', release)).toEqual(expected);
  const tagged = release.replace('env:', 'image: { tag: v3.3.1 }, env:');
  expect(saidOfReleases('moving-tag', tagged)).toEqual([]);
});
