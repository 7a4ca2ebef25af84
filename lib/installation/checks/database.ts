import { settingMajorProblem } from '../../cnpg/setting-majors.ts';
import { isUnsupported, supportOf } from '../../immich/versions.ts';
import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import { type Image, postgresVersions } from '../../values/image.ts';
import { inRange, parseOperatorVersion, type Version } from '../../values/version.ts';
import type { Cnpg } from '../cnpg.ts';
import { databasePathOf } from '../database.ts';
import type { Installation } from '../installation.ts';
import { hasRemoteDatabase } from '../remote-database.ts';

/** The database can be reached from the cluster that Immich runs in. */
export function checkDatabasePlace({ database, clusters }: Installation, at: Place): void {
  const isElsewhere = hasRemoteDatabase({ clusters });
  if (database.kind === 'cnpg') {
    checkReach(database.cnpg, clusters.database, isElsewhere, at.in('database', 'cnpg'));
  } else if (isElsewhere) {
    at.in('clusters', 'database').error(
      `${quote(clusters.database)} has nothing to run: the database is external. Remove clusters.database.`,
    );
  }
}

/** A database that somebody else runs stands outside of Immich's own namespace. */
export function checkExternalDatabase(installation: Installation, at: Place): void {
  const { database, namespace } = installation;
  if (database.kind === 'external' && hasDatabaseBeside(installation)) {
    at.in(...databasePathOf(database)).error(
      `${quote(database.host)} is in Immich's own namespace, ${quote(namespace)}, whose network policies would cut it off. Write sharedNamespace: true, since the database lives there too; or database: { cnpg: ... } for a database that is made here.`,
    );
  }
}

/** Whether a database that somebody else runs is in a namespace that is said to be Immich's own. */
export function hasDatabaseBeside({
  database,
  namespace,
  sharedNamespace,
}: Pick<Installation, 'database' | 'namespace' | 'sharedNamespace'>): boolean {
  if (database.kind !== 'external' || sharedNamespace) return false;
  const [, , inside] = /^([^.]+)\.([^.]+)\.svc(\.|$)/.exec(database.host) ?? [];
  return inside === namespace;
}

/** The database has a PostgreSQL and a VectorChord that the version of Immich works with. */
export function checkDatabaseImage({ version, images }: Installation, at: Place): void {
  if (images.database !== undefined) checkImage(version, images.database, at.in('database', 'cnpg', 'image'));
}

/** PostgreSQL does not start with a setting of another major version. */
export function checkSettings({ database, images }: Installation, at: Place): void {
  const major = images.database && postgresVersions(images.database)?.major;
  if (database.kind !== 'cnpg' || major === undefined) return;
  for (const name of Object.keys(database.cnpg.parameters)) {
    const problem = settingMajorProblem(name, major);
    if (problem !== undefined) {
      at.in('database', 'cnpg', 'parameters', name).error(
        `${quote(name)} ${problem}, and the image has PostgreSQL ${major}, which would not start. Remove it.`,
      );
    }
  }
}

/** A database in another Kubernetes cluster has a name and a login there, and one in the same has no name of its own. */
export function checkReach(
  { host, credentials }: Pick<Cnpg, 'host' | 'credentials'>,
  cluster: string | undefined,
  isElsewhere: boolean,
  at: Place,
): void {
  const place = cluster === undefined ? 'another cluster' : `the cluster ${quote(cluster)}`;
  if (isElsewhere && host === undefined) {
    at.error(
      `"host" is missing: the database runs in ${place}, and Immich must find it by a name. Write host: immich-db.example.net.`,
    );
  }
  if (isElsewhere && credentials === undefined) {
    at.error(
      `"credentials" is missing: the Secret that CloudNativePG makes exists in ${cluster === undefined ? 'that cluster' : place} only. Write credentials: { secret: immich-db }, and create that Secret in both clusters.`,
    );
  }
  if (!isElsewhere && host !== undefined) {
    at.in('host').error(
      `${quote(host)} is not needed: the database runs in Immich's own cluster. Remove host, or write ${cluster === undefined ? 'isRemote: true' : 'clusters.database'}.`,
    );
  }
}

/** @param version Version of Immich; undefined where it is not known, so that the image is looked at alone. */
export function checkImage(version: Version | undefined, image: Image, at: Place): void {
  const { text } = image;
  const contained = postgresVersions(image);
  const contents =
    contained?.vectorchord === undefined ? undefined : parseOperatorVersion(contained.vectorchord);
  if (contained === undefined || !contents?.ok) {
    if (image.tag === undefined) {
      at.error(
        `${quote(text)} has a digest and no tag, and only a tag says which PostgreSQL and VectorChord are in it. Write the tag too, as in ${text.replace('@', ':17.10-1.1.1@')}.`,
      );
      return;
    }
    at.error(
      `${quote(text)} does not say which VectorChord it has. Write an image such as ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1, whose tag is <PostgreSQL>-<VectorChord>.`,
    );
    return;
  }
  if (version === undefined) return;
  const { vectorChord, postgres } = supportOf(version);
  if (contained.major < postgres.from || contained.major >= postgres.below) {
    at.error(
      `${quote(text)} has PostgreSQL ${contained.postgres}; Immich ${version.text} works with ${postgres.from} to ${postgres.below - 1}.`,
    );
  }
  if (vectorChord === undefined) {
    at.error(
      `${quote(text)}: which VectorChord Immich ${version.text} works with is not known. Use another version of Immich.`,
    );
  } else if (isUnsupported(contents.value, vectorChord)) {
    const { from, below, certain } = vectorChord;
    at.error(
      `${quote(text)} has VectorChord ${contents.value.text}; Immich ${version.text} starts with ${from.text} or newer${certain ? `, below ${below.text}` : ''}.`,
    );
  } else if (!inRange(contents.value, vectorChord)) {
    at.warning(
      `${quote(text)} has VectorChord ${contents.value.text}; that Immich ${version.text} starts with it is not recorded here, only with what is below ${vectorChord.below.text}. Look at VECTORCHORD_VERSION_RANGE in its server/src/constants.ts.`,
    );
  }
}
