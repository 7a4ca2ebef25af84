import { type PodSpec, podSecurityViolations } from './pod-security.ts';

type Container = NonNullable<PodSpec['containers']>[number];

const context = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

const pod: PodSpec = {
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ name: 'server', securityContext: context }],
};

function inPod(fields: PodSpec): PodSpec {
  return { ...pod, ...fields };
}

function inPodContext(fields: PodSpec['securityContext']): PodSpec {
  return { ...pod, securityContext: { ...pod.securityContext, ...fields } };
}

function inContainer(fields: Partial<Container>): PodSpec {
  return { ...pod, containers: [{ name: 'server', securityContext: context, ...fields }] };
}

function inContext(fields: Container['securityContext']): PodSpec {
  return inContainer({ securityContext: { ...context, ...fields } });
}

test.each<[string, PodSpec]>([
  ['a hardened pod', pod],
  ['a pod without containers', {}],
  ['everything false that must not be true', inPod({ hostNetwork: false, hostPID: false, hostIPC: false })],
  ['not privileged', inContext({ privileged: false, procMount: 'Default' })],
  ['the one capability', inContext({ capabilities: { add: ['NET_BIND_SERVICE'], drop: ['KILL', 'ALL'] } })],
  [
    'volumes of data',
    inPod({
      volumes: [
        { name: 'a', emptyDir: {} },
        { name: 'b', persistentVolumeClaim: {} },
      ],
    }),
  ],
  ['ports of its own', inContainer({ ports: [{ hostPort: 0 }, {}] })],
  [
    'AppArmor and SELinux',
    inContext({ appArmorProfile: { type: 'Localhost' }, seLinuxOptions: { type: 'container_t' } }),
  ],
  ['a safe sysctl', inPodContext({ sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start' }] })],
  [
    'probes of its own address',
    inContainer({ livenessProbe: { httpGet: {} }, readinessProbe: { tcpSocket: { host: '' } } }),
  ],
  [
    'a container that says it for itself',
    {
      containers: [
        {
          name: 'a',
          securityContext: { ...context, runAsNonRoot: true, seccompProfile: { type: 'Localhost' } },
        },
      ],
    },
  ],
  ['root in a user namespace', { ...inPodContext({ runAsUser: 0, runAsNonRoot: false }), hostUsers: false }],
])('%s is silent', (_, spec) => {
  expect(podSecurityViolations(spec)).toEqual([]);
});

test.each<[string, PodSpec]>([
  ['hostNetwork is true', inPod({ hostNetwork: true })],
  ['hostPID is true', inPod({ hostPID: true })],
  ['hostIPC is true', inPod({ hostIPC: true })],
  ['server: privileged is true', inContext({ privileged: true })],
  [
    'server: allowPrivilegeEscalation is not false',
    inContainer({ securityContext: { capabilities: { drop: ['ALL'] } } }),
  ],
  ['server: procMount is not Default', inContext({ procMount: 'Unmasked' })],
  ['server: capabilities do not drop ALL', inContext({ capabilities: { drop: ['KILL'] } })],
  [
    'server: capabilities add more than NET_BIND_SERVICE',
    inContext({ capabilities: { add: ['CHOWN'], drop: ['ALL'] } }),
  ],
  ['volume a is of a forbidden type', inPod({ volumes: [{ name: 'a', hostPath: { path: '/' } }] })],
  ['volume a is of a forbidden type', inPod({ volumes: [{ name: 'a', nfs: {} }] })],
  ['server: a port is a hostPort', inContainer({ ports: [{}, { hostPort: 80 }] })],
  ['appArmorProfile is Unconfined', inPodContext({ appArmorProfile: { type: 'Unconfined' } })],
  ['server: appArmorProfile is Unconfined', inContext({ appArmorProfile: { type: 'Unconfined' } })],
  ['seLinuxOptions choose a forbidden type', inPodContext({ seLinuxOptions: { type: 'spc_t' } })],
  ['server: seLinuxOptions choose a user or role', inContext({ seLinuxOptions: { user: 'system_u' } })],
  ['seccompProfile is Unconfined', inPodContext({ seccompProfile: { type: 'Unconfined' } })],
  ['server: seccompProfile is Unconfined', inContext({ seccompProfile: { type: 'Unconfined' } })],
  ['server: seccompProfile is not set', { ...pod, securityContext: { runAsNonRoot: true } }],
  ['sysctl kernel.msgmax is not safe', inPodContext({ sysctls: [{ name: 'kernel.msgmax' }] })],
  ['server: hostProcess is true', inContext({ windowsOptions: { hostProcess: true } })],
  [
    'server: a probe or hook names a host',
    inContainer({ livenessProbe: { httpGet: { host: '169.254.169.254' } } }),
  ],
  [
    'server: a probe or hook names a host',
    inContainer({ lifecycle: { preStop: { tcpSocket: { host: 'a' } } } }),
  ],
  [
    'server: runAsNonRoot is not true',
    { ...pod, securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
  ],
  [
    'runAsNonRoot is false',
    {
      ...inPodContext({ runAsNonRoot: false }),
      containers: inContext({ runAsNonRoot: true }).containers ?? [],
    },
  ],
  ['server: runAsNonRoot is not true', inContext({ runAsNonRoot: false })],
  ['runAsUser is 0', inPodContext({ runAsUser: 0 })],
  ['server: runAsUser is 0', inContext({ runAsUser: 0 })],
  [
    'init: privileged is true',
    inPod({ initContainers: [{ name: 'init', securityContext: { ...context, privileged: true } }] }),
  ],
  [
    'debug: privileged is true',
    inPod({ ephemeralContainers: [{ name: 'debug', securityContext: { ...context, privileged: true } }] }),
  ],
])('"%s" is said', (sentence, spec) => {
  expect(podSecurityViolations(spec)).toEqual([sentence]);
});
