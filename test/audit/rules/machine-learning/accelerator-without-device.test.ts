import { machineLearning, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('accelerator-without-device', () => {
  test.each([
    ['v3.3.1-cuda', '', '', 1],
    ['v3.3.1-openvino', '', '', 1],
    ['v3.3.1-rocm', '', '', 1],
    ['release-cuda', '', '', 1],
    ['v3.3.1-cuda@sha256:0', '', '', 1],
    ['v3.3.1', '', '', 0],
    // A candidate of a release is no device.
    ['v3.4.0-rc.1', '', '', 0],
    ['v3.3.1-cuda', '', 'runtimeClassName: nvidia', 0],
    ['v3.3.1-cuda', 'resources: { limits: { memory: 6Gi, cpu: 2 } }', '', 1],
    ['v3.3.1-cuda', 'resources: { limits: { nvidia.com/gpu: 0 } }', '', 1],
    ['v3.3.1-cuda', 'resources: { limits: { nvidia.com/gpu.shared: 1 } }', '', 0],
    ['v3.3.1-cuda', 'resources: { claims: [{ name: gpu }] }', '', 0],
    ['v3.3.1-cuda', 'env: [{ name: NVIDIA_VISIBLE_DEVICES, value: all }]', '', 0],
    ['v3.3.1-openvino', 'resources: { requests: { gpu.intel.com/i915: 1 } }', '', 0],
    ['v3.3.1-openvino', '', 'volumes: [{ name: dri, hostPath: { path: /dev/dri } }]', 0],
    ['v3.3.1-rknn', 'securityContext: { privileged: true }', '', 0],
    ['v3.3.1-armnn', '', 'volumes: [{ name: mali, hostPath: { path: /dev/mali0 } }]', 0],
    ['v3.3.1-openvino', '', 'volumes: [{ name: models, hostPath: { path: /srv/models } }]', 1],
  ])('%s with %s %s', (version, container, pod, count) => {
    expect(said('accelerator-without-device', machineLearning(container, pod, version))).toHaveLength(count);
  });

  test('the server has one image for all devices', () => {
    expect(said('accelerator-without-device', server('', '', 'v3.3.1-cuda'))).toEqual([]);
  });
});
