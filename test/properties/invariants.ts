import { isForCiliumAlone } from '../../lib/components/cilium-policies.ts';
import type { KubernetesObject, Manifest } from '../../lib/manifests/manifest.ts';
import { serverName } from '../../lib/names.ts';
import { trafficOf } from '../../lib/plan/traffic.ts';
import type { SynthesizedCluster } from '../../lib/synthesis/synthesis.ts';
import { podSecurityViolations } from '../pod-security.ts';

/** What must hold of every Kubernetes cluster that we synthesize, whatever its installation says; as sentences. */
export function brokenInvariants(cluster: SynthesizedCluster): string[] {
  return [
    ...unique(cluster),
    ...wellNamed(cluster),
    ...textually(cluster),
    ...cluster.manifests.flatMap(pods),
    ...kept(cluster),
    ...layers(cluster),
    ...policies(cluster),
  ];
}

/** An object, as far as these checks look into it. */
type Seen = ReturnType<typeof JSON.parse>;

function seen(object: KubernetesObject): Seen {
  return JSON.parse(JSON.stringify(object));
}

function objectsOf({ manifests }: SynthesizedCluster, kind: string): Seen[] {
  return manifests
    .filter(({ object }) => object.kind === kind && object.metadata !== undefined)
    .map(({ object }) => seen(object));
}

function unique({ manifests }: SynthesizedCluster): string[] {
  const files = manifests.map(({ file }) => file);
  const ids = manifests
    .filter(({ object }) => object.metadata !== undefined)
    .map(({ object }) =>
      [object.apiVersion, object.kind, object.metadata?.namespace, object.metadata?.name].join(' '),
    );
  return [...repeated(files), ...repeated(ids)].map((what) => `${what} is there twice`);
}

