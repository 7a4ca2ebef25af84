import type { Field } from '../../manifests/field.ts';
import type { ContainerView } from '../../manifests/views/container.ts';
import type { WorkloadView } from '../../manifests/views/workload.ts';
import { quote } from '../../text/quoting.ts';
import { securityOf } from './writable.ts';

/** Something that Pod Security refuses at the level "restricted". */
export interface Violation {
  readonly field: Field;
  /** What is refused, as a sentence's beginning. */
  readonly what: string;
  readonly fix: string;
}

/**
 * Everything in a pod template that the level "restricted" of the Pod Security Standards refuses, inline NFS
 * volumes apart. https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function violations(workload: WorkloadView): Violation[] {
  const { pod } = workload;
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC']
      .filter((setting) => pod.get(setting) === true)
      .map((setting) => ({
        field: pod.at(setting),
        what: `The pod has ${setting}`,
        fix: `Remove ${setting}.`,
      })),
    ...workload.volumes.flatMap(({ field, name }) =>
      field.entries
        .filter(([type]) => !allowedVolumes.has(type) && type !== 'nfs')
        .map(([type, volume]) => ({
          field: volume,
          what: `Volume ${quote(name)} is of type ${type}`,
          fix: 'Use a PersistentVolumeClaim.',
        })),
    ),
    ...workload.containers.flatMap((container) => ofContainer(workload, container)),
  ];
}

/** Whether a container may run as root: nothing forbids it, or it is told to. */
export function mayBeRoot(workload: WorkloadView, container: ContainerView): boolean {
  const user = securityOf(workload, container, 'runAsUser');
  return (
    user === 0 ||
    (securityOf(workload, container, 'runAsNonRoot') !== true && (typeof user !== 'number' || user === 0))
  );
}

// "spec" fields that stand beside a volume's source are its name and, for claim templates, its metadata and spec.
const allowedVolumes = new Set([
  'name',
  'metadata',
  'spec',
  'apiVersion',
  'kind',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
  'image',
]);

function ofContainer(workload: WorkloadView, container: ContainerView): Violation[] {
  const { security, name, field } = container;
  const found: Violation[] = [];
  const add = (at: Field, what: string, fix: string) => found.push({ field: at, what, fix });
  if (security.get('privileged') === true) {
    add(security.at('privileged'), `Container ${quote(name)} is privileged`, 'Remove privileged.');
  }
  if (security.get('allowPrivilegeEscalation') !== false) {
    add(
      security.at('allowPrivilegeEscalation'),
      `Container ${quote(name)} may gain privileges`,
      'Write securityContext.allowPrivilegeEscalation: false.',
    );
  }
  if (securityOf(workload, container, 'runAsNonRoot') !== true) {
    add(security.at('runAsNonRoot'), `Container ${quote(name)} may run as root`, 'Write runAsNonRoot: true.');
  }
  if (securityOf(workload, container, 'runAsUser') === 0) {
    add(security.at('runAsUser'), `Container ${quote(name)} runs as root`, 'Write runAsUser: 1000.');
  }
  const profile =
    security.get('seccompProfile', 'type') ?? workload.pod.get('securityContext', 'seccompProfile', 'type');
  if (profile !== 'RuntimeDefault' && profile !== 'Localhost') {
    add(
      security.at('seccompProfile'),
      `Container ${quote(name)} has no seccomp profile`,
      'Write seccompProfile: { type: RuntimeDefault }.',
    );
  }
  if (!security.at('capabilities', 'drop').texts.includes('ALL')) {
    add(
      security.at('capabilities', 'drop'),
      `Container ${quote(name)} keeps capabilities`,
      'Write capabilities: { drop: [ALL] }.',
    );
  }
  for (const capability of security.at('capabilities', 'add').items) {
    if (capability.text !== 'NET_BIND_SERVICE') {
      add(capability, `Container ${quote(name)} adds capability ${capability.text}`, 'Remove it.');
    }
  }
  for (const port of field.at('ports').items) {
    if ((port.at('hostPort').number ?? 0) !== 0) {
      add(port.at('hostPort'), `Container ${quote(name)} takes a port of its node`, 'Remove hostPort.');
    }
  }
  return [...found, ...probeHosts(container)];
}

/** Since Kubernetes 1.34 probes may not name a host. */
function probeHosts({ probes, name }: ContainerView): Violation[] {
  return probes
    .flatMap(({ field }) => [field.at('httpGet', 'host'), field.at('tcpSocket', 'host')])
    .filter((host) => host.exists && host.text !== '')
    .map((host) => ({
      field: host,
      what: `A probe of container ${quote(name)} names a host`,
      fix: 'Remove host.',
    }));
}
