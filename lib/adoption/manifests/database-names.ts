import { secretOf } from '../../cnpg/names.ts';
import type { Field } from '../../manifests/field.ts';
import { isUnknown } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import { textOfVariable } from '../../manifests/views/key-text.ts';
import type { Subject } from './subject.ts';

/** What Immich's database and its role in a Cluster are called today. */
export interface DatabaseNames {
  /** Undefined where only a Secret tells it. */
  readonly database: string | undefined;
  readonly username: string | undefined;
}

/** What a server is told, and where it has the login that CloudNativePG made, what the Cluster was set up with. */
export function databaseNamesOf(subject: Subject, cluster: Field): DatabaseNames {
  const { inventory, namespace, variables } = subject;
  const isMade = (variable: string) =>
    variables.get(variable)?.from?.name.text === secretOf(nameOf(cluster), 'app');
  const setUp = namesAtStart(cluster);
  const known = (variable: string) => {
    const text = textOfVariable(inventory, namespace, variables.get(variable));
    return text === undefined || isUnknown(text) || text.includes('{{') ? undefined : text;
  };
  if (variables.has('DB_URL')) {
    if (isMade('DB_URL')) return setUp;
    const [, username, database] = urlForm.exec(known('DB_URL') ?? '') ?? [];
    return { database, username };
  }
  // Immich's own defaults: https://docs.immich.app/install/environment-variables#database
  const nameOfVariable = (variable: string, standard: string, made: string) => {
    if (!variables.has(variable)) return subjectReadsSecrets(subject) ? undefined : standard;
    return isMade(variable) ? made : known(variable);
  };
  return {
    database: nameOfVariable('DB_DATABASE_NAME', 'immich', setUp.database),
    username: nameOfVariable('DB_USERNAME', 'postgres', setUp.username),
  };
}

const urlForm = /^postgres(?:ql)?:\/\/([^:@/]+)(?::[^@]*)?@[^/]+\/([^?]+)/;

/** What a Cluster was set up with: https://cloudnative-pg.io/documentation/current/bootstrap/ */
export function namesAtStart(cluster: Field): { readonly database: string; readonly username: string } {
  const start = ['initdb', 'recovery', 'pg_basebackup']
    .map((way) => cluster.at('spec', 'bootstrap', way))
    .find((way) => way.exists);
  const database = start?.at('database').text ?? 'app';
  return { database, username: start?.at('owner').text ?? database };
}

/** Whether variables may come from a Secret whose keys no manifest tells. */
function subjectReadsSecrets({ server }: Subject): boolean {
  return server.container.environmentFrom.some(({ kind }) => kind === 'Secret');
}
