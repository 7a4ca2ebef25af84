import { traefikValues } from '../../lib/components/traefik-timeout.ts';
import { type DistPlan, foldersOf } from '../../lib/dist/plan.ts';
import { accelerators, transcodingNames } from '../../lib/immich/accelerators.ts';
import type { ArgoCD } from '../../lib/installation/argocd.ts';
import { clusterFolderOf, pointedFolderOf, sourceNamespaceOf } from '../../lib/installation/delivery.ts';
import { programOf } from '../../lib/installation/door.ts';
import type { Installation } from '../../lib/installation/installation.ts';
import { learningUrlsOf } from '../../lib/installation/machine-learning.ts';
import { transcoderOf } from '../../lib/installation/transcoder.ts';
import { serverName } from '../../lib/names.ts';
import type { RequiredSecret } from '../../lib/plan/secrets.ts';
import type { Synthesis, SynthesizedCluster } from '../../lib/synthesis/synthesis.ts';
import { fold } from '../../lib/text/fold.ts';
import type { Style } from '../../lib/text/style.ts';
import { k3sNote } from './k3s-note.ts';

/** What the summary is about. */
export interface Scope {
  /** The folder that was written. */
  readonly target: string;
  /** Whether what has not changed is told too. */
  readonly verbose: boolean;
}

/**
 * What a person needs to know after synth: what there is, which secrets must exist, and what to do next. What was told
 * when it was new is not told again: no installation without a change, no Secrets when the runbook that lists them
 * stays the same, no first steps of a cluster that was there. Empty when that is all.
 */
export function summaryOf(
  { clusters }: Synthesis,
  files: DistPlan,
  { target, verbose }: Scope,
  style: Style,
): string {
  const news = newsOf(files);
  const changed = [...new Set(clusters.map(({ plan }) => plan))].filter(
    ({ installation }) => verbose || news.hasChanges(installation.name),
  );
  const parts = changed.map((plan) => {
    const { name, version, host } = plan.installation;
    const runbook = `${name}/RUNBOOK.md`;
    const own = clusters.filter((cluster) => cluster.plan === plan);
    return [
      style.title(`${name}: Immich ${version.text} at https://${host}`),
      ...own.flatMap((cluster) =>
        clusterLines(
          cluster,
          target,
          style,
          verbose || news.isNew(clusterFolderOf(plan.installation, cluster.name)),
        ),
      ),
      ...(verbose || own.some((cluster) => files.write.has(transcoderFileOf(plan.installation, cluster)))
        ? transcodingLines(plan.installation, style)
        : []),
      ...(verbose || files.write.has(serverFileOf(plan.installation))
        ? learningLines(plan.installation, style)
        : []),
      ...(verbose || files.write.has(runbook) ? secretLines(plan.secrets, style) : []),
      ...(verbose || news.isNew(name) ? [`  What to do when something breaks: ${target}/${runbook}`] : []),
    ].join('\n');
  });
  const installations = changed.map(({ installation }) => installation);
  const told = installations.filter(({ name }) => verbose || news.isNew(name));
  const configured = installations.filter(
    (installation) =>
      verbose || news.isNew(`${clusterFolderOf(installation, installation.clusters.app)}/traefik`),
  );
  return [...parts, ...traefikNote(told), ...k3sNote(configured), ...tunnelNote(told)].join('\n\n');
}

/** A line for every file that is not as synth would write it. */
export function changedFiles({ write, changed, remove, foreign }: DistPlan, target: string): string[] {
  const older = new Set(changed);
  return [
    ...[...write.keys()].map(
      (path) => `${target}/${path} is ${older.has(path) ? 'out of date' : 'missing'}.`,
    ),
    ...remove.map((path) => `${target}/${path} is no longer written.`),
    ...foreign.map(({ path, reason }) => `${target}/${path} was not written by synth: ${reason}.`),
  ];
}

/** One line about the files. */
export function filesLine({ write, changed, remove, unchanged }: DistPlan, target: string): string {
  const added = write.size - changed.length;
  const count = (number: number, what: string) => (number === 0 ? [] : [`${number} ${what}`]);
  const parts = [
    ...count(added, 'added'),
    ...count(changed.length, 'changed'),
    ...count(remove.length, 'removed'),
    ...count(unchanged.length, 'unchanged'),
  ];
  return `${target}: ${parts.join(', ')}.`;
}

/** What a plan says of folders inside dist. */
function newsOf({ write, changed, remove, unchanged }: DistPlan) {
  const earlier = new Set([...changed, ...remove, ...unchanged].flatMap(foldersOf));
  const different = new Set([...write.keys(), ...remove].flatMap(foldersOf));
  return {
    isNew: (folder: string) => !earlier.has(folder),
    hasChanges: (folder: string) => different.has(folder),
  };
}

