import { environment } from '../../../manifests/views/environment.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { libraryMounts } from '../../views/library-mount.ts';

export const libraryReadOnly: Rule = {
  id: 'library-read-only',
  severity: 'error',
  whose: 'upstream',
  meaning: "Immich's own library is mounted so that it cannot be written to.",
  why: 'At each start Immich writes a file into every folder of its library, to see that the right volume is mounted, and ends when it cannot. Photos that Immich shall only look at are mounted beside the library, as an external library.',
  url: 'https://docs.immich.app/administration/system-integrity/',
  examples: {
    good: documents(
      server(
        'volumeMounts: [{ name: library, mountPath: /data }]',
        'volumes: [{ name: library, persistentVolumeClaim: { claimName: immich-library } }]',
      ),
    ),
    broken: { 'mountPath: /data': 'mountPath: /data, readOnly: true' },
  },
  check(inventory, report) {
    for (const {
      server: { workload, container },
      folder,
      mount,
      volume,
    } of libraryMounts(inventory)) {
      if (mount.readOnly || !volume.writable) {
        const ignored = environment(inventory, workload, container).get('IMMICH_IGNORE_MOUNT_CHECK_ERRORS');
        report(mount.field, {
          message: `Immich cannot write to ${folder}; ${ignored === undefined ? 'it ends at its start' : 'uploads fail'}.`,
          fix: 'Take out readOnly, and mount what Immich shall only look at in a folder outside of its library.',
        });
      }
    }
  },
};
