import { machineLearning, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const container = 'spec.template.spec.containers.0';
const intel = 'resources: { limits: { gpu.intel.com/i915: 1 } }';

test.each<[string, string, string, string[]]>([
  ['a device plugin', intel, 'runAsUser: 1000', [`info ${container}.resources.limits.gpu.intel.com/i915`]],
  [
    'the group of the user',
    intel,
    'runAsUser: 1000, runAsGroup: 1000',
    [`info ${container}.resources.limits.gpu.intel.com/i915`],
  ],
  ['a group of its own', intel, 'runAsUser: 1000, runAsGroup: 109', []],
  ['more groups', intel, 'runAsUser: 1000, supplementalGroups: [109]', []],
  ['root', intel, 'runAsUser: 0', []],
  ['the user of the image', intel, 'fsGroup: 1000', []],
  ['a device of NVIDIA', 'resources: { limits: { nvidia.com/gpu: 1 } }', 'runAsUser: 1000', []],
])('%s', (_, container, security, expected) => {
  expect(said('device-without-group', server(container, `securityContext: { ${security} }`))).toEqual(
    expected,
  );
});

test('a folder of the node is told of machine learning too', () => {
  const text = machineLearning(
    'volumeMounts: [{ name: dri, mountPath: /dev/dri/renderD128 }]',
    'securityContext: { runAsUser: 1000 }\nvolumes: [{ name: dri, hostPath: { path: /dev/dri/renderD128 } }]',
  );
  expect(said('device-without-group', text)).toEqual([`warning ${container}.volumeMounts.0`]);
});
