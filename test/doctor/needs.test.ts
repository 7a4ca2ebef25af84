import { fluxSource } from '../../lib/doctor/checks/flux-source.ts';
import { namespaces } from '../../lib/doctor/checks/namespaces.ts';
import { networkPlugin } from '../../lib/doctor/checks/network-plugin.ts';
import type { Value } from '../../lib/manifests/manifest.ts';
import { home } from '../installation/example.ts';
import { healthy, isFalse, isTrue, pod } from './healthy.ts';
import { found, subjectOf } from './living.ts';
import { others } from './others.ts';
import { type Changes, told, withItem, withStatus } from './told.ts';

const immich = (group: string) => `${group}/namespaces/immich`;
const pods = `${immich('/api/v1')}/pods`;
const operator =
  '/apis/apps/v1/namespaces/cnpg-system/deployments?labelSelector=app.kubernetes.io%2Fname%3Dcloudnative-pg';
const plugin =
  '/api/v1/namespaces/cnpg-system/services?labelSelector=cnpg.io%2FpluginName%3Dbarman-cloud.cloudnative-pg.io';
const traefik = '/api/v1/namespaces/kube-system/pods?labelSelector=app.kubernetes.io%2Fname%3Dtraefik';
const source = '/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/flux-system';
const dns =
  '/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dkube-dns';

const node = (name: string, spec: Value = {}, ready = isTrue('Ready')) => ({
  metadata: { name },
  spec,
  status: { conditions: [ready] },
});

const faults: [what: string, changes: Changes, lines: string[]][] = [
  [
    'no operator',
    { [operator]: { items: [] } },
    ['operators: error: No CloudNativePG operator is in the namespace cnpg-system.'],
  ],
  [
    'an older operator that does not run',
    {
      [operator]: {
        items: [
          {
            spec: {
              template: { spec: { containers: [{ image: 'ghcr.io/cloudnative-pg/cloudnative-pg:1.29.0' }] } },
            },
          },
        ],
      },
    },
    [
      'operators: error: The CloudNativePG operator 1.29.0 does not run.',
      'operators: error: The CloudNativePG operator 1.29.0 is older than 1.30, which dist is written for.',
    ],
  ],
  [
    'a plugin elsewhere',
    { [plugin]: { items: [] } },
    [
      'operators: error: The Barman Cloud plugin is not in cnpg-system, where the operator looks for it: the database would not start.',
    ],
  ],
  [
    'no storage class',
    { '/apis/storage.k8s.io/v1/storageclasses/longhorn': undefined },
    [
      'storage-classes: error: There is no storage class longhorn, and PersistentVolumeClaim immich-library, PersistentVolumeClaim immich-models, Cluster immich-db and PersistentVolumeClaim immich-drill-history would wait for a volume without end.',
    ],
  ],
  [
    'no issuer',
    { '/apis/cert-manager.io/v1/clusterissuers/letsencrypt-prod': undefined },
    ['issuers: error: ClusterIssuer letsencrypt-prod is missing, so that there will be no certificate.'],
  ],
  [
    'an issuer that does not work',
    {
      '/apis/cert-manager.io/v1/clusterissuers/letsencrypt-prod': withStatus({
        conditions: [isFalse('Ready', 'no account')],
      }),
    },
    ['issuers: error: ClusterIssuer letsencrypt-prod is not ready: no account'],
  ],
  [
    'a namespace that is being deleted, with somebody else in it',
    {
      '/api/v1/namespaces/immich-drill': withStatus({ phase: 'Terminating' }),
      [pods]: withItem(pod('vaultwarden-0', { app: 'vaultwarden' })),
    },
    [
      'namespaces: error: The namespace immich-drill is being deleted.',
      'namespaces: warning: Others live in the namespace immich: vaultwarden-0. The policies of dist cut them off.',
    ],
  ],
  [
    'a node for two instances, and one that is away',
    {
      '/api/v1/nodes': {
        items: [node('one'), node('two', { unschedulable: true }, isFalse('Ready', 'kubelet stopped'))],
      },
    },
    [
      'nodes: warning: Not ready: two.',
      'nodes: warning: The database has 2 instances, and there is 1 node for them: those that share a node are away together.',
    ],
  ],
  [
    'Cilium, for which the policies are not written',
    { '/apis/apps/v1/daemonsets': { items: [{ metadata: { name: 'cilium' } }] } },
    [
      'network-plugin: error: The network is Cilium, which matches neither nodes nor the API server by addresses: the database and the drill would not start.',
    ],
  ],
  [
    'Flannel, which has no policies',
    { '/apis/apps/v1/daemonsets': { items: [{ metadata: { name: 'kube-flannel-ds' } }] } },
    [
      'network-plugin: warning: The network is Flannel, which enforces no policies by itself: what dist forbids is open.',
    ],
  ],
  [
    'an API server on another port',
    {
      '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes': {
        ports: [{ port: 16443 }],
        endpoints: [{ addresses: ['10.0.0.10'] }],
      },
    },
    [
      'api-server: error: The API server listens at 10.0.0.10 on 16443, which network.apiServer does not let the database and the drill reach.',
    ],
  ],
  [
    'DNS servers that are not named',
    {
      [dns]: {
        items: [
          {
            ports: [{ name: 'dns', protocol: 'UDP', port: 5353 }],
            endpoints: [
              { addresses: ['10.1.0.2'], targetRef: { namespace: 'kube-system', name: 'coredns-a' } },
            ],
          },
        ],
      },
    },
    [
      'dns: error: DNS answers at kube-system/coredns-a on 5353, which network.dns does not open: no name would be found.',
    ],
  ],
  [
    'Traefik elsewhere',
    { [traefik]: { items: [] } },
    [
      'peers: error: No pod of Traefik is in kube-system and traefik with app.kubernetes.io/name=traefik: where it runs elsewhere, policies refuse it.',
    ],
  ],
  [
    'no source',
    { [source]: undefined },
    ['flux-source: error: GitRepository flux-system/flux-system is missing, which dist comes from.'],
  ],
  [
    'a source that cannot be fetched',
    {
      [source]: withStatus({
        conditions: [isFalse('Ready', 'authentication required for https://me:hunter2@git.example.com')],
      }),
    },
    [
      'flux-source: error: GitRepository flux-system/flux-system cannot be fetched: authentication required for https://me:…@git.example.com.',
    ],
  ],
];

