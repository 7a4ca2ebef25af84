import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { type Edit, edited, home } from '../installation/example.ts';
import { validateStrictly } from '../schemas/validate.ts';

const cilium: Edit = ['version:', 'network: { flavor: cilium }\nversion:'];

function policies(...edits: Edit[]): readonly KubernetesObject[] {
  const { clusters, problems } = synthesize(new Map([['home.yaml', edited(home, ...edits)]]));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return clusters
    .flatMap(({ manifests }) => manifests.map(({ object }) => object))
    .filter(({ kind }) => kind.endsWith('NetworkPolicy'));
}

const of = (found: readonly KubernetesObject[], kind: string, name: string) => {
  const { spec } = JSON.parse(
    JSON.stringify(found.find((one) => one.kind === kind && one.metadata?.name === name)),
  );
  return spec;
};

test('a network like any other gets no policies of Cilium', () => {
  expect(policies().filter(({ kind }) => kind === 'CiliumNetworkPolicy')).toEqual([]);
});

test('the database reaches the API server as an entity, and the store by its name, which it is seen to look up', () => {
  const { endpointSelector, ingress, egress } = of(policies(cilium), 'CiliumNetworkPolicy', 'immich-db');
  expect(endpointSelector).toEqual({ matchLabels: { 'cnpg.io/cluster': 'immich-db' } });
  expect(ingress).toEqual([
    { fromEntities: ['kube-apiserver'], toPorts: [{ ports: [{ port: '8000', protocol: 'TCP' }] }] },
  ]);
  const dns = [
    {
      ports: [
        { port: '53', protocol: 'UDP' },
        { port: '53', protocol: 'TCP' },
      ],
      rules: { dns: [{ matchPattern: '*' }] },
    },
  ];
  const inSystem = (app: string) => ({
    toEndpoints: [
      {
        matchExpressions: [
          { key: 'k8s:io.kubernetes.pod.namespace', operator: 'In', values: ['kube-system'] },
        ],
        matchLabels: { 'k8s-app': app },
      },
    ],
    toPorts: dns,
  });
  expect(egress).toEqual([
    {
      toEntities: ['kube-apiserver'],
      toPorts: [
        {
          ports: [
            { port: '443', protocol: 'TCP' },
            { port: '6443', protocol: 'TCP' },
          ],
        },
      ],
    },
    {
      toFQDNs: [{ matchName: 's3.example.com' }, { matchPattern: '*.s3.example.com' }],
      toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }],
    },
    inSystem('kube-dns'),
    inSystem('node-local-dns'),
    { toEntities: ['host'], toPorts: dns },
  ]);
});

test('what Cilium says by name or entity is said no second time, and wider, by addresses', () => {
  const blocks = (found: readonly KubernetesObject[]) =>
    JSON.stringify(of(found, 'NetworkPolicy', 'immich-db')).match(/"cidr":"[^"]+"/g);
  expect(blocks(policies(cilium))).toEqual(['"cidr":"169.254.20.10/32"']);
  expect(blocks(policies())).toContain('"cidr":"0.0.0.0/0"');
});

test('names are looked at only where a name is asked for', () => {
  const { egress } = of(policies(cilium), 'CiliumNetworkPolicy', 'immich-server');
  expect(JSON.stringify(egress)).not.toContain('rules');
});

test('a Traefik on the host network is a node', () => {
  const found = policies(cilium, ['route:\n', 'route:\n  traefik: { addresses: [192.168.1.0/28] }\n']);
  expect(of(found, 'CiliumNetworkPolicy', 'immich-server').ingress).toEqual([
    { fromEntities: ['host', 'remote-node'], toPorts: [{ ports: [{ port: '2283', protocol: 'TCP' }] }] },
  ]);
});

test('Cilium knows every field', () => {
  const found = policies(cilium).filter(({ kind }) => kind === 'CiliumNetworkPolicy');
  expect(found.map(({ metadata }) => metadata?.name)).toContain('immich-drill-db');
  expect(found.flatMap((object) => validateStrictly(object))).toEqual([]);
  const misspelt = {
    ...found[0],
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    spec: { egres: [] },
  };
  expect(validateStrictly(misspelt)).not.toEqual([]);
});
