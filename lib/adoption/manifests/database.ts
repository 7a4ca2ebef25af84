import { instanceLabels, postgresPort } from '../../cnpg/names.ts';
import { type Field, isUnknown } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import { databaseHosts, workloadsAt } from '../../manifests/views/database-host.ts';
import { databaseImages } from '../../manifests/views/database-image.ts';
import { databaseOf, repositoryOf } from '../../manifests/views/immich.ts';
import { databaseName } from '../../names.ts';
import { type Piece, remark } from '../piece.ts';
import { clusterPieces } from './cluster.ts';
import { databasesIn, whyOthersOwn } from './cluster-owner.ts';
import { isOnPgvectors, versionsOf } from './database-image.ts';
import { databaseNamesOf, namesAtStart } from './database-names.ts';
import { type Way, wayTo } from './egress.ts';
import { existingClusterPieces, isCalledOtherwise, stayingSentence } from './existing-cluster.ts';
import { externalPieces } from './external-database.ts';
import { placeOf } from './place.ts';
import type { Subject } from './subject.ts';

/** The section `database`, and what of it stays as it is beside dist. */
export interface DatabaseFound {
  readonly pieces: readonly Piece[];
  /** The Cluster that dist carries on, under the same name; undefined for every other database. */
  readonly carried: Field | undefined;
  /** Workloads and Clusters of the database that stay in the namespace as they are. */
  readonly stays: readonly Field[];
  /** The ways that policies have to leave open to them. */
  readonly ways: readonly Way[];
}

/** What is known of the database that a server connects to. */
export function databaseFound(subject: Subject): DatabaseFound {
  const { inventory, server, namespace } = subject;
  const cluster = databaseOf(inventory, server)[0] ?? remoteCluster(subject);
  if (cluster === undefined) {
    const workloads = databaseHosts(inventory, server).flatMap((host) => workloadsAt(inventory, host));
    const stays = workloads.filter((one) => one.namespace === namespace).map(({ field }) => field);
    return {
      pieces: [
        ...externalPieces(subject),
        ...(stays.length === 0 ? [] : imageRemarks(subject)),
        ...pgvectorsRemarks(subject),
      ],
      carried: undefined,
      stays,
      ways: workloads
        .filter((one) => one.namespace === namespace)
        .map((one) => wayTo(one, 'the database', 5432)),
    };
  }
  const isHere = cluster.at('metadata', 'namespace').text === namespace;
  const stays = isHere ? [cluster] : [];
  const told = (because: string) => remark(['database'], stayingSentence(cluster, because), placeOf(cluster));
  const beyond = whyNoKeySaysIt(subject, cluster);
  if (beyond !== undefined) {
    return {
      pieces: [...externalPieces(subject, cluster), told(beyond)],
      carried: undefined,
      stays,
      ways: isHere
        ? [{ labels: instanceLabels(nameOf(cluster)), port: postgresPort.number, why: 'the database' }]
        : [],
    };
  }
  const objects = objectPieces(subject, cluster);
  const because = whyOthersOwn(subject, cluster) ?? whyItStays(cluster);
  return because === undefined
    ? { pieces: [...clusterPieces(subject, cluster), ...objects], carried: cluster, stays: [], ways: [] }
    : {
        pieces: [...existingClusterPieces(subject, cluster), told(because), ...objects],
        carried: undefined,
        stays,
        ways: [],
      };
}

/** Database objects of today, one of which is enough. */
function objectPieces({ inventory }: Subject, cluster: Field): Piece[] {
  return databasesIn(inventory, cluster)
    .filter((one) => one.get('spec', 'name') === databaseName)
    .filter((one) => ![nameOf(cluster), `${nameOf(cluster)}-${databaseName}`].includes(nameOf(one)))
    .map((one) =>
      remark(
        ['database'],
        `The Database ${nameOf(one)} goes with the second commit, and the one of dist takes its place: CloudNativePG lets one object alone manage a database.${one.get('spec', 'databaseReclaimPolicy') === 'delete' ? ' It says databaseReclaimPolicy: delete, which would delete the database with it: the first commit has to write retain.' : ''}`,
        placeOf(one),
      ),
    );
}

/** A Cluster in another Kubernetes cluster that proves itself by the name that the server looks for. */
function remoteCluster({ inventory, variables }: Subject): Field | undefined {
  const host = variables.get('DB_HOSTNAME')?.value;
  return host === undefined || isUnknown(host)
    ? undefined
    : inventory
        .all('postgresql.cnpg.io', 'Cluster')
        .find((one) => one.at('spec', 'certificates', 'serverAltDNSNames').texts.includes(host));
}

/** Why no key of `cnpg` can say a Cluster, as the end of a sentence, so that it is a PostgreSQL like any other. */
function whyNoKeySaysIt(subject: Subject, cluster: Field): string | undefined {
  if (isOnPgvectors(cluster)) {
    return 'it runs pgvecto.rs; "From pgvecto.rs" in docs/moving-in.md has the way to VectorChord';
  }
  if (isCalledOtherwise(subject, cluster)) {
    const { database = databaseName, username = databaseName } = databaseNamesOf(subject, cluster);
    return `its database is called ${database} and owned by ${username}, and dist names both ${databaseName}`;
  }
  return undefined;
}

/** Why dist cannot carry on a Cluster that is Immich's alone, as the end of a sentence; undefined where it can. */
function whyItStays(cluster: Field): string | undefined {
  const spec = cluster.at('spec');
  const { database, username } = namesAtStart(cluster);
  if (database !== databaseName || username !== databaseName) {
    return `it was set up with a database called ${database} and owned by ${username}, and dist names both ${databaseName}`;
  }
  if (versionsOf(cluster)?.vectorchord === undefined) {
    return 'its image does not say which VectorChord it has';
  }
  if (spec.at('storage', 'size').text === undefined) return 'its storage is made by a template';
  const [tablespace] = spec.at('tablespaces').items;
  if (tablespace !== undefined) return 'it has tablespaces';
  return undefined;
}

/** A PostgreSQL that knows pgvecto.rs alone, wherever it runs: Immich v3 does not start with it. */
function pgvectorsRemarks({ inventory, server }: Subject): Piece[] {
  return databaseImages(inventory, server)
    .filter(({ image }) => /pgvecto[-.]?rs/.test(repositoryOf(image.text ?? '')))
    .map(({ image }) =>
      remark(
        ['database'],
        `${image.text ?? ''} has pgvecto.rs and no VectorChord, with which Immich v3 does not start, and of which no dump can be read by a database of dist. "From pgvecto.rs" in docs/moving-in.md has the order that works.`,
        placeOf(image),
      ),
    );
}

function imageRemarks(subject: Subject): Piece[] {
  return databaseImages(subject.inventory, subject.server)
    .filter(({ image }) => image.text !== undefined)
    .map(({ image }) =>
      remark(
        ['database'],
        `PostgreSQL runs as ${image.text ?? ''} beside Immich, and stays: keep its files in your repository, and back it up. docs/moving-in.md has the way into a database of dist.`,
        placeOf(image),
      ),
    );
}
