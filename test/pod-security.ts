/** The part of a pod that Pod Security looks at. Other fields do not matter. */
export interface PodSpec {
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly hostUsers?: boolean;
  readonly securityContext?: PodSecurityContext;
  readonly volumes?: readonly { readonly name: string; readonly [source: string]: unknown }[];
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly ephemeralContainers?: readonly Container[];
}

interface SecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seccompProfile?: { readonly type: string };
  readonly appArmorProfile?: { readonly type: string };
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  readonly windowsOptions?: { readonly hostProcess?: boolean };
}

interface PodSecurityContext extends SecurityContext {
  readonly sysctls?: readonly { readonly name: string }[];
}

interface ContainerSecurityContext extends SecurityContext {
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly procMount?: string;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
}

interface Action {
  readonly httpGet?: { readonly host?: string };
  readonly tcpSocket?: { readonly host?: string };
}

interface Container {
  readonly name: string;
  readonly securityContext?: ContainerSecurityContext;
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly startupProbe?: Action;
  readonly readinessProbe?: Action;
  readonly livenessProbe?: Action;
  readonly lifecycle?: { readonly postStart?: Action; readonly preStop?: Action };
}

/**
 * What a pod does that Pod Security "restricted" of Kubernetes 1.36 forbids, one sentence each.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 * @see https://github.com/kubernetes/pod-security-admission/tree/v0.36.2/policy
 */
export function podSecurityViolations(pod: PodSpec): string[] {
  const containers = [pod.containers, pod.initContainers, pod.ephemeralContainers].flatMap(
    (list) => list ?? [],
  );
  return [
    ...ofPod(pod),
    ...containers.flatMap((container) =>
      ofContainer(container, pod).map((text) => `${container.name}: ${text}`),
    ),
  ];
}

function ofPod(pod: PodSpec): string[] {
  const context = pod.securityContext ?? {};
  const hosts = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => pod[field]);
  const sysctls = (context.sysctls ?? []).filter(({ name }) => !safeSysctls.has(name));
  const volumes = (pod.volumes ?? []).filter(
    (volume) => !Object.keys(volume).every((key) => key === 'name' || volumeSources.has(key)),
  );
  return [
    ...said({ 'runAsNonRoot is false': context.runAsNonRoot === false && pod.hostUsers !== false }),
    ...hosts.map((field) => `${field} is true`),
    ...sysctls.map(({ name }) => `sysctl ${name} is not safe`),
    ...volumes.map(({ name }) => `volume ${name} is of a forbidden type`),
    ...ofEither(context, pod),
  ];
}

function ofContainer(container: Container, pod: PodSpec): string[] {
  const context = container.securityContext ?? {};
  const podContext = pod.securityContext ?? {};
  const { add = [], drop = [] } = context.capabilities ?? {};
  const { startupProbe, readinessProbe, livenessProbe, lifecycle } = container;
  const actions = [startupProbe, readinessProbe, livenessProbe, lifecycle?.postStart, lifecycle?.preStop];
  const isUserNamespaced = pod.hostUsers === false;
  return said({
    'privileged is true': context.privileged === true,
    'allowPrivilegeEscalation is not false': context.allowPrivilegeEscalation !== false,
    'procMount is not Default': (context.procMount ?? 'Default') !== 'Default',
    'capabilities do not drop ALL': !drop.includes('ALL'),
    'capabilities add more than NET_BIND_SERVICE': add.some((name) => name !== 'NET_BIND_SERVICE'),
    'runAsNonRoot is not true':
      !isUserNamespaced && (context.runAsNonRoot ?? podContext.runAsNonRoot) !== true,
    'seccompProfile is not set': (context.seccompProfile ?? podContext.seccompProfile) === undefined,
    'a port is a hostPort': (container.ports ?? []).some(({ hostPort }) => (hostPort ?? 0) !== 0),
    'a probe or hook names a host': actions.some(
      (action) => action?.httpGet?.host || action?.tcpSocket?.host,
    ),
  }).concat(ofEither(context, pod));
}

/** What may be said for the pod or for a container. */
function ofEither(context: SecurityContext, { hostUsers }: PodSpec): string[] {
  const { appArmorProfile, runAsUser, seccompProfile, seLinuxOptions, windowsOptions } = context;
  return said({
    'runAsUser is 0': runAsUser === 0 && hostUsers !== false,
    [`seccompProfile is ${seccompProfile?.type}`]: !isProfile(seccompProfile),
    [`appArmorProfile is ${appArmorProfile?.type}`]: !isProfile(appArmorProfile),
    'seLinuxOptions choose a forbidden type': !seLinuxTypes.has(seLinuxOptions?.type ?? ''),
    'seLinuxOptions choose a user or role': Boolean(seLinuxOptions?.user || seLinuxOptions?.role),
    'hostProcess is true': windowsOptions?.hostProcess === true,
  });
}

function said(sentences: { readonly [sentence: string]: unknown }): string[] {
  return Object.keys(sentences).filter((sentence) => sentences[sentence]);
}

function isProfile(profile: { readonly type: string } | undefined): boolean {
  return profile === undefined || profile.type === 'RuntimeDefault' || profile.type === 'Localhost';
}

const volumeSources: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

const seLinuxTypes: ReadonlySet<string> = new Set([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);

const safeSysctls: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);
