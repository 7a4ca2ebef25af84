import { machineLearning, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const mount = 'spec.template.spec.containers.0.volumeMounts.0';

function mounting(path: string, container = '', pod = ''): string {
  return server(
    `volumeMounts: [{ name: device, mountPath: ${path} }]\n${container}`,
    `volumes: [{ name: device, hostPath: { path: ${path} } }]\n${pod}`,
  );
}

test.each<[string, string, string, string[]]>([
  ['/dev/dri', '', '', [`warning ${mount}`]],
  ['/dev/dri/renderD128', '', '', [`warning ${mount}`]],
  ['/dev/nvidia0', '', '', [`warning ${mount}`]],
  ['/dev/dri', 'resources: { limits: { memory: 4Gi } }', '', [`warning ${mount}`]],
  ['/dev/dri', 'resources: { limits: { gpu.intel.com/i915: 1 } }', '', []],
  ['/dev/dri', 'resources: { limits: { squat.ai/dri: 1 } }', '', []],
  ['/dev/dri', 'resources: { claims: [{ name: gpu }] }', '', []],
  ['/dev/dri', 'securityContext: { privileged: true }', '', []],
  ['/dev/nvidia0', '', 'runtimeClassName: nvidia', []],
  ['/dev/shm', '', '', []],
  ['/srv/dev/dri', '', '', []],
])('%s with "%s" and "%s"', (path, container, pod, expected) => {
  expect(said('device-by-path', mounting(path, container, pod))).toEqual(expected);
});

test('a volume that no container mounts is none of its business, and machine learning counts too', () => {
  const pod = 'volumes: [{ name: device, hostPath: { path: /dev/dri } }]';
  expect(said('device-by-path', server('', pod))).toEqual([]);
  const mounted = 'volumeMounts: [{ name: device, mountPath: /dev/dri }]';
  expect(said('device-by-path', machineLearning(mounted, pod))).toEqual([`warning ${mount}`]);
});
