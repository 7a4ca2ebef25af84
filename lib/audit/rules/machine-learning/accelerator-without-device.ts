import { isUnknown } from '../../../manifests/field.ts';
import type { ContainerView } from '../../../manifests/views/container.ts';
import { asksForDevice } from '../../../manifests/views/device.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { immich } from '../../../manifests/views/immich.ts';
import type { WorkloadView } from '../../../manifests/views/workload.ts';
import { documents, machineLearning } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const acceleratorWithoutDevice: Rule = {
  id: 'accelerator-without-device',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'The image of machine learning is made for a device that its pod does not get.',
  why: 'The images for CUDA, OpenVINO, ROCm, ARM NN and RKNN are larger than the plain one by gigabytes, and look for their device when a model is loaded. A pod sees no device of its node unless it asks for one; without it the models run on the processor, or do not load at all.',
  url: 'https://docs.immich.app/features/ml-hardware-acceleration/',
  examples: {
    good: documents(machineLearning('resources: { limits: { nvidia.com/gpu: 1 } }', '', 'v3.3.1-cuda')),
    broken: { 'nvidia.com/gpu: 1': 'memory: 6Gi' },
  },
  check(inventory, report) {
    for (const { part, workload, container } of immich(inventory).containers) {
      const image = container.image.text ?? '';
      const variant = /:[^:@/]*-(cuda|openvino|rocm|armnn|rknn)(@|$)/.exec(image)?.[1];
      if (part !== 'machine-learning' || variant === undefined || isUnknown(image)) continue;
      const variables = environment(inventory, workload, container);
      // Where NVIDIA's runtime is the default of the node, a variable is enough.
      const isAsked = variant === 'cuda' && variables.has('NVIDIA_VISIBLE_DEVICES');
      if (!isAsked && !hasDevice(workload, container)) {
        report(container.image, {
          message: `This image is for ${names[variant]}, but the pod asks for no device; ${variant === 'cuda' ? 'models run on the processor, slowly' : 'models run on the processor or not at all'}.`,
          fix: `${fixes[variant]}, or take the image without -${variant}.`,
        });
      }
    }
  },
};

const names: Readonly<Record<string, string>> = {
  cuda: 'a GPU of NVIDIA',
  openvino: 'a GPU of Intel',
  rocm: 'a GPU of AMD',
  armnn: 'a Mali GPU',
  rknn: 'an NPU of Rockchip',
};

const fixes: Readonly<Record<string, string>> = {
  cuda: 'Add resources.limits: { nvidia.com/gpu: 1 } and the runtimeClassName of NVIDIA, if there is one',
  openvino: 'Add resources.limits: { gpu.intel.com/i915: 1 }, or what your device plugin calls it',
  rocm: 'Add resources.limits: { amd.com/gpu: 1 }, or what your device plugin calls it',
  armnn: 'Mount /dev/mali0 of the node',
  rknn: 'Run it privileged with the devices of the node',
};

/** Whether a pod may see a device; what stands in its way all the same is device-by-path's to say. */
function hasDevice(workload: WorkloadView, container: ContainerView): boolean {
  return (
    asksForDevice(workload, container) ||
    workload.volumes.some((volume) =>
      /^\/(dev|sys)(\/|$)/.test(volume.field.at('hostPath', 'path').text ?? ''),
    )
  );
}
