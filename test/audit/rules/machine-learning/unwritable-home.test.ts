import { documents, machineLearning, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const USER = 'securityContext: { runAsUser: 568 }';

const settings = (data: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: immich }
data: { ${data} }`;

describe('unwritable-home', () => {
  test.each([
    ['', USER, 1],
    ['securityContext: { runAsUser: 568 }', '', 1],
    ['securityContext: { runAsUser: 0 }', USER, 0],
    ['', '', 0],
    ['env: [{ name: HOME, value: /tmp }]', USER, 0],
    ['env: [{ name: HF_XET_CACHE, value: /cache/xet }]', USER, 0],
    ['env: [{ name: TRANSFORMERS_CACHE, value: /cache }]', USER, 1],
    ['volumeMounts: [{ name: cache, mountPath: /.cache }]', USER, 0],
    ['volumeMounts: [{ name: cache, mountPath: /usr/src }]', USER, 0],
    ['volumeMounts: [{ name: cache, mountPath: /cache }]', USER, 1],
    ['envFrom: [{ secretRef: { name: unknown } }]', USER, 0],
    ['command: [sh, -c, HOME=/tmp exec ./start.sh]', USER, 0],
  ])('%s with %s', (container, pod, count) => {
    expect(said('unwritable-home', machineLearning(container, pod))).toHaveLength(count);
  });

  test('what a config map brings counts', () => {
    const pod = machineLearning('envFrom: [{ configMapRef: { name: settings } }]', USER);
    expect(said('unwritable-home', documents(pod, settings('HOME: /tmp')))).toEqual([]);
    expect(said('unwritable-home', documents(pod, settings('TZ: UTC')))).toHaveLength(1);
  });

  test('the server downloads no models', () => {
    expect(said('unwritable-home', server('', USER))).toEqual([]);
  });
});
