import { secretOf } from '../../cnpg/names.ts';
import type { Field } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import { type Piece, remark, take } from '../piece.ts';
import { backupPieces } from './backup.ts';
import { databaseImagePieces } from './database-image.ts';
import { pieceOf, placeOf } from './place.ts';
import type { Subject } from './subject.ts';

const path = ['database', 'cnpg'];

/** A Cluster that dist carries on: the same object, the same volumes, the same folder in the store. */
export function clusterPieces(subject: Subject, cluster: Field): Piece[] {
  const spec = cluster.at('spec');
  const secret = secretOfLogin(cluster);
  const isOwn = secret === undefined || secret.text === secretOf(nameOf(cluster), 'app');
  const host = spec.at('certificates', 'serverAltDNSNames', 0);
  const isRemote = host.exists && host.text === subject.variables.get('DB_HOSTNAME')?.value;
  return [
    ...pieceOf([...path, 'name'], cluster.at('metadata', 'name')),
    ...databaseImagePieces(cluster),
    take([...path, 'instances'], spec.at('instances').number ?? 1, placeOf(spec.at('instances'))),
    ...storagePieces([...path, 'storage'], spec.at('storage')),
    ...(spec.at('walStorage').exists ? storagePieces([...path, 'walStorage'], spec.at('walStorage')) : []),
    ...resourcePieces(spec.at('resources')),
    ...spec
      .at('postgresql', 'parameters')
      .entries.flatMap(([name, value]) => pieceOf([...path, 'parameters', name], value)),
    ...(isRemote ? [...pieceOf([...path, 'host'], host), ...clientPieces(spec)] : []),
    ...(isOwn ? [] : pieceOf([...path, 'credentials', 'secret'], secret)),
    ...backupPieces(subject, cluster),
    ...lossPieces(spec),
  ];
}

/** The Kubernetes clusters of an installation whose database is in another one. */
export function clusterNames(subject: Subject, cluster: Field | undefined, name: string): Piece[] {
  const host = cluster?.at('spec', 'certificates', 'serverAltDNSNames', 0).text;
  return host === undefined || host !== subject.variables.get('DB_HOSTNAME')?.value
    ? []
    : [
        take(
          ['clusters'],
          { app: name, database: `${name}-data` },
          undefined,
          'The database is reached by a name from outside, so that it is in another Kubernetes cluster. Both names are those of folders.',
        ),
      ];
}

function secretOfLogin(cluster: Field): Field | undefined {
  return ['initdb', 'recovery', 'pg_basebackup']
    .map((way) => cluster.at('spec', 'bootstrap', way, 'secret', 'name'))
    .find((name) => name.exists);
}

/** The storage of an instance, class and size. */
export function storagePieces(at: Piece['path'], storage: Field): Piece[] {
  return [
    ...pieceOf([...at, 'storageClass'], storage.at('storageClass'), {
      what: 'the storage class of the volumes of the database that are there: kubectl get persistentvolumeclaim shows it',
      standIn: 'standard',
    }),
    ...pieceOf([...at, 'size'], storage.at('size'), { what: 'its size', standIn: '20Gi' }),
  ];
}

function resourcePieces(resources: Field): Piece[] {
  const lists = ['requests', 'limits'].flatMap((kind): Piece[] => {
    const entries = ['cpu', 'memory'].flatMap((name) => {
      const value = resources.get(kind, name);
      return value === undefined || value === null ? [] : [[name, value] as const];
    });
    return entries.length === 0
      ? []
      : [take([...path, 'resources', kind], Object.fromEntries(entries), placeOf(resources.at(kind)))];
  });
  return lists.length === 1 && lists[0]?.path.at(-1) === 'requests'
    ? [...lists, take([...path, 'resources', 'limits'], {}, undefined, 'There is no limit today.')]
    : lists;
}

function clientPieces(spec: Field): Piece[] {
  const service = spec.at('managed', 'services', 'additional', 0, 'serviceTemplate');
  const annotations = service.at('metadata', 'annotations');
  return [
    ...pieceOf([...path, 'clients'], service.at('spec', 'loadBalancerSourceRanges')),
    ...(annotations.entries.length === 0 ? [] : pieceOf([...path, 'service', 'annotations'], annotations)),
  ];
}

/** What of a Cluster has no key. */
function lossPieces(spec: Field): Piece[] {
  const told: readonly (readonly [Field, string])[] = [
    [
      spec.at('bootstrap', 'recovery'),
      'bootstrap.recovery was not carried over: it does nothing to a database that is there. To restore into a new life, write lineage and restoreFrom.',
    ],
    [
      spec.at('managed', 'roles'),
      'managed.roles was not carried over: dist has the one role that Immich needs.',
    ],
    [
      spec.at('affinity', 'nodeSelector'),
      'The nodeSelector was not carried over: dist spreads instances over nodes.',
    ],
    [spec.at('monitoring'), 'spec.monitoring was not carried over: monitoring.enabled makes a PodMonitor.'],
  ];
  const superuser = spec.at('enableSuperuserAccess');
  return [
    ...told.filter(([field]) => field.exists).map(([field, text]) => remark(path, text, placeOf(field))),
    ...(superuser.value === true
      ? [
          remark(
            path,
            'enableSuperuserAccess is true today and false in dist: the password of postgres goes, and with it whatever logs in by it.',
            placeOf(superuser),
          ),
        ]
      : []),
    ...spec
      .at('postgresql', 'shared_preload_libraries')
      .items.filter(({ text }) => text !== 'vchord.so')
      .map((one) => remark(path, `The library ${one.text ?? ''} is no longer preloaded.`, placeOf(one))),
  ];
}
