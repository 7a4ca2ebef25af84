import { apply, type Fault, patch, pod, program, say } from './fault.ts';

const operator = 'deployment --namespace cnpg-system --selector app.kubernetes.io/name=cloudnative-pg';
const operatorImage = (version: string) =>
  `kubectl set image ${operator} '*=ghcr.io/cloudnative-pg/cloudnative-pg:${version}'`;
const image = (deployment: string, namespace: string, text: string) =>
  `kubectl set image deployment/${deployment} --namespace ${namespace} '*=${text}'`;
const source = 'gitrepositories.source.toolkit.fluxcd.io/flux-system';
const issuer = 'clusterissuers.cert-manager.io/letsencrypt-prod';
const daemonSet = (name: string): Pick<Fault, 'make' | 'mend'> => ({
  make: apply(`apiVersion: apps/v1
kind: DaemonSet
metadata: { namespace: kube-system, name: ${name} }
spec:
  selector: { matchLabels: { program: ${name} } }
  template:
    metadata: { labels: { program: ${name} } }
    spec: { containers: [{ name: main, image: "example.com/${name}:1" }] }`),
  mend: `kubectl delete daemonset ${name} --namespace kube-system`,
});

/** Faults of what an installation needs before Flux applies it. Those of a round are there at once. */
export const faultsOfNeeds: readonly (readonly Fault[])[] = [
  [
    {
      make: `kubectl label ${operator} app.kubernetes.io/name=other --overwrite`,
      line: 'operators: error: No CloudNativePG operator is in the namespace cnpg-system.',
      mend: 'kubectl label deployment --namespace cnpg-system --selector app.kubernetes.io/name=other app.kubernetes.io/name=cloudnative-pg --overwrite',
    },
    {
      make: image('barman-cloud', 'cnpg-system', 'example.com/plugin-barman-cloud:v0.5.0'),
      line: 'programs: error: The Barman Cloud plugin 0.5.0 is older than 0.6, which first tells of backups that failed.',
      mend: image('barman-cloud', 'cnpg-system', 'example.com/plugin-barman-cloud:v0.14.0'),
    },
    {
      make: 'kubectl scale deployment cert-manager --namespace kube-system --replicas=0',
      line: 'programs: error: Cert-manager 1.20.0 does not run: no pod of kube-system/cert-manager is ready.',
      mend: 'kubectl scale deployment cert-manager --namespace kube-system --replicas=1',
    },
    {
      make: image('traefik', 'kube-system', 'example.com/other:1'),
      line: 'programs: warning: No Deployment and no DaemonSet has an image of Traefik: nobody may work on what dist has for it.',
      mend: image('traefik', 'kube-system', 'docker.io/library/traefik:v3.6.1'),
    },
    {
      make: `kubectl patch secret immich-backup --namespace immich --type=json --patch '[{"op":"remove","path":"/data/ACCESS_KEY_ID"}]'`,
      line: 'secrets: error: Secret immich/immich-backup lacks the key ACCESS_KEY_ID: store of the backups.',
      mend: `kubectl patch secret immich-backup --namespace immich --type=merge --patch '{"stringData":{"ACCESS_KEY_ID":"..."}}'`,
    },
    {
      make: patch('secret immich-backup-read', 'immich-drill', { data: { ACCESS_KEY_ID: '' } }),
      line: 'secrets: error: Secret immich-drill/immich-backup-read has nothing in the key ACCESS_KEY_ID',
      mend: `kubectl patch secret immich-backup-read --namespace immich-drill --type=merge --patch '{"stringData":{"ACCESS_KEY_ID":"..."}}'`,
    },
    {
      make: 'kubectl label namespace immich kustomize.toolkit.fluxcd.io/name=apps',
      line: 'protection: error: Namespace immich is applied by the Kustomization apps, and goes with its data when its file goes.',
      mend: 'kubectl label namespace immich kustomize.toolkit.fluxcd.io/name-',
    },
    {
      make: 'kubectl annotate namespace immich meta.helm.sh/release-name=photos',
      line: 'protection: error: Namespace immich is applied by the Helm release photos, and goes with its data when its file goes.',
      mend: 'kubectl annotate namespace immich meta.helm.sh/release-name-',
    },
    {
      make: patch(issuer, undefined, {
        status: { conditions: [{ type: 'Ready', status: 'False', message: 'no account' }] },
      }),
      line: 'issuers: error: ClusterIssuer letsencrypt-prod is not ready: no account',
      mend: patch(issuer, undefined, { status: { conditions: [{ type: 'Ready', status: 'True' }] } }),
    },
    {
      make: say(source, 'flux-system', {
        conditions: [
          {
            ...{
              type: 'Ready',
              status: 'False',
              reason: 'GitOperationFailed',
              message: 'authentication required',
            },
            lastTransitionTime: '2026-01-01T00:00:00Z',
          },
        ],
      }),
      line: 'flux-source: error: GitRepository flux-system/flux-system cannot be fetched: authentication required.',
      mend: say(source, 'flux-system', { conditions: null }),
    },
    {
      make: apply(`apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { namespace: flux-system, name: apps }
spec:
  interval: 1h
  prune: false
  path: ./dist/home/home/flux
  sourceRef: { kind: GitRepository, name: missing }`),
      line: 'flux-source: error: Kustomization flux-system/apps leads to ./dist/home/home/flux, and is not ready:',
      mend: 'kubectl delete kustomizations.kustomize.toolkit.fluxcd.io apps --namespace flux-system',
    },
    {
      ...daemonSet('cilium'),
      line: 'network-plugin: error: The network is Cilium, which matches neither nodes nor the API server by addresses: the database and the drill would not start.',
    },
    {
      make: apply(`apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { namespace: kube-system, name: kube-dns-e2e, labels: { kubernetes.io/service-name: kube-dns } }
addressType: IPv4
ports: [{ name: dns, protocol: UDP, port: 5353 }]
endpoints: [{ addresses: [192.0.2.53], targetRef: { kind: Pod, namespace: kube-system, name: coredns } }]`),
      line: 'dns: error: DNS answers at kube-system/coredns on 5353, which network.dns does not open: no name would be found.',
      mend: 'kubectl delete endpointslice kube-dns-e2e --namespace kube-system',
    },
    {
      make: `sed -i '1i kubernetes: "1.99"' installations/home.yaml`,
      line: 'kubernetes: error: The API server is',
      mend: `sed -i '1d' installations/home.yaml`,
    },
  ],
  [
    {
      make: operatorImage('1.29.1'),
      line: 'operators: error: The CloudNativePG operator 1.29.1 is older than 1.30, which dist is written for.',
      mend: operatorImage('1.30.0'),
    },
    {
      make: patch(issuer, undefined, { status: null }),
      line: 'issuers: warning: ClusterIssuer letsencrypt-prod says nothing of itself yet. Does cert-manager run?',
      mend: patch(issuer, undefined, { status: { conditions: [{ type: 'Ready', status: 'True' }] } }),
    },
    {
      make: patch(source, 'flux-system', { spec: { suspend: true } }),
      line: 'flux-source: warning: GitRepository flux-system/flux-system is suspended: Flux fetches nothing new.',
      mend: patch(source, 'flux-system', { spec: { suspend: false } }),
    },
    {
      ...daemonSet('kube-flannel-ds'),
      line: 'network-plugin: warning: The network is Flannel, which enforces no policies by itself: what dist forbids is open.',
    },
    {
      make: image('traefik', 'kube-system', 'docker.io/library/traefik:v2.11.0'),
      line: 'programs: error: Traefik 2.11.0 is older than 3.0, whose rules dist is written in.',
      mend: image('traefik', 'kube-system', 'docker.io/library/traefik:v3.6.1'),
    },
    {
      make: [
        'kubectl create configmap kept --namespace immich-drill',
        `kubectl patch configmap kept --namespace immich-drill --type=merge --patch '{"metadata":{"finalizers":["example.com/kept"]}}'`,
        'kubectl delete namespace immich-drill --wait=false',
      ].join('\n'),
      line: 'namespaces: error: The namespace immich-drill is being deleted.',
      mend: [
        `kubectl patch configmap kept --namespace immich-drill --type=merge --patch '{"metadata":{"finalizers":null}}'`,
        'kubectl wait namespace immich-drill --for=delete --timeout=5m',
        'kubectl create namespace immich-drill',
        'kubectl create secret generic immich-backup-read --namespace immich-drill --from-literal=ACCESS_KEY_ID=... --from-literal=ACCESS_SECRET_KEY=...',
      ].join('\n'),
    },
  ],
  [
    {
      make: operatorImage('1.31.0'),
      line: 'operators: warning: The CloudNativePG operator 1.31.0 is newer than 1.30, which dist is written for.',
      mend: operatorImage('1.30.0'),
    },
    {
      make: 'kubectl get customresourcedefinitions --output name | grep traefik.io | xargs kubectl delete',
      line: 'kinds: error: traefik.io/v1alpha1 is not served, and dist has IngressRoute and Middleware of it.',
      mend: 'kubectl apply --server-side --force-conflicts --filename "$TRAEFIK"',
    },
    {
      make: `kubectl get ${source} --namespace flux-system --output json > source.json\nkubectl delete ${source} --namespace flux-system`,
      line: 'flux-source: error: GitRepository flux-system/flux-system is missing, which dist comes from.',
      mend: apply(`apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { namespace: flux-system, name: flux-system }
spec: { url: "https://git.invalid/immich", interval: 1h }`),
    },
  ],
];

/** What makes the programs green that do not run here. */
export const programsOfOthers = apply(
  program('cnpg-system', 'barman-cloud', 'example.com/plugin-barman-cloud:v0.14.0'),
  program('kube-system', 'cert-manager', 'example.com/cert-manager-controller:v1.20.0'),
  program('kube-system', 'traefik', 'docker.io/library/traefik:v3.6.1'),
  program('flux-system', 'kustomize-controller', 'example.com/kustomize-controller:v1.8.0'),
  pod('kube-system', 'traefik', 'app.kubernetes.io/name: traefik'),
  pod('kube-system', 'coredns', 'k8s-app: kube-dns'),
);
