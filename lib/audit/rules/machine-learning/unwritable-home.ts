import { environment } from '../../../manifests/views/environment.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { isUnder } from '../../../manifests/views/mount-at.ts';
import type { Version } from '../../../values/version.ts';
import { documents, machineLearning } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { securityOf } from '../../views/writable.ts';

export const unwritableHome: Rule = {
  id: 'unwritable-home',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Machine learning runs as a user whose home and caches belong to root.',
  why: 'Immich keeps models at /cache, but the library that downloads them also writes to the home of its user. A user other than root has none in the image: parts of a download, fonts and control files then go to folders of root, and models are not downloaded.',
  url: 'https://github.com/immich-app/immich/issues/29710',
  limits: 'Which folders belong to whom is known for the images of Immich alone.',
  examples: {
    good: documents(
      machineLearning(
        'env: [{ name: HOME, value: /tmp }, { name: HF_HOME, value: /cache }]',
        'securityContext: { runAsUser: 1000, runAsGroup: 1000 }',
      ),
    ),
    broken: {
      'env: [{ name: HOME, value: /tmp }, { name: HF_HOME, value: /cache }]':
        'env: [{ name: TZ, value: UTC }]',
    },
  },
  check(inventory, report) {
    for (const { part, workload, container, version } of immich(inventory).containers) {
      const user = securityOf(workload, container, 'runAsUser');
      if (part !== 'machine-learning' || typeof user !== 'number' || user === 0) continue;
      if (version !== undefined && isBeforeXet(version)) continue;
      const variables = environment(inventory, workload, container);
      // What stands in a config map or secret that is not here is not known.
      const isKnown = container.environmentFrom.every(
        ({ kind, name }) => inventory.find('', kind, workload.namespace, name.text ?? '')?.keys !== undefined,
      );
      const isElsewhere = caches.some((name) => variables.has(name));
      const isMounted = container.mounts.some(({ path }) => homes.some((home) => isUnder(home, path)));
      if (isKnown && !isElsewhere && !isMounted && !container.field.at('command').exists) {
        report(container.image, {
          message: `As user ${user} it has no home that it may write to, and none of ${caches.slice(0, 3).join(', ')} names another place; models may not be downloaded.`,
          fix: 'Set HOME to /tmp, HF_HOME to /cache and MPLCONFIGDIR to /cache/matplotlib, on volumes that this user may write to.',
        });
      }
    }
  },
};

/** The variables that take downloads elsewhere. */
const caches = ['HOME', 'HF_HOME', 'HF_XET_CACHE', 'XDG_CACHE_HOME'];

/**
 * Whether a version is older than huggingface_hub 0.32, since which downloads go by Xet, with its files in the home:
 * https://github.com/huggingface/huggingface_hub/releases/tag/v0.32.0
 */
function isBeforeXet({ major, minor }: Version): boolean {
  return major < 1 || (major === 1 && minor < 134);
}

/** Where they go without: the home of a user without a name is /, and Immich's is /usr/src. */
const homes = ['/.cache', '/usr/src/.cache', '/root/.cache'];
