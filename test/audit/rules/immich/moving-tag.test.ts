import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

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
