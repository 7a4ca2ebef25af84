import { server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const probe = 'startupProbe: { httpGet: { path: /api/server/ping, port: 2283 } }';

test.each<[string, string, string[]]>([
  [
    'a worker that only runs jobs',
    'env: [{ name: IMMICH_WORKERS_INCLUDE, value: microservices }]',
    ['error spec.template.spec.containers.0.startupProbe.httpGet.port'],
  ],
  [
    'a worker without the one that answers',
    'env: [{ name: IMMICH_WORKERS_EXCLUDE, value: api }]',
    ['error spec.template.spec.containers.0.startupProbe.httpGet.port'],
  ],
  ['a server with both workers', '', []],
  ['a worker that only answers', 'env: [{ name: IMMICH_WORKERS_EXCLUDE, value: microservices }]', []],
  ['workers that are not known', 'env: [{ name: IMMICH_WORKERS_INCLUDE, value: "\u0024{WORKERS}" }]', []],
])('a probe for requests at %s', (_, environment, expected) => {
  expect(said('dead-probe', server(`${environment}\n${probe}`))).toEqual(expected);
});

test('a port at which another container of the pod answers', () => {
  const probed = (port: number) =>
    `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich, namespace: immich }
spec:
  template:
    spec:
      containers:
        - { name: server, image: "ghcr.io/immich-app/immich-server:v3.3.1" }
        - { name: ml, image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1", livenessProbe: { tcpSocket: { port: ${port} } } }
`;
  expect(said('dead-probe', probed(2283))).toEqual([]);
  expect(said('dead-probe', probed(3001))).toEqual([
    'error spec.template.spec.containers.1.livenessProbe.tcpSocket.port',
  ]);
});
