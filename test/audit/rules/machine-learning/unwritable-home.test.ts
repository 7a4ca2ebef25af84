import { documents, machineLearning, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const user = 'securityContext: { runAsUser: 568 }';

const settings = (data: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: immich }
data: { ${data} }`;

describe('unwritable-home', () => {
  test.each([
    ['', user, 1],
    ['securityContext: { runAsUser: 568 }', '', 1],
    ['securityContext: { runAsUser: 0 }', user, 0],
    ['', '', 0],
    ['env: [{ name: HOME, value: /tmp }]', user, 0],
    ['env: [{ name: HF_XET_CACHE, value: /cache/xet }]', user, 0],
    ['env: [{ name: TRANSFORMERS_CACHE, value: /cache }]', user, 1],
    ['volumeMounts: [{ name: cache, mountPath: /.cache }]', user, 0],
    ['volumeMounts: [{ name: cache, mountPath: /usr/src }]', user, 0],
    ['volumeMounts: [{ name: cache, mountPath: /cache }]', user, 1],
    ['envFrom: [{ secretRef: { name: unknown } }]', user, 0],
    ['command: [sh, -c, HOME=/tmp exec ./start.sh]', user, 0],
  ])('%s with %s', (container, pod, count) => {
    expect(said('unwritable-home', machineLearning(container, pod))).toHaveLength(count);
  });

  test('what a config map brings counts', () => {
    const pod = machineLearning('envFrom: [{ configMapRef: { name: settings } }]', user);
    expect(said('unwritable-home', documents(pod, settings('HOME: /tmp')))).toEqual([]);
    expect(said('unwritable-home', documents(pod, settings('TZ: UTC')))).toHaveLength(1);
  });

  test('before downloads went by Xet nothing was written to the home', () => {
    expect(said('unwritable-home', machineLearning('', user, 'v1.123.0'))).toEqual([]);
    expect(said('unwritable-home', machineLearning('', user, 'v1.134.0'))).toHaveLength(1);
    expect(said('unwritable-home', machineLearning('', user, 'release'))).toHaveLength(1);
  });

  test('the server downloads no models', () => {
    expect(said('unwritable-home', server('', user))).toEqual([]);
  });
});
