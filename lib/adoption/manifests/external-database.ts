import { secretOf, serviceOf } from '../../cnpg/names.ts';
import { type Field, isUnknown } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import { nameOf } from '../../manifests/name.ts';
import { databaseHosts } from '../../manifests/views/database-host.ts';
import type { VariableView } from '../../manifests/views/environment.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';
import { pieceOf, placeOf } from './place.ts';
import type { Subject } from './subject.ts';

const path = ['database', 'external'];

/** The login of a database that stays as it is. */
export function externalPieces(subject: Subject, cluster?: Field): Piece[] {
  const { variables } = subject;
  const start = ['initdb', 'recovery']
    .map((way) => cluster?.at('spec', 'bootstrap', way))
    .find((way) => way?.exists);
  return [
    hostPiece(subject, cluster),
    ...numberPieces(variables.get('DB_PORT')),
    ...namePieces(subject, 'database', start?.at('database')),
    ...namePieces(subject, 'username', start?.at('owner')),
    passwordPiece(subject, cluster),
  ];
}

function hostPiece(subject: Subject, cluster: Field | undefined): Piece {
  const at = [...path, 'host'];
  if (cluster !== undefined) return take(at, hostOfCluster(cluster), placeOf(cluster.at('metadata', 'name')));
  const [host] = databaseHosts(subject.inventory, subject.server);
  if (host === undefined || isUnknown(host.name)) {
    const from = subject.variables.get('DB_HOSTNAME') ?? subject.variables.get('DB_URL');
    return leaveOpen(
      at,
      'the host of the database, such as postgres.database.svc.cluster.local',
      'database.example.com',
      from === undefined ? undefined : placeOf(from.field),
    );
  }
  if (/^(localhost|127\.0\.0\.1)$/.test(host.name)) {
    return leaveOpen(
      at,
      'the Service of the database once it runs in a pod of its own; today it runs in the pod of the server, which goes',
      'database.example.com',
      placeOf(host.field),
    );
  }
  const written = subject.variables.get('DB_HOSTNAME')?.value;
  const isOutside = written !== undefined && /^[^.]+\.[^.]+\.(?!svc(\.|$))/.test(written);
  const inside = `${host.name}.${host.namespace ?? subject.namespace ?? 'default'}.svc.cluster.local`;
  return take(at, isOutside ? written : inside, placeOf(host.field));
}

function numberPieces(variable: VariableView | undefined): Piece[] {
  const port = Number(variable?.value);
  return variable === undefined || !Number.isInteger(port) || port === 5432
    ? []
    : [take([...path, 'port'], port, placeOf(variable.field))];
}

function namePieces(
  { variables, server }: Subject,
  key: 'database' | 'username',
  of: Field | undefined,
): Piece[] {
  const standard = 'immich';
  const variable = variables.get(key === 'database' ? 'DB_DATABASE_NAME' : 'DB_USERNAME');
  const all = server.container.environmentFrom.find(({ kind }) => kind === 'Secret');
  if (variable?.value !== undefined) {
    return variable.value === standard ? [] : valuePieces([...path, key], variable.value, variable.field);
  }
  if (of?.text !== undefined) return of.text === standard ? [] : pieceOf([...path, key], of);
  // Immich's own default: https://docs.immich.app/install/environment-variables#database
  if (variable === undefined) {
    if (all !== undefined) {
      return [
        remark(
          path,
          `Whether the ${key} is called ${standard} stands in the Secret ${all.name.text ?? ''}, if anywhere. Write ${key} if it is not.`,
          placeOf(all.name),
        ),
      ];
    }
    return key === 'username'
      ? [take([...path, key], 'postgres', undefined, "Immich's default, as nothing is said.")]
      : [];
  }
  return [
    remark(
      path,
      `Whether the ${key} is called ${standard} stands in a Secret. Write ${key} if it is not.`,
      placeOf(variable.field),
    ),
  ];
}

function valuePieces(at: Piece['path'], value: Value, field: Field): Piece[] {
  return typeof value === 'string' && isUnknown(value)
    ? [
        leaveOpen(
          at,
          `the ${String(at.at(-1))} of the database; today a variable of Flux`,
          'immich',
          placeOf(field),
        ),
      ]
    : [take(at, value, placeOf(field))];
}

function passwordPiece({ variables, server }: Subject, cluster: Field | undefined): Piece {
  const at = [...path, 'password'];
  const variable = variables.get('DB_PASSWORD');
  const from = variable?.from;
  const key = from?.key?.text ?? variable?.name;
  if (
    from?.kind === 'Secret' &&
    from.name.text !== undefined &&
    !isUnknown(from.name.text) &&
    key !== undefined
  ) {
    return take(at, { secret: from.name.text, key }, placeOf(from.name));
  }
  const url = variables.get('DB_URL')?.from?.name.text;
  if (cluster !== undefined && url === secretOf(nameOf(cluster), 'app')) {
    return take(at, { secret: url, key: 'password' }, placeOf(cluster));
  }
  const [all, ...more] = server.container.environmentFrom.filter(({ kind }) => kind === 'Secret');
  const hasOthers = ['DB_HOSTNAME', 'DB_USERNAME', 'DB_DATABASE_NAME'].some((name) => variables.has(name));
  if (
    variable === undefined &&
    all?.name.text !== undefined &&
    all.prefix === '' &&
    more.length === 0 &&
    hasOthers &&
    !isUnknown(all.name.text)
  ) {
    return take(
      at,
      { secret: all.name.text, key: 'DB_PASSWORD' },
      placeOf(all.name),
      'All keys of this Secret are variables today, DB_PASSWORD among them.',
    );
  }
  return leaveOpen(
    at,
    '{ secret, key } of the password of the database',
    { secret: 'to-be-filled-in', key: 'password' },
    variable === undefined ? undefined : placeOf(variable.field),
  );
}

/** The service that a Cluster is reached by, as a host name. */
function hostOfCluster(cluster: Field): string {
  return `${serviceOf(nameOf(cluster), 'rw')}.${cluster.at('metadata', 'namespace').text ?? 'default'}.svc.cluster.local`;
}
