import { archiveFolderOf } from '../../cnpg/lineage.ts';
import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import { type Image, postgresVersions } from '../../values/image.ts';
import type { Cnpg } from '../cnpg.ts';
import type { Installation } from '../installation.ts';

/** What is imported fits into the database that is made for it, and the file says what it means while it is asked for. */
export function checkImport({ database, images, stopped }: Installation, at: Place): void {
  if (database.kind !== 'cnpg' || database.cnpg.importFrom === undefined) return;
  const place = at.in('database', 'cnpg');
  checkImported(database.cnpg, images.database, place);
  if (!stopped) {
    place
      .in('importFrom')
      .warning(
        'Immich would start on the copy as soon as it is there, before its rows were compared, and what people upload to the old one meanwhile is in neither. Stop the old Immich, and write stopped: true until the counts are the same.',
      );
  }
}

/** The same for a database alone. */
export function checkImported(cnpg: Cnpg, image: Image | undefined, at: Place): void {
  const { importFrom, restoreFrom, storage, name, backup } = cnpg;
  if (importFrom === undefined) return;
  const place = at.in('importFrom');
  if (restoreFrom !== undefined) {
    place.error(twoBeginnings);
  }
  const major = image === undefined ? undefined : postgresVersions(image)?.major;
  if (major !== undefined && importFrom.postgres > major) {
    place
      .in('postgres')
      .error(
        `${quote(String(importFrom.postgres))} is newer than the PostgreSQL ${major} of image, whose pg_dump cannot read it. Write an image with PostgreSQL ${importFrom.postgres} or newer.`,
      );
  }
  checkRoom(importFrom.size, storage.size, place.in('size'));
  if (importFrom.sslmode === 'disable') {
    place
      .in('sslmode')
      .warning(
        '"disable" sends every name, place and face of the library through the network unencrypted. Do it only inside of one machine or one Kubernetes cluster, or turn TLS on in the old server and write require.',
      );
  }
  const folder =
    backup === 'none' ? '' : ` and archives to ${quote(archiveFolderOf(cnpg))}, which must be empty`;
  place.warning(
    `Whenever the database ${quote(name)} is created, it starts as what ${quote(importFrom.database)} at ${importFrom.host}:${importFrom.port} holds at that time${folder}. A database that exists is not touched. Remove importFrom as soon as the counts are the same and a backup is made.`,
  );
}

/** What is said where a new database would start from two things. */
export const twoBeginnings =
  '"importFrom" and "restoreFrom" both say what a new database starts from. Keep the one that is meant.';

/** The dump lies beside the data for as long as it is read: https://cloudnative-pg.io/documentation/current/database_import/ */
function checkRoom(needed: Cnpg['storage']['size'], given: Cnpg['storage']['size'], at: Place): void {
  if (given.amount < needed.amount) {
    at.error(
      `${quote(needed.text)} does not fit into database.cnpg.storage.size, which is ${quote(given.text)}. Write a size of at least twice as much there: the dump lies beside the data until it is read.`,
    );
  } else if (given.amount < 2 * needed.amount) {
    at.warning(
      `${quote(needed.text)} may not fit into database.cnpg.storage.size, ${quote(given.text)}, together with its dump, which lies beside the data until it is read. Write a size of at least twice as much there; it can never shrink, but the database grows too.`,
    );
  }
}
