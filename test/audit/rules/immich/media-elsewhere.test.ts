import { server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const mounted = (path: string, more = '', version = 'v3.3.1') =>
  server(
    `${more}\nvolumeMounts: [{ name: library, mountPath: ${path} }]`,
    'volumes: [{ name: library, persistentVolumeClaim: { claimName: photos } }]',
    version,
  );
const told = (place: string) => `env: [{ name: IMMICH_MEDIA_LOCATION, value: ${place} }]`;
const place = 'spec.template.spec.containers.0.volumeMounts.0.mountPath';

test.each([
  ['/data', '', 'v3.3.1', []],
  ['/usr/src/app/upload', '', 'v3.3.1', []],
  ['/usr/src/app/upload', '', 'v1.136.0', []],
  ['/data', '', 'v1.136.0', [`error ${place}`]],
  ['/photos', '', 'v3.3.1', [`warning ${place}`]],
  ['/photos', told('/photos'), 'v3.3.1', []],
  ['/photos', told('/data'), 'v3.3.1', [`error ${place}`]],
  ['/usr/src/app/upload', told('/data'), 'v3.3.1', [`error ${place}`]],
  ['/data', '', 'release', []],
])('mounted at %s, with "%s", in %s', (path, env, version, expected) => {
  expect(said('media-elsewhere', mounted(path, env, version))).toEqual(expected);
});

test('photos that Immich only looks at are no library', () => {
  const external = mounted('/photos').replace('mountPath: /photos', 'mountPath: /photos, readOnly: true');
  expect(said('media-elsewhere', external)).toEqual([]);
});
