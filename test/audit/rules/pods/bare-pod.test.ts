import { said } from '../said.ts';

function pod(image: string, more = ''): string {
  return `apiVersion: v1
kind: Pod
metadata: { name: immich, namespace: immich }
spec: { containers: [{ name: immich, image: "${image}" }]${more} }`;
}

const server = 'ghcr.io/immich-app/immich-server:v3.3.1';

test.each<[string, string, string[]]>([
  ['that is Immich', pod(server), ['warning kind']],
  ['that runs once', pod(server, ', restartPolicy: Never'), []],
  ['of another program', pod('docker.io/library/busybox:1'), []],
])('a pod %s', (_, text, expected) => {
  expect(said('bare-pod', text)).toEqual(expected);
});
