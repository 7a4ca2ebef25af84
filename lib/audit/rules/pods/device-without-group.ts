import type { Field } from '../../../manifests/field.ts';
import type { ContainerView } from '../../../manifests/views/container.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { isUnder } from '../../../manifests/views/mount-at.ts';
import type { WorkloadView } from '../../../manifests/views/workload.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { securityOf } from '../../views/writable.ts';

export const deviceWithoutGroup: Rule = {
  id: 'device-without-group',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'A user who is not root gets a render device that belongs to a group it is not in.',
  why: 'A node gives /dev/dri to root and to the groups "render" and "video", and a container sees the same numbers. A user without one of them cannot open the device: videos are not transcoded by the GPU, or not at all, and models run on the processor.',
  url: 'https://kubernetes.io/blog/2021/11/09/non-root-containers-and-devices/',
  limits: 'The number of the group that a device belongs to depends on the node.',
  examples: {
    good: documents(
      server(
        'volumeMounts: [{ name: dri, mountPath: /dev/dri }]',
        `securityContext: { runAsUser: 1000, runAsGroup: 1000, supplementalGroups: [44, 109] }
volumes: [{ name: dri, hostPath: { path: /dev/dri } }]`,
      ),
    ),
    broken: { ', supplementalGroups: [44, 109]': '' },
  },
  check(inventory, report) {
    for (const { workload, container } of immich(inventory).containers) {
      const user = securityOf(workload, container, 'runAsUser');
      if (typeof user !== 'number' || user === 0 || mayHaveGroup(workload, container, user)) continue;
      const device = renderDevice(workload, container);
      if (device !== undefined) {
        report(device.field, {
          message: `User ${user} is in no group of this device, so that it cannot be opened and the processor does its work.`,
          fix: 'Add the numbers of the groups "render" and "video" of the node to supplementalGroups of the pod.',
          // A node may be told to hand devices over to the user of the container.
          ...(device.isByPlugin ? { severity: 'info' } : {}),
        });
      }
    }
  },
};

/** Whether a group was given besides the one that goes with the user. */
function mayHaveGroup(workload: WorkloadView, container: ContainerView, user: number): boolean {
  const group = securityOf(workload, container, 'runAsGroup');
  return (
    workload.pod.at('securityContext', 'supplementalGroups').exists ||
    (group !== undefined && group !== 0 && group !== user)
  );
}

interface RenderDevice {
  readonly field: Field;
  readonly isByPlugin: boolean;
}

function renderDevice({ volumes }: WorkloadView, { field, mounts }: ContainerView): RenderDevice | undefined {
  const folder = mounts.find(({ volume }) => {
    const path = volumes.find(({ name }) => name === volume)?.field.at('hostPath', 'path').text;
    return path !== undefined && isUnder(path, '/dev/dri');
  });
  if (folder !== undefined) {
    return { field: folder.field, isByPlugin: false };
  }
  const resource = field
    .at('resources', 'limits')
    .entries.find(([name, { value }]) => render.test(name) && String(value) !== '0');
  return resource === undefined ? undefined : { field: resource[1], isByPlugin: true };
}

/** Resources of device plugins that stand for /dev/dri; NVIDIA's devices are open to all. */
const render = /^(gpu\.intel\.com\/(i915|xe)|amd\.com\/gpu)$/;
