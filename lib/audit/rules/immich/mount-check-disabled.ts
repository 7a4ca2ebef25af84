import { environment } from '../../../manifests/views/environment.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const mountCheckDisabled: Rule = {
  id: 'mount-check-disabled',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Immich starts even when its library is not mounted, and then believes that all photos are lost.',
  why: 'Immich puts a marker into each of its folders, and refuses to start when one is missing. This check is what keeps it from running on an empty or wrong volume, where it would show broken photos and store new ones beside the old.',
  url: 'https://immich.app/docs/administration/system-integrity/',
  examples: {
    good: documents(server('env: [{ name: IMMICH_LOG_LEVEL, value: log }]')),
    broken: {
      'name: IMMICH_LOG_LEVEL, value: log': 'name: IMMICH_IGNORE_MOUNT_CHECK_ERRORS, value: "true"',
    },
  },
  check(inventory, report) {
    for (const { part, workload, container } of immich(inventory).containers) {
      if (part !== 'server') continue;
      const variable = environment(inventory, workload, container).get('IMMICH_IGNORE_MOUNT_CHECK_ERRORS');
      if (variable?.value === 'true') {
        report(variable.field.at('value').exists ? variable.field.at('value') : variable.field, {
          message:
            'With an empty or wrong volume Immich starts all the same, shows broken photos, and writes new ones beside the old.',
          fix: 'Remove IMMICH_IGNORE_MOUNT_CHECK_ERRORS; it is for an emergency, by hand.',
          // The author did so on purpose, and nothing is lost while the volume is there.
          ...(inventory.complete ? {} : { severity: 'warning' }),
        });
      }
    }
  },
};