function repeated(texts: readonly string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const labelKey = /^([a-z0-9][-a-z0-9.]{0,252}\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const objectName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

function wellNamed({ manifests }: SynthesizedCluster): string[] {
  return manifests.flatMap(({ file, object: { metadata } }) => {
    if (metadata === undefined) return [];
    const labels = Object.entries(metadata.labels ?? {}).filter(
      ([key, value]) => !labelKey.test(key) || !labelValue.test(value),
    );
    return [
      ...labels.map(([key, value]) => `${file}: the label ${key}=${value} is none`),
      ...(objectName.test(metadata.name ?? '') ? [] : [`${file}: ${metadata.name} is no name`]),
    ];
  });
}

function textually({ manifests }: SynthesizedCluster): string[] {
  return manifests.flatMap(({ file, object }) => {
    const text = JSON.stringify(object);
    return [
      ...(text.includes('${') ? [`${file}: has a variable of Flux`] : []),
      ...(/"force":|"postBuild":/.test(text) ? [`${file}: has force or postBuild`] : []),
      ...(/"(stringData|password|connectionString)":"/.test(text) ? [`${file}: has a secret`] : []),
    ];
  });
}

/** Every container asks its own ports, and mounts what its pod has. */
function pods({ file, object }: Manifest): string[] {
  if (object.kind !== 'Deployment') return [];
  const { template, selector, replicas, strategy } = seen(object).spec;
  const name = object.metadata?.name;
  const pod = template.spec;
  const volumes: string[] = pod.volumes.map((volume: Seen) => volume.name);
  const main = pod.containers[0];
  const ports: string[] = (main.ports ?? []).map((port: Seen) => port.name);
  const probed = [main.startupProbe, main.readinessProbe, main.livenessProbe].filter(
    (probe) => probe !== undefined,
  );
  const claims = pod.volumes.flatMap((volume: Seen) => volume.persistentVolumeClaim ?? []);
  const names: string[] = (main.env ?? []).map((variable: Seen) => variable.name);
  return [
    ...podSecurityViolations(pod),
    ...repeated(volumes).map((name) => `two volumes are called ${name}`),
    ...repeated(names).map((name) => `two variables are called ${name}`),
    ...[...pod.containers, ...(pod.initContainers ?? [])].flatMap((container: Seen) =>
      container.volumeMounts
        .filter((mount: Seen) => !volumes.includes(mount.name))
        .map((mount: Seen) => `mounts ${mount.name}, which is no volume`),
    ),
    ...probed
      .map((probe) => (probe.httpGet ?? probe.tcpSocket).port)
      .filter((port) => !ports.includes(port))
      .map((port) => `probes ${port}, which is no port`),
    ...(probed.length === 3 || !('startupProbe' in main) ? [] : ['has some probes only']),
    ...(matches(selector.matchLabels, template.metadata.labels) ? [] : ['selects other pods']),
    // The server stops on purpose: an older one may not run on a database that a newer one has migrated.
    ...(replicas > 1 && claims.length > 0 && strategy.type === 'Recreate' && name !== serverName
      ? ['stops all pods at once']
      : []),
  ].map((problem) => `${file}: ${problem}`);
}

function matches(selector: { [label: string]: string }, labels: { [label: string]: string }): boolean {
  return Object.entries(selector).every(([label, value]) => labels[label] === value);
}

/** What holds data is not pruned, and its layer does not take it along. */
function kept(cluster: SynthesizedCluster): string[] {
  const kinds = ['Namespace', 'PersistentVolumeClaim', 'PersistentVolume', 'ObjectStore', 'Cluster'];
  return kinds
    .flatMap((kind) => objectsOf(cluster, kind))
    .filter((object) => object.metadata.labels['immich-cdk8s/data'] !== undefined)
    .filter((object) => object.metadata.annotations['kustomize.toolkit.fluxcd.io/prune'] !== 'disabled')
    .map((object) => `${object.kind} ${object.metadata.name} would be pruned`);
}

/** Each folder has one Flux Kustomization, and each waits for others that there are, never in a circle. */
function layers(cluster: SynthesizedCluster): string[] {
  const folders = new Set(cluster.manifests.map(({ file }) => file.split('/')[2] ?? ''));
  const kustomizations = objectsOf(cluster, 'Kustomization');
  const waits = new Map<string, string[]>(
    kustomizations.map(({ metadata, spec }) => [
      metadata.name,
      (spec.dependsOn ?? []).map((one: Seen) => one.name),
    ]),
  );
  // What people encrypt stands outside of dist, and is never deleted with it.
  const isEncrypted = ({ spec }: Seen) => spec.decryption !== undefined;
  const ours = kustomizations.filter((one) => !isEncrypted(one));
  const paths: string[] = ours.map(({ spec }) => spec.path.split('/').at(-1));
  return [
    ...[...folders]
      .filter((folder) => folder !== 'flux' && !paths.includes(folder))
      .map((folder) => `no Kustomization applies ${folder}`),
    ...paths.filter((path) => !folders.has(path)).map((path) => `${path} is no folder`),
    ...[...waits].flatMap(([name, others]) =>
      others
        .filter((other) => !waits.has(other))
        .map((other) => `${name} waits for ${other}, which is not there`),
    ),
    ...[...waits.keys()]
      .filter((name) => reaches(name, name, waits))
      .map((name) => `${name} waits for itself`),
    ...kustomizations
      .filter((one) => isEncrypted(one) && (one.spec.prune || one.spec.path.startsWith('./dist')))
      .map(({ metadata }) => `${metadata.name} would delete Secrets`),
    ...ours
      .filter(
        ({ spec }) =>
          !spec.prune || spec.retryInterval === undefined || spec.deletionPolicy === undefined || spec.force,
      )
      .map(({ metadata }) => `${metadata.name} lacks prune, retryInterval or deletionPolicy`),
  ];
}

function reaches(from: string, goal: string, waits: ReadonlyMap<string, string[]>): boolean {
  const found = new Set<string>();
  const next = [...(waits.get(from) ?? [])];
  for (let one = next.pop(); one !== undefined; one = next.pop()) {
    if (found.has(one)) continue;
    found.add(one);
    next.push(...(waits.get(one) ?? []));
  }
  return found.has(goal);
}

/** The policies allow what the traffic list says, at both ends, and nothing else. */
function policies(cluster: SynthesizedCluster): string[] {
  const { plan, name } = cluster;
  const { installation } = plan;
  const found = objectsOf(cluster, 'NetworkPolicy').filter(
    ({ metadata }) => metadata.namespace === installation.namespace,
  );
  if (!installation.network.policies) {
    return found.map(({ metadata }) => `${metadata.name} is there although policies are off`);
  }
  const { pods, edges } = trafficOf(plan, name);
  const denial = found.find(({ metadata }) => metadata.name === 'default-deny');
  const problems =
    JSON.stringify(denial?.spec) === JSON.stringify({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
      ? []
      : ['nothing is denied by default'];
  if (found.length !== pods.length + 1) problems.push('there are policies for other pods, or for fewer');
  for (const pod of pods) {
    const policy = found.find(({ metadata }) => metadata.name === pod.name);
    if (policy === undefined || !matches(pod.labels, policy.spec.podSelector.matchLabels)) {
      problems.push(`${pod.name} has no policy`);
      continue;
    }
    for (const [side, rules] of [
      ['to', policy.spec.ingress ?? []],
      ['from', policy.spec.egress ?? []],
    ] as const) {
      const expected = edges.filter(
        (edge) =>
          edge[side].kind === 'own' &&
          edge[side].name === pod.name &&
          !(
            installation.network.flavor === 'cilium' &&
            (isForCiliumAlone(edge.from) || isForCiliumAlone(edge.to))
          ),
      );
      const wanted = expected.flatMap((edge) => {
        const other = edge[side === 'to' ? 'from' : 'to'];
        const ends = other.kind === 'addresses' ? other.ranges : [other.name];
        return ends.map(() => edge.ports.map(({ port }) => port).join());
      });
      const allowed = rules.flatMap((rule: Seen) =>
        (rule.from ?? rule.to).map(() => rule.ports.map(({ port }: Seen) => port).join()),
      );
      if (wanted.sort().join(' ') !== allowed.sort().join(' ')) {
        problems.push(`the policy of ${pod.name} does not say what goes ${side} it`);
      }
    }
  }
  return problems;
}
