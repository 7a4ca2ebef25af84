import type { Construct } from 'constructs';
import type { Gpu } from '../installation/gpu.ts';
import type { Placement } from '../installation/placement.ts';
import type { Resources } from '../installation/resources.ts';
import type { Image } from '../values/image.ts';
import {
  type Container,
  type EnvVar,
  IntOrString,
  KubeDeployment,
  KubeServiceAccount,
  type Probe,
  Quantity,
  type Volume,
  type VolumeMount,
} from './api.ts';
import { ClaimingDeployment, claimTemplate, withDevice, withNodesOf } from './device.ts';
import { disruptionBudget } from './disruption-budget.ts';
import { harden, podSecurity } from './hardened.ts';
import { ownLabels, podLabelsOf, selectorOf } from './labels.ts';
import type { Mount } from './mount.ts';
import { mountOf, volumeOf } from './mount.ts';
import { placementOfPod } from './placement.ts';
import { present } from './present.ts';
import type { EnvironmentVariable } from './variable.ts';
import { variableOf } from './variable.ts';

/** A port of a container. */
export interface Port {
  /** What probes, services and policies call it. */
  readonly name: string;
  readonly number: number;
}

/** How the kubelet learns whether a container lives, and may be sent requests. */
export interface Health {
  /** HTTP path, or undefined where only a connection is tried. */
  readonly path: string | undefined;
  /** Name of the port. */
  readonly port: string;
  /** How long the first answer may take, in seconds, before the container is started anew. */
  readonly startupSeconds: number;
}

/** A command that is run before the container, in the same image. */
export interface Preparation {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: readonly EnvironmentVariable[];
  readonly mounts: readonly Mount[];
}

export interface WorkloadProps {
  readonly name: string;
  readonly namespace: string;
  /** What the container is called. */
  readonly component: string;
  readonly image: Image;
  readonly replicas: number;
  /** Whether no pod runs for now, however many there are otherwise. */
  readonly isStopped: boolean;
  /** How a new pod follows an old one: after it, beside it, or one by one without a moment of two. */
  readonly rollout: 'recreate' | 'beside' | 'oneByOne';
  readonly user: number;
  readonly group: number;
  readonly readOnlyRootFilesystem: boolean;
  readonly environment: readonly EnvironmentVariable[];
  readonly arguments: readonly string[];
  readonly ports: readonly Port[];
  readonly health: Health | undefined;
  readonly resources: Resources;
  /** The graphics card that the container uses. */
  readonly gpu?: Gpu | undefined;
  readonly mounts: readonly Mount[];
  /** Commands that are run, one after the other, before the container, in the same image and with these mounts. */
  readonly preparations: readonly Preparation[];
  /** Where the pods run. */
  readonly placement: Placement;
  /** The most that /tmp may hold, such as `2Gi`. */
  readonly temporarySize: string;
  /** How long a container may take to stop, in seconds. */
  readonly graceSeconds: number;
  /** Annotations of the pods, such as checksums of what they read when they start. */
  readonly podAnnotations: { readonly [annotation: string]: string };
  /** Annotations of the Deployment. */
  readonly annotations: { readonly [annotation: string]: string };
}

