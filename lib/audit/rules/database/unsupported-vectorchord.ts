import { isUnsupported, supportOf } from '../../../immich/versions.ts';
import { isUnknown } from '../../../manifests/field.ts';
import { type DatabaseImageView, databaseImages } from '../../../manifests/views/database-image.ts';
import { type ImmichContainerView, immich, repositoryOf } from '../../../manifests/views/immich.ts';
import { parseImage, postgresVersions } from '../../../values/image.ts';
import { parseOperatorVersion } from '../../../values/version.ts';
import { cluster, documents, server } from '../../examples.ts';
import type { Report, Rule } from '../../rule.ts';

export const unsupportedVectorchord: Rule = {
  id: 'unsupported-vectorchord',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Immich refuses to start, because it does not support this VectorChord or PostgreSQL.',
  why: "At start, Immich compares the versions of PostgreSQL and its vector extension with the ranges it knows, and stops when they do not fit. That happens after the upgrade was rolled out, with everybody's photos out of reach until one of the two goes back.",
  url: 'https://immich.app/docs/administration/postgres-standalone/',
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
        checkImage(found, image, report);
      }
    }
  },
};

function checkImage(
  { version }: ImmichContainerView,
  { image: field, isExtension }: DatabaseImageView,
  report: Report,
): void {
  const text = field.text ?? '';
  if (version === undefined || isUnknown(text)) {
    return;
  }
  if (version.major >= 3 && /pgvecto[.-]?rs/i.test(repositoryOf(text))) {
    report(field, {
      message: `Immich ${version.text} no longer knows pgvecto.rs, which is all that this image has; it ends with "No vector extension found".`,
      fix: 'Move to an image with VectorChord while Immich is still at v2, as its documentation says, and only then to v3.',
    });
    return;
  }
  const image = parseImage(text);
  const versions = image.ok ? postgresVersions(image.value) : undefined;
  if (versions === undefined) {
    return;
  }
  const { vectorChord, postgres } = supportOf(version);
  const vchord = versions.vectorchord === undefined ? undefined : parseOperatorVersion(versions.vectorchord);
  if (vectorChord !== undefined && vchord?.ok && isUnsupported(vchord.value, vectorChord)) {
    const { from, below, certain } = vectorChord;
    report(field, {
      message: `Immich ${version.text} works with VectorChord from ${from.text}${certain ? ` to below ${below.text}` : ''}, not with ${versions.vectorchord}; the server refuses to start.`,
      fix: 'Write an image with a VectorChord of that range, or another version of Immich.',
    });
  }
  if (!isExtension && (versions.major < postgres.from || versions.major >= postgres.below)) {
    report(field, {
      message: `Immich ${version.text} works with PostgreSQL ${postgres.from} to ${postgres.below - 1}, not with ${versions.major}.`,
      fix: `Write an image of PostgreSQL ${postgres.from} to ${postgres.below - 1}.`,
      ...(versions.major >= postgres.below ? { severity: 'warning' } : {}),
    });
  }
}
