import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

function spread(label: string): string {
  return `topologySpreadConstraints:
  - { maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { ${label} } } }`;
}

test('pods that are spread by labels which none of them carries', () => {
  expect(said('selector-matches-nothing', server('', spread('app: immich')))).toEqual([
    'warning spec.template.spec.topologySpreadConstraints.0.labelSelector',
  ]);
  expect(said('selector-matches-nothing', server('', spread('app: immich-server')))).toEqual([]);
  expect(said('selector-matches-nothing', server('', spread('app: "\u0024{APP}"')))).toEqual([]);
});

test('instances of a database that are spread by the labels of another', () => {
  const of = (name: string) => documents(server(''), cluster(spread(`cnpg.io/cluster: ${name}`)));
  expect(said('selector-matches-nothing', of('other'))).toEqual([
    'warning spec.topologySpreadConstraints.0.labelSelector',
  ]);
  expect(said('selector-matches-nothing', of('immich-db'))).toEqual([]);
});

test('a policy of Cilium for labels which no pod carries', () => {
  const policy = (labels: string) => `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: immich, namespace: immich }
spec: { endpointSelector: { matchLabels: { ${labels} } }, ingress: [{}] }`;
  const of = (labels: string) => said('selector-matches-nothing', documents(server(''), policy(labels)));
  expect(of('k8s:app: immich')).toEqual(['warning spec.endpointSelector']);
  expect(of('k8s:app: immich-server')).toEqual([]);
  expect(of('io.cilium.k8s.policy.serviceaccount: immich')).toEqual([]);
});

test('instances of a database carry the labels that its Cluster gives them', () => {
  const of = (label: string) =>
    documents(
      server(''),
      cluster(`inheritedMetadata: { labels: { ${label} } }\n${spread('tier: database')}`),
    );
  expect(said('selector-matches-nothing', of('tier: database'))).toEqual([]);
  expect(said('selector-matches-nothing', of('tier: other'))).toHaveLength(1);
});

test('a policy for the pods that VolSync makes', () => {
  const source = (labels: string) => `apiVersion: volsync.backube/v1alpha1
kind: ReplicationSource
metadata: { name: library, namespace: immich }
spec: { sourcePVC: library, restic: { repository: library, moverPodLabels: { ${labels} } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: mover, namespace: immich }
spec: { podSelector: { matchLabels: { app: mover } } }`;
  const of = (labels: string) => said('selector-matches-nothing', documents(server(''), source(labels)));
  expect(of('app: other')).toEqual(['warning spec.podSelector']);
  expect(of('app: mover')).toEqual([]);
});
