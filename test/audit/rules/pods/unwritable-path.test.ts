import { documents, machineLearning, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('unwritable-path', () => {
  const env = 'env: [{ name: MPLCONFIGDIR, value: /cache/matplotlib }]';
  const mounted = (more = '') => `${env}
volumeMounts: [{ name: cache, mountPath: /cache${more} }, { name: tmp, mountPath: /tmp }]`;
  const volumes =
    'volumes: [{ name: cache, persistentVolumeClaim: { claimName: m } }, { name: tmp, emptyDir: {} }]';
  const readOnly = 'securityContext: { runAsUser: 1000, readOnlyRootFilesystem: true }';

  test.each([
    ['a volume', mounted(), volumes, 0],
    ['a volume that is mounted read-only', mounted(', readOnly: true'), volumes, 2],
    [
      'a config map',
      mounted(),
      volumes.replace('persistentVolumeClaim: { claimName: m }', 'configMap: { name: m }'),
      2,
    ],
    ['root, on its own file system', env, '', 0],
  ])('below %s', (_, container, pod, count) => {
    expect(said('unwritable-path', machineLearning(container, pod))).toHaveLength(count);
  });

  test('a user that is not root cannot write to what the image brings, a read-only file system nobody', () => {
    expect(
      said('unwritable-path', machineLearning(`${env}\nsecurityContext: { runAsUser: 1000 }`)),
    ).toHaveLength(2);
    expect(said('unwritable-path', machineLearning(`${env}\n${readOnly}`))).toHaveLength(3);
    expect(said('unwritable-path', machineLearning(`${mounted()}\n${readOnly}`, volumes))).toEqual([]);
  });

  test('what stops the program is an error, a lost cache a warning', () => {
    expect(said('unwritable-path', machineLearning(`${env}\n${readOnly}`))).toEqual([
      'error spec.template.spec.containers.0.name',
      'warning spec.template.spec.containers.0.env.0.value',
      'warning spec.template.spec.containers.0.name',
    ]);
  });

  test('variables that a part never reads say nothing of it, and the server needs no /tmp', () => {
    const shared = `apiVersion: v1
kind: ConfigMap
metadata: { name: env, namespace: immich }
data: { MPLCONFIGDIR: /cache/mpl, HF_HOME: /cache, IMMICH_MEDIA_LOCATION: /photos, HOME: /nowhere }`;
    const from = `envFrom: [{ configMapRef: { name: env } }]\n${readOnly}`;
    expect(said('unwritable-path', documents(shared, server(from)))).toEqual([
      'error data.IMMICH_MEDIA_LOCATION',
    ]);
    const photos = 'volumeMounts: [{ name: photos, mountPath: /photos }]';
    const volume = 'volumes: [{ name: photos, nfs: { server: nas, path: /photos } }]';
    expect(said('unwritable-path', documents(shared, server(`${from}\n${photos}`, volume)))).toEqual([]);
    expect(
      said(
        'unwritable-path',
        documents(shared, machineLearning(`${from}\n${mounted().replace(env, '')}`, volumes)),
      ),
    ).toEqual(['warning data.HOME']);
  });
});
