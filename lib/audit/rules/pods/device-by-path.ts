import { asksForDevice } from '../../../manifests/views/device.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const deviceByPath: Rule = {
  id: 'device-by-path',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'A pod that is not privileged mounts a device of its node, which it may see and not open.',
  why: 'A volume of type hostPath brings the file of a device into a container, and not the right to open it: the container runtime keeps a list of the devices of each container, to which Kubernetes adds only what a device plugin or a resource claim gives. Opening any other ends with "Operation not permitted", videos are not transcoded or by the processor alone, and models do not load.',
  url: 'https://github.com/kubernetes/kubernetes/issues/7890',
  limits: 'A node whose runtime was told to hand out the device to every container is not seen.',
  examples: {
    good: documents(
      server(
        'resources: { limits: { gpu.intel.com/i915: 1 } }\nvolumeMounts: [{ name: dri, mountPath: /dev/dri }]',
        'volumes: [{ name: dri, hostPath: { path: /dev/dri } }]',
      ),
    ),
    broken: { 'gpu.intel.com/i915: 1': 'memory: 4Gi' },
  },
  check(inventory, report) {
    for (const { workload, container } of immich(inventory).containers) {
      if (asksForDevice(workload, container)) continue;
      for (const mount of container.mounts) {
        const path = workload.volumes
          .find(({ name }) => name === mount.volume)
          ?.field.at('hostPath', 'path').text;
        if (path !== undefined && devices.test(path)) {
          report(mount.field, {
            message: `The container may not open ${path}: Kubernetes lets only privileged containers open a device that they mount from the node.`,
            fix: 'Let a device plugin hand it out (resources.limits, such as gpu.intel.com/i915: 1), or run this container as privileged.',
          });
        }
      }
    }
  },
};

/** GPUs, video engines and accelerators; a folder such as /dev/shm is no device. */
const devices = /^\/dev\/(dri|nvidia|kfd|mali|rga|mpp_service|dma_heap|video|apex|accel|bus\/usb)[^/]*(\/|$)/;