test.each(faults)('%s', async (_, changes, lines) => {
  expect(new Set(await told(changes))).toEqual(new Set(lines));
});

const layers = '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations';
const kustomizations = '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations';

test('Flux is pointed at dist, and cannot apply it', async () => {
  const { paths, ...cluster } = healthy();
  const apps = {
    metadata: { namespace: 'flux-system', name: 'apps' },
    spec: { path: './dist/home/home/flux' },
    status: { conditions: [isFalse('Ready', 'no such path')] },
  };
  const before = { ...paths, [layers]: { items: [] }, [kustomizations]: { items: [apps] } };
  expect(await found(fluxSource, { ...cluster, paths: before })).toContain(
    'error: Kustomization flux-system/apps leads to ./dist/home/home/flux, and is not ready: no such path',
  );
});

test('a namespace that dist does not make, where others live', async () => {
  const subject = subjectOf(`sharedNamespace: true\n${others}`);
  expect(await found(namespaces, {}, subject)).toContain(
    'error: There is no namespace others, and dist makes none.',
  );
});

test('policies of Cilium without Cilium', async () => {
  const subject = subjectOf(`${home}network: { flavor: cilium }\n`);
  const paths = { '/apis/apps/v1/daemonsets': { items: [{ metadata: { name: 'calico-node' } }] } };
  expect((await found(networkPlugin, { paths }, subject))[0]).toBe(
    'warning: network.flavor is cilium, and there is no DaemonSet called cilium: nobody enforces CiliumNetworkPolicies.',
  );
});
