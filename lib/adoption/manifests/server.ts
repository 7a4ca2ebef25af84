import { newestKnown } from '../../immich/versions.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import type { ImmichContainerView } from '../../manifests/views/immich.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';
import { companionPieces } from './companions.ts';
import { containerPieces, resourcePieces } from './container.ts';
import { devicePieces } from './devices.ts';
import { filesBesidePieces } from './files-beside.ts';
import { pieceOf, placeOf } from './place.ts';
import { placementPieces } from './placement.ts';
import type { Subject } from './subject.ts';

/** Version, time zone and the sections `server` and `machineLearning`. */
export function programPieces(subject: Subject): Piece[] {
  const { inventory, server, microservices, machineLearning } = subject;
  return [
    versionPiece(subject),
    ...timezonePieces(subject),
    ...containerPieces(inventory, ['server'], server, {
      image: 'ghcr.io/immich-app/immich-server',
      consumed: consumedByServer,
    }),
    ...replicaPieces(
      ['server', 'replicas'],
      server.workload.replicas,
      placeOf(server.workload.field.at('spec', 'replicas')),
    ),
    ...switchPieces(subject),
    ...filesBesidePieces(subject),
    ...(microservices === undefined ? [] : workerPieces(inventory, microservices)),
    ...(machineLearning === undefined
      ? [
          remark(
            ['machineLearning'],
            'No machine learning was found in the manifests. dist brings one: search by content and faces come with it.',
          ),
        ]
      : [
          ...containerPieces(inventory, ['machineLearning'], machineLearning, {
            image: 'ghcr.io/immich-app/immich-machine-learning',
            consumed: consumedByMachineLearning,
          }),
          ...replicaPieces(
            ['machineLearning', 'replicas'],
            machineLearning.workload.replicas,
            placeOf(machineLearning.workload.field.at('spec', 'replicas')),
          ),
        ]),
  ];
}

/** A worker for background jobs that runs in a pod of its own. */
function workerPieces(inventory: Inventory, worker: ImmichContainerView): Piece[] {
  const path = ['server', 'microservices'];
  return [
    take([...path, 'separate'], true, placeOf(worker.workload.field)),
    ...resourcePieces(path, worker.container),
    ...devicePieces(inventory, path, worker),
    ...placementPieces(path, worker.workload),
    ...companionPieces(path, worker),
  ];
}

function versionPiece({ server: { version, container } }: Subject): Piece {
  const { image } = container;
  return version === undefined
    ? leaveOpen(
        ['version'],
        'the version of Immich that runs now, such as v3.3.1; its web interface shows it, below on the left',
        newestKnown.text,
        placeOf(image),
      )
    : take(['version'], `v${version.major}.${version.minor}.${version.patch}`, placeOf(image));
}

function timezonePieces({ variables }: Subject): Piece[] {
  const zone = variables.get('TZ');
  return zone === undefined || zone.field.at('value').text === undefined
    ? []
    : pieceOf(['timezone'], zone.field.at('value'));
}

function replicaPieces(path: Piece['path'], replicas: number | undefined, from: string): Piece[] {
  return replicas === undefined || replicas <= 1 ? [] : [take(path, replicas, from)];
}

/** Variables that have a key of their own. */
function switchPieces({ variables }: Subject): Piece[] {
  const proxies = variables.get('IMMICH_TRUSTED_PROXIES');
  const list = proxies?.value?.split(',').map((one) => one.trim());
  return proxies === undefined || list === undefined || list.some((one) => one.includes('${'))
    ? []
    : [take(['server', 'trustedProxies'], list, placeOf(proxies.field))];
}

/** Where a server finds its database and its queue; charts give it to every container. */
const connections = [
  ...['DB_URL', 'DB_HOSTNAME', 'DB_PORT', 'DB_USERNAME', 'DB_PASSWORD', 'DB_DATABASE_NAME', 'DB_SSL_MODE'],
  ...['PGSSLMODE', 'PGSSLROOTCERT', 'NODE_EXTRA_CA_CERTS', 'DB_VECTOR_EXTENSION'],
  ...[
    'REDIS_URL',
    'REDIS_HOSTNAME',
    'REDIS_PORT',
    'REDIS_SOCKET',
    'REDIS_USERNAME',
    'REDIS_PASSWORD',
    'REDIS_DBINDEX',
  ],
  ...['TZ', 'HOME', 'NO_COLOR', 'IMMICH_HOST', 'IMMICH_PORT', 'IMMICH_MEDIA_LOCATION', 'IMMICH_CONFIG_FILE'],
  ...['IMMICH_MACHINE_LEARNING_URL', 'IMMICH_TRUSTED_PROXIES', 'IMMICH_ALLOW_SETUP'],
  ...['IMMICH_WORKERS_INCLUDE', 'IMMICH_WORKERS_EXCLUDE'],
];

/** What dist says itself, by keys of its own. */
const consumedByServer = new Set(connections);

const consumedByMachineLearning = new Set([
  ...connections,
  ...[
    'MACHINE_LEARNING_CACHE_FOLDER',
    'TRANSFORMERS_CACHE',
    'HF_HOME',
    'HF_HUB_OFFLINE',
    'HF_XET_CACHE',
    'MPLCONFIGDIR',
  ],
]);
