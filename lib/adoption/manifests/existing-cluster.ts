import { secretOf } from '../../cnpg/names.ts';
import type { Field } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import { databaseName } from '../../names.ts';
import { leaveOpen, type Piece, take } from '../piece.ts';
import { backupOfOthersPieces } from './backup-of-others.ts';
import { databaseImagePieces } from './database-image.ts';
import { databaseNamesOf } from './database-names.ts';
import { pieceOf, placeOf } from './place.ts';
import type { Subject } from './subject.ts';

const path = ['database', 'cnpg', 'existing'];

/** A Cluster that others own, in the keys of `database.cnpg.existing`: nothing of it is changed. */
export function existingClusterPieces(subject: Subject, cluster: Field): Piece[] {
  return [
    ...databaseImagePieces(cluster),
    ...pieceOf([...path, 'cluster'], cluster.at('metadata', 'name')),
    ...pieceOf([...path, 'namespace'], cluster.at('metadata', 'namespace'), {
      what: 'the namespace of the Cluster',
      standIn: 'database',
    }),
    loginPiece(subject, cluster),
    ...backupOfOthersPieces(subject, cluster),
  ];
}

/**
 * The Secret with the login. A database of another name would be made anew, empty, beside that of today: where only a
 * Secret tells the names, a person has to look.
 */
function loginPiece(subject: Subject, cluster: Field): Piece {
  const { variables, namespace } = subject;
  const at = [...path, 'credentials', 'secret'];
  const names = databaseNamesOf(subject, cluster);
  const [username, password] = ['DB_USERNAME', 'DB_PASSWORD'].map((name) => variables.get(name)?.from);
  const secret = password?.kind === 'Secret' ? password.name.text : undefined;
  const isBasic = password?.key?.text === 'password' && username?.key?.text === 'username';
  const isKnown = names.database === databaseName && names.username === databaseName;
  // CloudNativePG's own has both keys.
  const isMade = secret === secretOf(nameOf(cluster), 'app');
  if (secret !== undefined && isKnown && (isMade || (isBasic && username.name.text === secret))) {
    return take(at, secret, placeOf(password?.name ?? cluster));
  }
  const today =
    secret === undefined
      ? ''
      : `; today ${secret} with ${password?.key?.text ?? 'DB_PASSWORD'} has the password`;
  const looked = isKnown
    ? ''
    : `, and look there first: where role and database are not both called ${databaseName}, write database.external in place of cnpg`;
  const places = [namespace, cluster.at('metadata', 'namespace').text].filter((one) => one !== undefined);
  return leaveOpen(
    at,
    `a Secret of type kubernetes.io/basic-auth with username (${databaseName}) and password, in ${[...new Set(places)].join(' and ')}${today}${looked}`,
    'to-be-filled-in',
    placeOf(password?.name ?? cluster.at('metadata', 'name')),
  );
}

/** Whether the database or its role is known to be called otherwise than `existing` has it. */
export function isCalledOtherwise(subject: Subject, cluster: Field): boolean {
  const { database, username } = databaseNamesOf(subject, cluster);
  return [database, username].some((name) => name !== undefined && name !== databaseName);
}

/** What stays of the Cluster, in a sentence with the reason. */
export function stayingSentence(cluster: Field, because: string): string {
  return `The Cluster ${nameOf(cluster)} stays where it is, with its backups: dist does not carry it on, since ${because}.`;
}
