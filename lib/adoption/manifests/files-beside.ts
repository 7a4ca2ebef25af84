import { isUnknown } from '../../manifests/field.ts';
import type { Path } from '../../text/path.ts';
import { type Piece, remark } from '../piece.ts';
import { mountsOf } from './mounted.ts';
import { placeOf } from './place.ts';
import type { Subject } from './subject.ts';

const path: Path = ['server'];

/** Files that the server has out of ConfigMaps and Secrets, and the variables that name certificates among them. */
export function filesBesidePieces({ server, variables }: Subject): Piece[] {
  const configuration = variables.get('IMMICH_CONFIG_FILE')?.value;
  const mounts = mountsOf(server).filter(
    ({ mount }) => configuration === undefined || !isAtOrBelow(configuration, mount.path),
  );
  return [
    ...mounts.flatMap(({ mount, volume }) => {
      const [kind, name] = [
        ['ConfigMap', volume.field.at('configMap', 'name').text],
        ['Secret', volume.field.at('secret', 'secretName').text],
      ].find(([, name]) => name !== undefined) ?? [undefined, undefined];
      return kind === undefined || name === undefined || isUnknown(name)
        ? []
        : [
            remark(
              path,
              `The ${kind} ${name} at ${mount.path} was not carried over. Where Immich needs it, server.volumes mounts one, as in docs/reference.md.`,
              placeOf(mount.field),
            ),
          ];
    }),
    ...certificateVariables.flatMap((name) => {
      const variable = variables.get(name);
      return variable === undefined
        ? []
        : [
            remark(
              path,
              `The variable ${name} was not carried over: the certificate that the database must prove itself with is named by ca, in the section database.`,
              placeOf(variable.field),
            ),
          ];
    }),
  ];
}

const certificateVariables = ['NODE_EXTRA_CA_CERTS', 'PGSSLROOTCERT', 'PGSSLMODE', 'DB_SSL_MODE'];

function isAtOrBelow(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}
