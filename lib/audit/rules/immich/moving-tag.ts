import { isDerived } from '../../../manifests/derived.ts';
import { isUnknown } from '../../../manifests/field.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const movingTag: Rule = {
  id: 'moving-tag',
  severity: 'warning',
  whose: 'ours',
  meaning: 'The image of Immich changes without a change in git, even to the next major version.',
  why: 'A tag such as "release" names another image after every release. A pod that is restarted for any reason may then migrate the database to a new major version, which nobody reviewed and which only a restore takes back.',
  url: 'https://immich.app/docs/install/upgrading/',
  examples: {
    good: documents(server('', '', 'v3.3.1')),
    broken: {
      'image: ghcr.io/immich-app/immich-server:v3.3.1': 'image: ghcr.io/immich-app/immich-server:release',
    },
  },
  check(inventory, report) {
    for (const { container, version } of immich(inventory).containers) {
      const image = container.image.text ?? '';
      // A chart's default tag is not to be seen; an image in a manifest without tag and digest is the latest.
      const isBare = !isDerived(container.image.manifest) && !/[:@][^/]*$/.test(image);
      // A digest says exactly which image it is, whatever its digits look like.
      const tag =
        /:([^:/@]+)$/.exec(image.includes('@') ? '' : image)?.[1] ?? (isBare ? 'latest' : undefined);
      if (version === undefined && tag !== undefined && MOVING.test(tag) && !isUnknown(image)) {
        report(container.image, {
          message: `"${tag}" is another version tomorrow; a restarted pod may migrate the database, and there is no way back but a restore.`,
          fix: 'Write one release, such as v3.3.1, and let Renovate or Flux propose the next.',
        });
      }
    }
  },
};

const MOVING = /^(latest|release|main|nightly|stable|v?\d+(\.\d+)?)(-.*)?$/;
