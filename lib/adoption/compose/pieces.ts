import { newestDatabaseImage, newestKnown } from '../../immich/versions.ts';
import { repositoryOf, versionOf } from '../../manifests/views/immich.ts';
import { clientsPiece } from '../manifests/route.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';
import type { ComposeFile, ComposeService } from './compose-file.ts';

/** What is found out of a compose file, for an Immich that moves from one machine into a Kubernetes cluster. */
export function composePieces(compose: ComposeFile, name: string): Piece[] | undefined {
  const services = [...compose.services.values()];
  const of = (image: RegExp) => services.find((one) => image.test(repositoryOf(one.image)));
  const server = of(/(^|\/)immich-server$/);
  if (server === undefined) return undefined;
  return [
    take(['name'], name),
    versionPiece(server),
    leaveOpen(['host'], 'the DNS name of your photos, such as photos.example.com', 'photos.example.com'),
    ...timezonePieces(server),
    ...libraryPieces(server),
    ...databasePieces(server, of(/postgres|pgvecto|vectorchord/)),
    take(
      ['route', 'none'],
      {},
      undefined,
      'Write traefik, gateway, ingress or tailscale in its place: the way in of your cluster.',
    ),
    clientsPiece,
    ...environmentPieces('server', server),
    ...learningPieces(of(/(^|\/)immich-machine-learning$/)),
    ...deviceRemarks('server', server),
    remark(
      [],
      'Valkey is made anew: jobs that wait are lost. Let the queues run empty before the last dump.',
    ),
  ];
}

function versionPiece({ image, from, environment }: ComposeService): Piece {
  const version = versionOf(image);
  const place = environment.get('IMMICH_VERSION')?.from ?? from;
  return version === undefined
    ? leaveOpen(
        ['version'],
        'the version that runs now, such as v3.3.1; the web interface shows it, below on the left',
        newestKnown.text,
        place,
      )
    : take(['version'], `v${version.major}.${version.minor}.${version.patch}`, place);
}

function timezonePieces({ environment }: ComposeService): Piece[] {
  const zone = environment.get('TZ');
  return zone === undefined ? [] : [take(['timezone'], zone.value, zone.from)];
}

function libraryPieces({ mounts }: ComposeService): Piece[] {
  const path = ['volumes', 'library'];
  const library = mounts.find(({ target }) => ['/data', '/usr/src/app/upload'].includes(target));
  const others = mounts.filter((one) => one !== library && !/^\/(etc|dev|tmp)(\/|$)/.test(one.target));
  return [
    leaveOpen(
      [...path, 'storageClass'],
      'the storage class that the photos are copied to, or write nfs: { server, path } for a share that has them',
      'standard',
      library?.from,
    ),
    leaveOpen([...path, 'size'], 'how large the photos may become, such as 500Gi', '500Gi'),
    take(
      [...path, 'backup'],
      'none',
      undefined,
      'Write { volsync: {} } or { longhorn: {} } for a backup from dist.',
    ),
    leaveOpen([...path, 'reason'], 'what keeps the photos safe', 'to be filled in'),
    remark(
      path,
      library === undefined
        ? 'Where compose keeps the photos was not found.'
        : `The photos are in ${library.source} on the machine of compose. docs/moving-in.md has the commands that copy them.`,
      library?.from,
    ),
    leaveOpen(['volumes', 'models', 'storageClass'], 'your storage class', 'standard'),
    take(['volumes', 'models', 'size'], '20Gi', undefined, 'Models are downloaded again.'),
    ...others.map(({ source, target, readOnly, from }) =>
      remark(
        ['volumes'],
        library !== undefined && target.startsWith(`${library.target}/`)
          ? `The folder ${source} is ${target} for Immich, a part of the library: copy it into the folder ${target.slice(library.target.length + 1)} of the new one, after ${library.source}.`
          : `The folder ${source} at ${target}${readOnly ? ', read-only,' : ''} was not carried over: a pod sees no folder of that machine.`,
        from,
      ),
    ),
  ];
}