/**
 * A Deployment whose pods satisfy Pod Security "restricted", with a ServiceAccount of its own that has no rights.
 *
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function workload(scope: Construct, props: WorkloadProps): KubeDeployment {
  const { name, namespace, replicas, placement } = props;
  new KubeServiceAccount(scope, `${name}-account`, {
    metadata: { name, namespace, labels: ownLabels },
    automountServiceAccountToken: false,
  });
  if (replicas > 1) disruptionBudget(scope, { name, namespace });
  const ask = props.gpu?.ask;
  if (ask?.kind === 'claim') claimTemplate(scope, { name, namespace, deviceClass: ask.deviceClass });
  const Deployment = ask?.kind === 'claim' ? ClaimingDeployment : KubeDeployment;
  return new Deployment(scope, name, {
    metadata: {
      name,
      namespace,
      labels: { ...placement.labels, ...ownLabels },
      ...annotate({ ...placement.annotations, ...props.annotations }),
    },
    spec: {
      replicas: props.isStopped ? 0 : replicas,
      revisionHistoryLimit: 3,
      strategy: strategies[props.rollout],
      // The startup probe has this much time; a Deployment that reports failure earlier would be wrong.
      progressDeadlineSeconds: (props.health?.startupSeconds ?? 0) + 600,
      selector: { matchLabels: selectorOf(name) },
      template: {
        metadata: {
          labels: { ...placement.labels, ...podLabelsOf(name) },
          ...annotate({ ...placement.annotations, ...props.podAnnotations }),
        },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          // Service links would set IMMICH_PORT and the like from Services that happen to be called so.
          enableServiceLinks: false,
          terminationGracePeriodSeconds: props.graceSeconds,
          securityContext: podSecurity(props.user, props.group, props.gpu?.groups),
          ...(replicas > 1 ? { topologySpreadConstraints: [spread(name)] } : {}),
          ...placementOfPod(withNodesOf(props.gpu, placement), selectorOf(name)),
          ...(props.preparations.length > 0
            ? { initContainers: props.preparations.map((preparation) => prepare(preparation, props)) }
            : {}),
          containers: [container(props)],
          volumes: volumesOf(props),
        },
      },
    },
  });
}

function container(props: WorkloadProps): Container {
  const hardened = harden(props);
  return {
    name: props.component,
    ...hardened,
    ...present({ resources: withDevice(hardened.resources, props.gpu) }),
    ...(props.arguments.length > 0 ? { args: [...props.arguments] } : {}),
    ...(props.environment.length > 0 ? { env: environmentOf(props) } : {}),
    ...(props.ports.length > 0
      ? { ports: props.ports.map(({ name, number }) => ({ name, containerPort: number })) }
      : {}),
    volumeMounts: mountsOf(props.mounts),
    ...(props.health === undefined ? {} : probes(props.health)),
  };
}

function prepare(preparation: Preparation, props: WorkloadProps): Container {
  return {
    name: preparation.name,
    ...harden(props),
    command: [...preparation.command],
    ...(preparation.environment === undefined ? {} : { env: preparation.environment.map(variableOf) }),
    volumeMounts: mountsOf(preparation.mounts),
  };
}

const temporary = 'tmp';

function volumesOf(props: WorkloadProps): Volume[] {
  const mounts = [...props.mounts, ...props.preparations.flatMap((preparation) => preparation.mounts)];
  const unique = new Map(mounts.map((mount) => [mount.volume, mount]));
  return [
    { name: temporary, emptyDir: { sizeLimit: Quantity.fromString(props.temporarySize) } },
    ...[...unique.values()].map(volumeOf),
  ];
}

function mountsOf(mounts: readonly Mount[]): VolumeMount[] {
  return [{ name: temporary, mountPath: '/tmp' }, ...mounts.map(mountOf)];
}

function environmentOf({ environment }: WorkloadProps): EnvVar[] {
  // What is said later counts, as for the worker beside the server.
  const last = new Map(environment.map((variable) => [variable.name, variableOf(variable)]));
  return [...last.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function probes({
  path,
  port,
  startupSeconds,
}: Health): Pick<Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  const named = IntOrString.fromString(port);
  const question: Probe =
    path === undefined ? { tcpSocket: { port: named } } : { httpGet: { path, port: named } };
  const patience: Probe = { ...question, periodSeconds: 10, timeoutSeconds: 5 };
  return {
    startupProbe: { ...patience, failureThreshold: Math.ceil(startupSeconds / 10) },
    readinessProbe: { ...patience, failureThreshold: 3 },
    // A restart helps against a hang only; a slow minute must not cost the uploads that are under way.
    livenessProbe: { ...patience, periodSeconds: 30, failureThreshold: 4 },
  };
}

const strategies = {
  recreate: { type: 'Recreate' },
  beside: {
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: IntOrString.fromNumber(1), maxUnavailable: IntOrString.fromNumber(0) },
  },
  oneByOne: {
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: IntOrString.fromNumber(0), maxUnavailable: IntOrString.fromNumber(1) },
  },
} as const;

function spread(name: string) {
  return {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorOf(name) },
  };
}

function annotate(annotations: { readonly [annotation: string]: string }) {
  return present({ annotations: Object.keys(annotations).length > 0 ? { ...annotations } : undefined });
}
