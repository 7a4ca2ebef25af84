import { isUnsupported, supportOf } from '../../../immich/versions.ts';
import { isUnknown } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import {
  clusterImages,
  type DatabaseImageView,
  databaseImages,
} from '../../../manifests/views/database-image.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { type ImmichContainerView, immich, repositoryOf } from '../../../manifests/views/immich.ts';
import { textOfVariable } from '../../../manifests/views/key-text.ts';
import { parseImage, postgresVersions } from '../../../values/image.ts';
import { parseOperatorVersion } from '../../../values/version.ts';
import { cluster, documents, server } from '../../examples.ts';
import type { Problem, Rule } from '../../rule.ts';
import { asSureAs, usedDatabases } from '../../views/immichs-database.ts';

export const unsupportedVectorchord: Rule = {
  id: 'unsupported-vectorchord',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Immich refuses to start, because it does not support this VectorChord or PostgreSQL.',
  why: "At start, Immich compares the versions of PostgreSQL and its vector extension with the ranges it knows, and stops when they do not fit. That happens after the upgrade was rolled out, with everybody's photos out of reach until one of the two goes back.",
  url: 'https://immich.app/docs/administration/postgres-standalone/',
  limits: 'The version is read from tags; an image of your own that does not say it is passed over.',
  examples: {
    good: documents(
      cluster(`imageName: ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3
postgresql: { shared_preload_libraries: [vchord.so] }`),
      server('env: [{ name: DB_HOSTNAME, value: immich-db-rw }]', '', 'v2.0.0'),
    ),
    broken: {
      'imageName: ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3':
        'imageName: ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.5.3',
    },
  },
  check(inventory, report) {
    for (const found of immich(inventory).containers.filter(({ part }) => part === 'server')) {
      for (const image of databaseImages(inventory, found)) {
        for (const problem of problemsOf(inventory, found, image)) report(image.image, problem);
      }
    }
    for (const link of usedDatabases(inventory).filter(({ certainty }) => certainty === 'likely')) {
      const images = clusterImages(inventory, link.cluster);
      for (const [image, found] of images.flatMap((one) =>
        link.servers.map((server) => [one, server] as const),
      )) {
        for (const problem of problemsOf(inventory, found, image)) {
          report(image.image, asSureAs(link, 'error', problem));
        }
      }
    }
  },
};

function problemsOf(
  inventory: Inventory,
  found: ImmichContainerView,
  { image: field, isExtension }: DatabaseImageView,
): Problem[] {
  const { version } = found;
  const text = field.text ?? '';
  if (version === undefined || isUnknown(text)) return [];
  if (version.major >= 3 && /pgvecto[.-]?rs/i.test(repositoryOf(text))) {
    return usesPgvector(inventory, found)
      ? []
      : [
          {
            message: `Immich ${version.text} no longer knows pgvecto.rs, which is what this image is for; it does not start.`,
            fix: 'Move to an image with VectorChord while Immich is still at v2, as its documentation says, and only then to v3.',
          },
        ];
  }
  const image = parseImage(text);
  const versions = image.ok ? postgresVersions(image.value) : undefined;
  if (versions === undefined) return [];
  const { vectorChord, postgres } = supportOf(version);
  const vchord = versions.vectorchord === undefined ? undefined : parseOperatorVersion(versions.vectorchord);
  const problems: Problem[] = [];
  if (
    vectorChord !== undefined &&
    vchord?.ok &&
    isUnsupported(vchord.value, vectorChord) &&
    !usesPgvector(inventory, found)
  ) {
    const { from, below, certain } = vectorChord;
    problems.push({
      message: `Immich ${version.text} works with VectorChord from ${from.text}${certain ? ` to below ${below.text}` : ''}, not with ${versions.vectorchord}; the server refuses to start.`,
      fix: 'Write an image with a VectorChord of that range, or another version of Immich.',
    });
  }
  if (!isExtension && (versions.major < postgres.from || versions.major >= postgres.below)) {
    problems.push({
      message: `Immich ${version.text} works with PostgreSQL ${postgres.from} to ${postgres.below - 1}, not with ${versions.major}.`,
      fix: `Write an image of PostgreSQL ${postgres.from} to ${postgres.below - 1}.`,
      ...(versions.major >= postgres.below ? { severity: 'warning' } : {}),
    });
  }
  return problems;
}

/**
 * Whether Immich is told to use pgvector, which images of other extensions may have too: those for CloudNativePG are
 * built on images that do, https://github.com/tensorchord/cloudnative-pgvecto.rs/blob/main/Dockerfile
 */
function usesPgvector(inventory: Inventory, { workload, container }: ImmichContainerView): boolean {
  const extension = environment(inventory, workload, container).get('DB_VECTOR_EXTENSION');
  return textOfVariable(inventory, workload.namespace, extension) === 'pgvector';
}