function databasePieces(server: ComposeService, database: ComposeService | undefined): Piece[] {
  const path = ['database', 'cnpg'];
  const version = versionOf(server.image) ?? newestKnown;
  const image = newestDatabaseImage(version);
  return [
    image === undefined
      ? leaveOpen(
          [...path, 'image'],
          'an image of PostgreSQL with VectorChord that this version of Immich works with',
          'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1',
        )
      : take([...path, 'image'], image),
    leaveOpen([...path, 'storage', 'storageClass'], 'a storage class of local or block storage', 'standard'),
    take([...path, 'storage', 'size'], '20Gi'),
    take([...path, 'parameters', 'max_slot_wal_keep_size'], '5GB'),
    leaveOpen([...path, 'backup', 's3', 'bucket'], 'your S3 bucket', 'to-be-filled-in'),
    leaveOpen(
      [...path, 'backup', 's3', 'endpoint'],
      'the address of your S3 service, such as https://s3.example.com',
      'https://s3.example.com',
    ),
    take([...path, 'backup', 's3', 'credentials'], 'immich-backup'),
    ...(database === undefined
      ? []
      : [
          remark(
            ['database'],
            `The database of compose runs as ${database.image}. Its content moves by a dump, with the way back in docs/moving-in.md: ${dumpCommand(server, database)}`,
            database.from,
          ),
          ...pgvectorsPieces(database, version.major),
        ]),
  ];
}

/** The dump of the database under the names that it has here, which are not those of everybody. */
function dumpCommand(server: ComposeService, database: ComposeService): string {
  const named = (ofServer: string, ofDatabase: string, standard: string) => {
    const written = database.environment.get(ofDatabase) ?? server.environment.get(ofServer);
    return written !== undefined && /^[\w-]+$/.test(written.value) ? written.value : standard;
  };
  const user = named('DB_USERNAME', 'POSTGRES_USER', 'postgres');
  const name = named('DB_DATABASE_NAME', 'POSTGRES_DB', 'immich');
  return `docker compose exec -T ${database.name} pg_dump --clean --if-exists --no-owner --no-privileges --username=${user} --dbname=${name} | gzip > dump.sql.gz`;
}

/** pgvecto.rs goes only over an Immich v2 and an image that has both extensions. */
function pgvectorsPieces({ image, from }: ComposeService, major: number): Piece[] {
  if (/pgvecto[-.]?rs/.test(repositoryOf(image))) {
    return [
      remark(
        ['database'],
        'This image has pgvecto.rs and no VectorChord, so that a dump of today cannot be read by dist. First "From pgvecto.rs" in docs/moving-in.md, and only then the dump.',
        from,
      ),
    ];
  }
  return [
    ...(/pgvecto\.?rs|pgvectors/.test(image) && major >= 3
      ? [
          remark(
            ['database'],
            'This image also has pgvecto.rs, which Immich v3 no longer knows. If Immich has never run with VectorChord here, start a v2 with this image first and wait until its log says that the indexes were built.',
            from,
          ),
        ]
      : []),
  ];
}

function learningPieces(learning: ComposeService | undefined): Piece[] {
  return learning === undefined
    ? [remark(['machineLearning'], 'No machine learning was found. dist brings one.')]
    : [...environmentPieces('machineLearning', learning), ...deviceRemarks('machineLearning', learning)];
}

/** What reaches the container and is of Immich; the rest of `.env` is of compose. */
function environmentPieces(section: 'server' | 'machineLearning', { environment }: ComposeService): Piece[] {
  const wanted = section === 'server' ? /^IMMICH_|^CPU_CORES$/ : /^MACHINE_LEARNING_|^IMMICH_LOG_LEVEL$/;
  return [...environment.values()]
    .filter(({ name, value }) => wanted.test(name) && !consumed.has(name) && value !== '')
    .map(({ name, value, from }) => take([section, 'environment', name], value, from));
}

const consumed = new Set([
  ...['IMMICH_VERSION', 'IMMICH_HOST', 'IMMICH_PORT', 'IMMICH_MEDIA_LOCATION', 'IMMICH_MACHINE_LEARNING_URL'],
  ...['IMMICH_ALLOW_SETUP', 'IMMICH_TRUSTED_PROXIES', 'IMMICH_CONFIG_FILE', 'MACHINE_LEARNING_CACHE_FOLDER'],
]);

function deviceRemarks(section: string, { devices }: ComposeService): Piece[] {
  return devices.map(({ value, from }) =>
    remark(
      [section],
      `A device${value === '' ? '' : ` (${value})`} was not carried over: a node of your cluster has to have one, and its plugin.`,
      from,
    ),
  );
}
