import { Field } from '../field.ts';
import type { Manifest } from '../manifest.ts';
import { type ContainerView, container } from './container.ts';

/** Anything that makes pods, seen as its pod template. */
export interface WorkloadView {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly manifest: Manifest;
  /** The whole object. */
  readonly field: Field;
  /** The pod's spec. */
  readonly pod: Field;
  /** The labels of the pods it makes. */
  readonly labels: Readonly<Record<string, string>>;
  readonly containers: readonly ContainerView[];
  readonly volumes: readonly VolumeView[];
  /** The service account by name; undefined for the namespace's default one. */
  readonly serviceAccount: Field | undefined;
  /** Number of pods wanted; 1 where nothing is said, undefined where it is not the manifest's to say. */
  readonly replicas: number | undefined;
  /** How pods are replaced: `Recreate`, `RollingUpdate`, `OnDelete`; undefined for jobs and pods. */
  readonly strategy: string | undefined;
}

/** A volume of a pod. */
export interface VolumeView {
  readonly name: string;
  readonly field: Field;
  /** The claim it mounts, if it mounts one. */
  readonly claim: Field | undefined;
  /** Whether a container can write to it. */
  readonly writable: boolean;
}

/** The workload that a manifest describes; undefined when it describes none. */
export function workload(manifest: Manifest): WorkloadView | undefined {
  const way = templates[manifest.object.kind];
  if (way === undefined) {
    return undefined;
  }
  const field = Field.of(manifest);
  const template = field.at(...way);
  const pod = template.at('spec');
  if (!pod.exists) {
    return undefined;
  }
  const account = pod.at('serviceAccountName');
  return {
    kind: manifest.object.kind,
    name: manifest.object.metadata?.name ?? '',
    namespace: manifest.object.metadata?.namespace,
    manifest,
    field,
    pod,
    labels: template.at('metadata', 'labels').labels,
    containers: [
      ...pod.at('initContainers').items.map((item) => container(item, 'initContainers')),
      ...pod.at('containers').items.map((item) => container(item, 'containers')),
    ],
    volumes: [...pod.at('volumes').items.map(volume), ...templatedClaims(field)],
    serviceAccount: account.exists ? account : undefined,
    replicas: replicas(field),
    strategy: strategy(field),
  };
}

const templates: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Pod: [],
};

function volume(field: Field): VolumeView {
  const claim = field.at('persistentVolumeClaim', 'claimName');
  return {
    name: field.at('name').text ?? '',
    field,
    claim: claim.exists ? claim : undefined,
    writable:
      !readOnlyVolumes.some((type) => field.at(type).exists) &&
      // A claim, a share or a CSI volume may be handed to the pod to be read only.
      !field.entries.some(([, source]) => source.get('readOnly') === true),
  };
}

// https://kubernetes.io/docs/concepts/storage/volumes/: these are always mounted read-only.
const readOnlyVolumes = ['configMap', 'secret', 'projected', 'downwardAPI', 'image'];

function templatedClaims(field: Field): VolumeView[] {
  return field.at('spec', 'volumeClaimTemplates').items.map((item) => ({
    name: item.at('metadata', 'name').text ?? '',
    field: item,
    claim: undefined,
    writable: true,
  }));
}

function replicas(field: Field): number | undefined {
  const count = field.at('spec', 'replicas');
  return count.exists ? count.number : 1;
}

// The defaults are Kubernetes' own: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
function strategy(field: Field): string | undefined {
  switch (field.manifest.object.kind) {
    case 'Deployment':
      return field.at('spec', 'strategy', 'type').text ?? 'RollingUpdate';
    case 'StatefulSet':
    case 'DaemonSet':
      return field.at('spec', 'updateStrategy', 'type').text ?? 'RollingUpdate';
    default:
      return undefined;
  }
}
