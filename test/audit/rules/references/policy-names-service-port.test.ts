import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const service = (ports: string) => `apiVersion: v1
kind: Service
metadata: { name: store, namespace: storage }
spec: { selector: { app: store }, ports: [${ports}] }`;

const pods = (port: string) => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: store, namespace: storage }
spec:
  template:
    metadata: { labels: { app: store } }
    spec: { containers: [{ name: store, image: store, ports: [${port}] }] }`;

const inStorage = 'namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: storage } }';

const policy = (ports: string, peer = `${inStorage}, podSelector: { matchLabels: { app: store } }`) =>
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: immich, namespace: immich }
spec: { podSelector: {}, egress: [{ to: [{ ${peer} }], ports: [${ports}] }] }`;

const cilium = (port: string) => `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: immich, namespace: immich }
spec:
  endpointSelector: {}
  egress:
    - toEndpoints: [{ matchLabels: { k8s:io.kubernetes.pod.namespace: storage, app: store } }]
      toPorts: [{ ports: [{ port: "${port}" }] }]`;

const listening = '{ name: api, containerPort: 9000 }';

describe('policy-names-service-port', () => {
  test.each([
    ['a number behind it', service('{ port: 80, targetPort: 9000 }'), pods(listening), '{ port: 80 }', 1],
    ['a name behind it', service('{ port: 80, targetPort: api }'), pods(listening), '{ port: 80 }', 1],
    ['the port of the pod', service('{ port: 80, targetPort: 9000 }'), pods(listening), '{ port: 9000 }', 0],
    ['both', service('{ port: 80, targetPort: 9000 }'), pods(listening), '{ port: 80 }, { port: 9000 }', 0],
    ['the same', service('{ port: 9000 }'), pods(listening), '{ port: 9000 }', 0],
    [
      'a pod that listens at both',
      service('{ port: 80, targetPort: 9000 }'),
      pods(`${listening}, { containerPort: 80 }`),
      '{ port: 80 }',
      0,
    ],
    [
      'a second port of the Service',
      service('{ port: 80, targetPort: 9000 }, { port: 8080, targetPort: 80 }'),
      pods(listening),
      '{ port: 80 }',
      0,
    ],
    ['a range', service('{ port: 80, targetPort: 9000 }'), pods(listening), '{ port: 80, endPort: 90 }', 0],
    ['no Service', '', pods(listening), '{ port: 80 }', 0],
    ['no pods, but a Service', service('{ port: 80, targetPort: 9000 }'), '', '{ port: 80 }', 1],
  ])('%s', (_, one, other, ports, count) => {
    const manifests = [server(''), one, other, policy(ports)].filter((text) => text !== '');
    expect(said('policy-names-service-port', documents(...manifests))).toHaveLength(count);
  });

  test.each([
    ['80', 1],
    ['9000', 0],
  ])('a policy of Cilium with %s', (port, count) => {
    const manifests = [server(''), service('{ port: 80, targetPort: 9000 }'), pods(listening), cilium(port)];
    expect(said('policy-names-service-port', documents(...manifests))).toHaveLength(count);
  });

  test.each([
    ['app: rook-ceph-rgw', '{ port: 80 }', 1],
    ['app: rook-ceph-rgw', '{ port: 8080 }', 0],
    ['v1.min.io/tenant: backups', '{ port: 443 }', 1],
    ['v1.min.io/tenant: backups', '{ port: 9000 }', 0],
    ['app: other', '{ port: 80 }', 0],
  ])('pods that an operator makes, %s with %s', (label, ports, count) => {
    const peer = `${inStorage}, podSelector: { matchLabels: { ${label} } }`;
    expect(said('policy-names-service-port', documents(server(''), policy(ports, peer)))).toHaveLength(count);
  });

  test.each([
    ['80', 1],
    ['2283', 0],
  ])('what is let in at %s', (port, count) => {
    const manifests = documents(
      server('ports: [{ containerPort: 2283 }]'),
      `apiVersion: v1
kind: Service
metadata: { name: immich, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ port: 80, targetPort: 2283 }] }`,
      `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: immich, namespace: immich }
spec: { podSelector: { matchLabels: { app: immich-server } }, ingress: [{ ports: [{ port: ${port} }] }] }`,
    );
    expect(said('policy-names-service-port', manifests)).toHaveLength(count);
  });
});
