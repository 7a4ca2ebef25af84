import { newestKnown, oldestSupported, supportOf } from '../../immich/versions.ts';
import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import { compareVersions } from '../../values/version.ts';
import type { Installation } from '../installation.ts';

/** Whether we know enough of this Immich version to describe it. */
export function checkVersion({ version }: Pick<Installation, 'version'>, at: Place): void {
  if (compareVersions(version, oldestSupported) < 0) {
    at.in('version').error(
      `${quote(version.text)} is older than ${oldestSupported.text}, the oldest that is supported here. Upgrade Immich first, or write a newer version.`,
    );
  } else if (supportOf(version).isNewerThanKnown) {
    at.in('version').warning(
      `${quote(version.text)} is newer than ${newestKnown.text}, the newest that is known here; it is treated the same. Read Immich's release notes for what changed.`,
    );
  }
}
