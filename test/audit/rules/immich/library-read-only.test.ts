import { server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const mount = 'spec.template.spec.containers.0.volumeMounts.0';

function mounted(path: string, options: string, source: string): string {
  return server(
    `volumeMounts: [{ name: library, mountPath: ${path}${options} }]`,
    `volumes: [{ name: library, ${source} }]`,
  );
}

test.each<[string, string, string, string[]]>([
  ['/data', '', 'persistentVolumeClaim: { claimName: photos }', []],
  ['/data', ', readOnly: true', 'persistentVolumeClaim: { claimName: photos }', [`error ${mount}`]],
  ['/data', ', readOnly: false', 'persistentVolumeClaim: { claimName: photos }', []],
  ['/data', '', 'persistentVolumeClaim: { claimName: photos, readOnly: true }', [`error ${mount}`]],
  ['/data', '', 'nfs: { server: nas, path: /photos, readOnly: true }', [`error ${mount}`]],
  ['/data/upload', ', readOnly: true', 'persistentVolumeClaim: { claimName: photos }', [`error ${mount}`]],
  // An external library.
  ['/mnt/photos', ', readOnly: true', 'persistentVolumeClaim: { claimName: photos }', []],
])('%s%s of %s', (path, options, source, expected) => {
  expect(said('library-read-only', mounted(path, options, source))).toEqual(expected);
});