function clusterLines(
  { plan: { installation }, name, layers }: SynthesizedCluster,
  target: string,
  style: Style,
  isNew: boolean,
): string[] {
  const folder = `${clusterFolderOf(installation, name)}/`;
  const total = [...layers.values()].reduce((sum, count) => sum + count, 0);
  const { flux } = installation;
  const { kind, name: source } = flux.source;
  return [
    `  Cluster ${name}: ${total} objects in ${target}/${folder}`,
    style.quiet(
      fold(`    ${[...layers].map(([layer, count]) => `${layer} ${count}`).join(', ')}`, style.width, 2),
    ),
    ...(isNew
      ? [
          ...(installation.argocd !== undefined
            ? [
                '  Point the Argo CD of this cluster at it, once (RUNBOOK.md says what else it must be told):',
                style.quiet(`    ${rootApplication(installation, installation.argocd, name)}`),
              ]
            : flux.layout === 'cluster-template'
              ? [
                  '  Name it in the kustomization.yaml above it, once:',
                  style.quiet(`    resources: [./${folder.slice(0, -1)}]`),
                ]
              : [
                  '  Point Flux of this cluster at it, once:',
                  style.quiet(
                    `    flux create kustomization immich-${installation.name} --namespace=${flux.namespace} --source=${kind}/${source}.${sourceNamespaceOf(flux)} --path=./${flux.path}/${pointedFolderOf(installation, name)} --prune=true --interval=${flux.interval}`,
                  ),
                ]),
        ]
      : []),
  ];
}

function rootApplication(installation: Installation, argocd: ArgoCD, cluster: string): string {
  const { repository, revision, path, namespace, project, server } = argocd;
  return `argocd app create immich-${installation.name} --app-namespace ${namespace} --project ${project} --repo ${repository} --revision ${revision} --path ${path}/${pointedFolderOf(installation, cluster)} --dest-server ${server ?? 'https://kubernetes.default.svc'} --dest-namespace ${namespace} --sync-policy automated --auto-prune --self-heal`;
}

function transcoderFileOf(installation: Installation, cluster: SynthesizedCluster): string {
  return deploymentFileOf(installation, cluster.name, transcoderOf(installation.server).name);
}

function serverFileOf(installation: Installation): string {
  return deploymentFileOf(installation, installation.clusters.app, serverName);
}

function deploymentFileOf(installation: Installation, cluster: string, name: string): string {
  const file = installation.files === 'layer' ? 'app' : `deployment.${name}`;
  return `${clusterFolderOf(installation, cluster)}/app/${file}.yaml`;
}

/** A card does nothing before Immich is told to use it, and its settings are not ours to write without a config. */
function transcodingLines({ server, configuration }: Installation, { width }: Style): string[] {
  const { gpu } = transcoderOf(server);
  if (gpu === undefined || configuration.kind === 'written') return [];
  const [accel] = gpu.vendor === undefined ? [] : accelerators[gpu.vendor].transcoding;
  const choice = transcodingNames.get(accel ?? '') ?? 'what the card can do';
  const sentence =
    configuration.kind === 'secret'
      ? `  Videos are transcoded by the graphics card once ${configuration.reference.secret} says ffmpeg: { accel: ${accel ?? '...'} }.`
      : `  Videos are transcoded by the graphics card once it is chosen: Administration > Settings > Video Transcoding > Hardware Acceleration, ${choice}.`;
  return [fold(sentence, width, 2)];
}

/** Its environment tells Immich one address, and the order of several is not ours to write without a config. */
function learningLines({ machineLearning, configuration }: Installation, { width }: Style): string[] {
  const urls = learningUrlsOf(machineLearning);
  if (urls.length < 2 || configuration.kind === 'written') return [];
  const sentence =
    configuration.kind === 'secret'
      ? `  Machine learning is asked in order once ${configuration.reference.secret} says machineLearning: { urls: [${urls.join(', ')}] }.`
      : `  Immich asks the first address of machine learning alone until the others are added: Administration > Settings > Machine Learning, ${urls.join(', ')}.`;
  return [fold(sentence, width, 2)];
}

function secretLines(secrets: readonly RequiredSecret[], { width }: Style): string[] {
  if (secrets.length === 0) return [];
  return [
    '  Secrets that must exist, with their keys:',
    ...secrets.map(({ cluster, namespace, name, keys, type, purpose }) =>
      fold(
        `    ${cluster}: ${namespace}/${name} (${keys.join(', ')}): ${purpose}${type === 'Opaque' ? '' : `, type ${type}`}`,
        width,
        2,
      ),
    ),
  ];
}

/** Said once for all: the read timeout belongs to Traefik's own configuration, which is not ours to write. */
function traefikNote(installations: readonly Installation[]): string[] {
  const some = installations.flatMap(({ name, route: { door } }) =>
    programOf(door) !== 'Traefik' || (door.kind === 'traefik' && door.k3s) ? [] : [{ name, door }],
  );
  const [first] = some;
  if (first === undefined) return [];
  const { entryPoint, readTimeout } =
    first.door.kind === 'traefik'
      ? { entryPoint: first.door.entryPoints.websecure, readTimeout: first.door.readTimeout }
      : { entryPoint: 'websecure', readTimeout: '12h' };
  const values = traefikValues(entryPoint, readTimeout).trimEnd().split('\n');
  return [
    [
      `Traefik cuts an upload off after 60 seconds (${some.map(({ name }) => name).join(', ')}). Only its own configuration can change that;`,
      'give its Helm chart these values, or write route: { traefik: { k3s: true } } on k3s:',
      ...values.map((line) => `    ${line}`),
    ].join('\n'),
  ];
}

/** Said once for all: what leads to Immich is not ours, and a limit of it nobody else would tell. */
function tunnelNote(installations: readonly Installation[]): string[] {
  const names = installations.flatMap(({ name, route }) => (route.door.kind === 'none' ? [name] : []));
  return names.length === 0
    ? []
    : [
        [
          `What leads to the Service immich-server is your own (${names.join(', ')}).`,
          'Cloudflare refuses uploads over 100 MB, by a tunnel too: give phones a second way in for videos,',
          'by Tailscale or by a DNS name that Cloudflare does not proxy.',
        ].join('\n'),
      ];
}
