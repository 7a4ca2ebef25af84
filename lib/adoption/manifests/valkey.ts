import { type Field, isUnknown } from '../../manifests/field.ts';
import { hostOf } from '../../manifests/views/database-host.ts';
import { immich } from '../../manifests/views/immich.ts';
import type { WorkloadView } from '../../manifests/views/workload.ts';
import { valkeyName } from '../../names.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';
import { claimOf } from './claims.ts';
import type { Way } from './egress.ts';
import { pieceOf, placeOf } from './place.ts';
import type { Subject } from './subject.ts';

/** The section `valkey`, and the server of it that stays in the namespace as it is. */
export interface ValkeyFound {
  readonly pieces: readonly Piece[];
  readonly stays: readonly Field[];
  readonly ways: readonly Way[];
}

/** The queue of jobs: one of Immich's own is made anew, one that others have is used on. */
export function valkeyFound(subject: Subject): ValkeyFound {
  const { inventory, variables, namespace } = subject;
  const url = variables.get('REDIS_URL');
  const host = variables.get('REDIS_HOSTNAME');
  if (url !== undefined) return { pieces: urlPieces(url.field), stays: [], ways: [] };
  if (host === undefined) return { pieces: [], stays: [], ways: [] };
  if (host.value === undefined || isUnknown(host.value)) {
    return {
      pieces: [
        remark(
          ['valkey'],
          'Which Valkey or Redis is used does not stand here. dist makes one of its own.',
          placeOf(host.field),
        ),
      ],
      stays: [],
      ways: [],
    };
  }
  const place = hostOf(host.value, namespace);
  const own = immich(inventory).redis.find(
    (one) => one.namespace === namespace && isAt(subject, one, place.name),
  );
  if (own !== undefined) return { pieces: ownPieces(subject, own), stays: [], ways: [] };
  if (isLoopback(host.value)) {
    const text =
      'Valkey runs in the pod of the server today. dist makes one of its own beside it: jobs that wait are lost.';
    return { pieces: [remark(['valkey'], text, placeOf(host.field))], stays: [], ways: [] };
  }
  const dragonfly = inventory
    .all('dragonflydb.io', 'Dragonfly')
    .filter(
      (one) =>
        one.at('metadata', 'namespace').text === namespace && one.get('metadata', 'name') === place.name,
    );
  return {
    pieces: externalPieces(subject, host.value, place, host.field),
    stays: dragonfly,
    // https://github.com/dragonflydb/dragonfly-operator: pods have the label app.
    ways: dragonfly.map(() => ({ labels: { app: place.name }, port: 6379, why: 'Valkey' })),
  };
}

function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+)$/.test(host);
}

function isAt({ inventory, namespace }: Subject, workload: WorkloadView, service: string): boolean {
  const selector = inventory.service(namespace, service)?.field?.at('spec', 'selector').labels ?? {};
  return Object.entries(selector).every(([label, value]) => workload.labels[label] === value);
}

/** A Valkey of Immich alone: jobs that wait can be started again, so that nothing of it is kept but its claim. */
function ownPieces(subject: Subject, workload: WorkloadView): Piece[] {
  const path = ['valkey'];
  if (workload.name !== valkeyName) {
    return [
      remark(
        path,
        `${workload.kind} ${workload.name} is replaced by a Valkey of dist. Jobs that wait in it are lost: let the queues run empty before the switch, or start the jobs again under Administration, Job Queues.`,
        placeOf(workload.field),
      ),
    ];
  }
  const volume = workload.volumes.find(({ claim }) => claim?.text === valkeyName);
  const claim = volume === undefined ? undefined : claimOf(subject.inventory, workload.namespace, valkeyName);
  const [container] = workload.containers.filter(({ init }) => !init);
  return [
    ...(container === undefined ? [] : pieceOf([...path, 'image'], container.image)),
    ...(claim === undefined
      ? []
      : [
          ...pieceOf([...path, 'persistence', 'storageClass'], claim.at('spec', 'storageClassName')),
          ...pieceOf([...path, 'persistence', 'size'], claim.at('spec', 'resources', 'requests', 'storage')),
        ]),
    ...passwordPieces(subject, [...path, 'password']),
  ];
}

function externalPieces(
  subject: Subject,
  written: string,
  place: { readonly name: string; readonly namespace: string | undefined },
  field: Field,
): Piece[] {
  const path = ['valkey', 'external'];
  const isOutside = /^[^.]+\.[^.]+\.(?!svc(\.|$))/.test(written) || /^\d+\.\d+\.\d+\.\d+$/.test(written);
  const host = isOutside ? written : `${place.name}.${place.namespace ?? 'default'}.svc.cluster.local`;
  const numbers = (['REDIS_PORT', 'REDIS_DBINDEX'] as const).flatMap((name) => {
    const variable = subject.variables.get(name);
    const value = Number(variable?.value);
    return variable?.value === undefined || !Number.isInteger(value)
      ? []
      : [take([...path, name === 'REDIS_PORT' ? 'port' : 'database'], value, placeOf(variable.field))];
  });
  const user = subject.variables.get('REDIS_USERNAME');
  return [
    take([...path, 'host'], host, placeOf(field)),
    ...numbers,
    ...(user?.value === undefined ? [] : [take([...path, 'username'], user.value, placeOf(user.field))]),
    ...passwordPieces(subject, [...path, 'password']),
  ];
}

function passwordPieces({ variables }: Subject, path: Piece['path']): Piece[] {
  const variable = variables.get('REDIS_PASSWORD');
  if (variable === undefined) return [];
  const { from } = variable;
  return from?.kind === 'Secret' && from.name.text !== undefined && !isUnknown(from.name.text)
    ? [take(path, { secret: from.name.text, key: from.key?.text ?? variable.name }, placeOf(from.name))]
    : [
        leaveOpen(
          path,
          '{ secret, key } of the password',
          { secret: 'to-be-filled-in', key: 'password' },
          placeOf(variable.field),
        ),
      ];
}

function urlPieces(url: Field): Piece[] {
  const secret = url.at('valueFrom', 'secretKeyRef');
  const [name, key] = [secret.at('name').text, secret.at('key').text];
  return [
    name === undefined || key === undefined
      ? leaveOpen(
          ['valkey', 'external', 'url'],
          '{ secret, key } of REDIS_URL',
          { secret: 'to-be-filled-in', key: 'url' },
          placeOf(url),
        )
      : take(['valkey', 'external', 'url'], { secret: name, key }, placeOf(secret)),
  ];
}
