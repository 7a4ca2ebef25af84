import type { FileProblem } from '../installation/parse.ts';
import type { Repository } from '../repository/repository.ts';
import { acceptable } from './acceptable.ts';
import { composeFile } from './compose/compose-file.ts';
import type { ComposeText } from './compose/compose-text.ts';
import { composePieces } from './compose/pieces.ts';
import { fileText } from './file-text.ts';
import { declareVariables, type VariableSource } from './flux-variables.ts';
import { clusterNames } from './manifests/cluster.ts';
import { configurationPieces } from './manifests/configuration.ts';
import { type DatabaseFound, databaseFound } from './manifests/database.ts';
import { egressPieces } from './manifests/egress.ts';
import { fluxPieces, variableSourcesOf } from './manifests/flux.ts';
import { namespacePieces } from './manifests/namespace.ts';
import { releaseLossPieces } from './manifests/release-losses.ts';
import { routePieces } from './manifests/route.ts';
import { programPieces } from './manifests/server.ts';
import { type Subject, subjectName, subjectsIn } from './manifests/subject.ts';
import { valkeyFound } from './manifests/valkey.ts';
import { volumePieces } from './manifests/volumes.ts';
import { type Piece, take } from './piece.ts';
import { type Today, todayOf } from './today.ts';

/** An installation file for an Immich that runs today. */
export interface Adoption {
  /** The file as it is written, with marks for what a person must fill in. */
  readonly text: string;
  /** The same with stand-ins in the place of the marks. */
  readonly standIn: string;
  readonly pieces: readonly Piece[];
  /** What synth refuses of it even when the marks are filled in. */
  readonly problems: readonly FileProblem[];
  /** Which Immich it is for. */
  readonly of: string;
  /** Others that were found, each of which needs a file of its own. */
  readonly others: readonly string[];
  /** What is applied today; undefined for what does not run in Kubernetes. */
  readonly today: Today | undefined;
}

/** What an installation file is to be called, and where its schema is. */
export interface Naming {
  readonly name: string;
  /** The way from the file to the JSON Schema, for the editor; undefined for none. */
  readonly schema: string | undefined;
}

/** The installation file for the first Immich in a folder of manifests; undefined where there is none. */
export function adoptRepository(repository: Repository, naming: Naming): Adoption | undefined {
  const [subject, ...others] = subjectsIn(repository.inventory);
  if (subject === undefined) return undefined;
  const database = databaseFound(subject);
  const pieces = piecesOf(subject, database, naming.name);
  return {
    ...adoptionOf(pieces, naming, subjectName(subject), variableSourcesOf(subject)),
    others: others.map(subjectName),
    today: todayOf(subject, isShared(pieces), database.carried),
  };
}

/**
 * The installation file for an Immich that Docker Compose runs.
 *
 * @param variables The file of variables beside it, `.env`.
 * @returns A sentence that says why there is none.
 */
export function adoptedFromCompose(
  compose: ComposeText,
  variables: ComposeText | undefined,
  naming: Naming,
): Adoption | string {
  const read = composeFile(compose, variables);
  if (typeof read === 'string') return read;
  const pieces = composePieces(read, naming.name);
  return pieces === undefined
    ? `No service in ${compose.file} has the image immich-server.`
    : adoptionOf(pieces, naming, `the services in ${compose.file}`, []);
}

function adoptionOf(
  found: readonly Piece[],
  naming: Naming,
  of: string,
  sources: readonly VariableSource[],
): Adoption {
  const { pieces, problems } = acceptable(found, (some) => declareVariables(some, sources));
  const head = naming.schema === undefined ? [] : [`# yaml-language-server: $schema=${naming.schema}`];
  return {
    text: fileText(pieces, head, 'marked'),
    standIn: fileText(pieces, head, 'stand-ins'),
    pieces,
    problems,
    of,
    others: [],
    today: undefined,
  };
}

function piecesOf(subject: Subject, database: DatabaseFound, name: string): Piece[] {
  const valkey = valkeyFound(subject);
  const namespace = namespacePieces(subject, [...database.stays, ...valkey.stays]);
  return [
    take(['name'], name),
    ...programPieces(subject),
    ...namespace,
    ...clusterNames(subject, database.carried, name),
    ...volumePieces(subject),
    ...database.pieces,
    ...drillPieces([...namespace, ...database.pieces]),
    ...routePieces(subject),
    ...valkey.pieces,
    ...egressPieces(subject, [...database.ways, ...valkey.ways]),
    ...configurationPieces(subject),
    ...fluxPieces(subject),
    ...releaseLossPieces(subject),
  ];
}

/** Where the namespace is shared, the drill cannot call its own after it. */
function drillPieces(pieces: readonly Piece[]): Piece[] {
  const backup = [
    ['database', 'cnpg', 'backup'],
    ['database', 'cnpg', 'existing', 'store'],
  ].find((one) =>
    pieces.some(({ path }) => one.every((key, at) => path[at] === key) && path.length > one.length),
  );
  return isShared(pieces) && backup !== undefined
    ? [
        take(
          [...backup, 'drill', 'namespace'],
          'immich-drill',
          undefined,
          'A new namespace, in which the restore drill proves the backups.',
        ),
      ]
    : [];
}

function isShared(pieces: readonly Piece[]): boolean {
  return pieces.some(
    (one) => one.kind === 'taken' && one.path[0] === 'sharedNamespace' && one.value === true,
  );
}
