import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import type { Installation } from '../installation.ts';
import { isWithin } from '../mount-path.ts';

/** No external library hides a further volume of the server, or is hidden by one. */
export function checkExternalLibraries({ externalLibraries, server }: Installation, at: Place): void {
  for (const [name, { path }] of Object.entries(externalLibraries)) {
    const other = Object.entries(server.volumes ?? {}).find(
      ([, one]) => isWithin(path, one.path) || isWithin(one.path, path),
    );
    if (other !== undefined) {
      at.in('volumes', 'externalLibraries', name, 'path').error(
        `${quote(path)} and ${quote(other[1].path)} of server.volumes.${other[0]} hide each other. Give each a folder of its own.`,
      );
    }
  }
}
