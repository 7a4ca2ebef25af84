import { isDerived } from '../../../manifests/derived.ts';
import { isUnknown } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { quote } from '../../../text/quoting.ts';
import { documents, server } from '../../examples.ts';
import type { Report, Rule } from '../../rule.ts';

export const movingTag: Rule = {
  id: 'moving-tag',
  severity: 'warning',
  whose: 'ours',
  meaning: 'The image of Immich changes without a change in git, even to the next major version.',
  why: 'A tag such as "release" names another image after every release. A pod that is restarted for any reason may then migrate the database to a new major version, which nobody reviewed and which only a restore takes back.',
  url: 'https://immich.app/docs/install/upgrading/',
  limits: 'A tag with a digest beside it stays where it is, and is passed over.',
  examples: {
    good: documents(server('', '', 'v3.3.1')),
    broken: {
      'image: ghcr.io/immich-app/immich-server:v3.3.1': 'image: ghcr.io/immich-app/immich-server:release',
    },
  },
  check(inventory, report) {
    checkChart(inventory, report);
    checkPolicies(inventory, report);
    for (const { container, version } of immich(inventory).containers) {
      const image = container.image.text ?? '';
      // A chart's default tag is not to be seen; an image in a manifest without tag and digest is the latest.
      const isBare = !isDerived(container.image.manifest) && !/[:@][^/]*$/.test(image);
      // A digest says exactly which image it is, whatever its digits look like.
      const tag =
        /:([^:/@]+)$/.exec(image.includes('@') ? '' : image)?.[1] ?? (isBare ? 'latest' : undefined);
      if (version === undefined && tag !== undefined && moving.test(tag) && !isUnknown(image)) {
        report(container.image, {
          message: `${quote(tag)} is another version tomorrow; a restarted pod may migrate the database, and there is no way back but a restore.`,
          fix: 'Write one release, such as v3.3.1, and let Renovate or Flux propose the next.',
        });
      }
    }
  },
};

/** A release of Immich's own chart that leaves the version to a chart which is itself whichever is the newest. */
function checkChart(inventory: Inventory, report: Report): void {
  const rendered = immich(inventory).containers.filter(
    ({ part, container }) => part === 'server' && !/[:@][^/]*$/.test(container.image.text ?? ''),
  );
  for (const release of inventory.all('helm.toolkit.fluxcd.io', 'HelmRelease')) {
    const reference = release.at('spec', 'chartRef', 'name');
    const source = inventory
      .all('source.toolkit.fluxcd.io', 'OCIRepository')
      .find((one) => reference.exists && one.get('metadata', 'name') === reference.value);
    const chart = source ?? release.at('spec', 'chart', 'spec');
    const version = source === undefined ? chart.at('version') : source.at('spec', 'ref', 'semver');
    const isImmichs =
      source === undefined
        ? chart.get('chart') === 'immich'
        : version.exists && /\/immich$/.test(source.at('spec', 'url').text ?? '');
    const isMade = rendered.some(
      ({ workload: { manifest } }) => isDerived(manifest) && manifest.subject === release.manifest.object,
    );
    if (isMade && isImmichs && isRange(version.text ?? '*')) {
      report(version.exists ? version : chart, {
        message: `Immich has the version of its chart, and ${quote(version.text ?? '*')} takes whichever chart is the newest; the database may be migrated by night, and there is no way back but a restore.`,
        fix: 'Write one version of the chart, or a tag in controllers.main.containers.main.image.',
      });
    }
  }
}

/** Flux's own updates of a tag, where nothing keeps them from the next major version. */
function checkPolicies(inventory: Inventory, report: Report): void {
  const repositories = new Set(
    inventory
      .all('image.toolkit.fluxcd.io', 'ImageRepository')
      .filter((one) => /(^|\/)immich-(server|machine-learning)$/.test(one.at('spec', 'image').text ?? ''))
      .map((one) => one.get('metadata', 'name')),
  );
  for (const policy of inventory.all('image.toolkit.fluxcd.io', 'ImagePolicy')) {
    const range = policy.at('spec', 'policy', 'semver', 'range');
    if (repositories.has(policy.get('spec', 'imageRepositoryRef', 'name')) && isOpen(range.text ?? '')) {
      report(range, {
        message: `The range ${quote(range.text)} has no end, so that Flux also writes the next major version of Immich, which may migrate the database without a way back.`,
        fix: 'Write a range that ends before the next major version, such as 3.x.',
        // It is written to git, where somebody may look at it first.
        severity: 'info',
      });
    }
  }
}

function isRange(version: string): boolean {
  return !isUnknown(version) && !/^v?\d+\.\d+\.\d+(-[\w.]+)?(\+[\w.]+)?$/.test(version.trim());
}

function isOpen(range: string): boolean {
  return /^\s*(\*|x|>=?\s*v?[\d.]+(-\d+)?)\s*$/i.test(range);
}

const moving = /^(latest|release|main|nightly|stable|v?\d+(\.\d+)?)(-.*)?$/;
