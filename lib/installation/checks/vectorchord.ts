import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import { postgresVersions } from '../../values/image.ts';
import { compareVersions, type Version } from '../../values/version.ts';
import type { Cnpg } from '../cnpg.ts';
import type { Installation } from '../installation.ts';

/** VectorChord that comes as an image volume needs what can mount one. */
export function checkVectorChord({ database, kubernetes }: Installation, at: Place): void {
  if (database.kind !== 'cnpg') return;
  const section = at.in('database', 'cnpg');
  checkExtensionImage(database.cnpg, section);
  if (database.cnpg.vectorchord !== undefined) checkVolumes(kubernetes, section.in('vectorchord'));
}

/** https://cloudnative-pg.io/documentation/current/imagevolume_extensions/#requirements */
export function checkExtensionImage(
  { image, operator, vectorchord }: Pick<Cnpg, 'image' | 'operator' | 'vectorchord'>,
  at: Place,
): void {
  if (vectorchord === undefined) return;
  const { vectorchord: _, ...server } = image;
  const own = postgresVersions(server);
  const brought = postgresVersions(vectorchord.image);
  const place = at.in('vectorchord', 'image');
  if (brought?.vectorchord === undefined) {
    place.error(
      `${quote(vectorchord.image.text)} does not say which VectorChord it has. Write an image such as ghcr.io/tensorchord/vchord-scratch:pg18-v1.1.1, whose tag is pg<PostgreSQL>-v<VectorChord>.`,
    );
  }
  if (compareVersions(operator, firstOperator) < 0) {
    at.in('operator').error(
      `${quote(operator.text)} mounts no images of extensions, which CloudNativePG does from ${firstOperator.text} on. Write the operator that the cluster has, or an image with VectorChord in it.`,
    );
  }
  if (own === undefined) return;
  if (own.vectorchord !== undefined) {
    place.error(
      `${quote(image.text)} has VectorChord ${own.vectorchord} already. Remove vectorchord, or write an image without it, such as ghcr.io/cloudnative-pg/postgresql:18.4-standard-bookworm.`,
    );
    return;
  }
  if (own.major < 18) {
    place.error(
      `${quote(image.text)} has PostgreSQL ${own.postgres}, which looks for extensions in its own folder only; from 18 on it can be told of others. Write an image with VectorChord in it.`,
    );
  } else if (brought !== undefined && brought.major !== own.major) {
    place.error(
      `${quote(vectorchord.image.text)} is made for PostgreSQL ${brought.major}, and image has ${own.major}, which would not start. Write the one for pg${own.major}.`,
    );
  }
  if (/(^|-)minimal(-|$)/.test(image.tag ?? '')) {
    at.in('image').error(
      `${quote(image.text)} lacks pgvector, which VectorChord needs. Write the one with "standard" in the place of "minimal".`,
    );
  }
}

const firstOperator: Version = { text: '1.27', major: 1, minor: 27, patch: 0 };
/** With a feature gate, and by itself: https://kubernetes.io/docs/tasks/configure-pod-container/image-volumes/ */
const firstGated: Version = { text: '1.33', major: 1, minor: 33, patch: 0 };
const firstOpen: Version = { text: '1.35', major: 1, minor: 35, patch: 0 };

function checkVolumes(kubernetes: Version | undefined, at: Place): void {
  const needed = `An image volume needs Kubernetes ${firstOpen.text}, or ${firstGated.text} with the feature gate ImageVolume; and containerd 2.1 or CRI-O 1.31 on the nodes`;
  if (kubernetes === undefined) {
    at.error(`${needed}. Write kubernetes: ${quote(firstOpen.text)}, or what the cluster has.`);
  } else if (compareVersions(kubernetes, firstGated) < 0) {
    at.error(
      `${needed}, and the cluster has ${kubernetes.text}. Write an image with VectorChord in it, and remove vectorchord.`,
    );
  } else if (compareVersions(kubernetes, firstOpen) < 0) {
    at.warning(
      `${needed}, and the cluster has ${kubernetes.text}: without the gate the database does not start.`,
    );
  }
}
