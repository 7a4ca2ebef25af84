import { instanceLabels, postgresPort } from '../../cnpg/names.ts';
import { type Field, isUnknown } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import { databaseHosts, workloadsAt } from '../../manifests/views/database-host.ts';
import { databaseImages } from '../../manifests/views/database-image.ts';
import { databaseOf } from '../../manifests/views/immich.ts';
import { databaseName } from '../../names.ts';
import { type Piece, remark } from '../piece.ts';
import { clusterPieces } from './cluster.ts';
import { type Way, wayTo } from './egress.ts';
import { externalPieces } from './external-database.ts';
import { placeOf } from './place.ts';
import type { Subject } from './subject.ts';
import { isWrittenOut } from './subject.ts';

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
      pieces: [...externalPieces(subject), ...(stays.length === 0 ? [] : imageRemarks(subject))],
      carried: undefined,
      stays,
      ways: workloads
        .filter((one) => one.namespace === namespace)
        .map((one) => wayTo(one, 'the database', 5432)),
    };
  }
  const reason = whyItStays(subject, cluster);
  if (reason === undefined) {
    return { pieces: clusterPieces(subject, cluster), carried: cluster, stays: [], ways: [] };
  }
  const told = remark(
    ['database'],
    `The Cluster ${nameOf(cluster)} stays where it is, with its backups: dist does not carry it on, since ${reason}.`,
    placeOf(cluster),
  );
  const isHere = cluster.at('metadata', 'namespace').text === namespace;
  return {
    pieces: [...externalPieces(subject, cluster), told],
    carried: undefined,
    stays: isHere ? [cluster] : [],
    ways: isHere
      ? [{ labels: instanceLabels(nameOf(cluster)), port: postgresPort.number, why: 'the database' }]
      : [],
  };
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

/** Why dist cannot carry a Cluster on, as the end of a sentence; undefined where it can. */
function whyItStays(subject: Subject, cluster: Field): string | undefined {
  const spec = cluster.at('spec');
  const namespace = cluster.at('metadata', 'namespace').text;
  if (namespace !== subject.namespace) return `it is in the namespace ${namespace ?? 'of others'}`;
  if (!isWrittenOut(cluster.manifest)) return 'a chart makes it';
  const start = ['initdb', 'recovery', 'pg_basebackup']
    .map((way) => spec.at('bootstrap', way))
    .find((way) => way.exists);
  const [database, owner] = ['database', 'owner'].map((key) => start?.at(key).text ?? 'app');
  if (database !== databaseName || owner !== databaseName) {
    return `its database is called ${database ?? ''} and owned by ${owner ?? ''}, and dist names both ${databaseName}`;
  }
  const image = spec.at('imageName').text;
  if (image === undefined) return 'its image does not stand in imageName';
  if (!/:\d+(\.\d+)?-v?\d+\.\d+\.\d+/.test(image) && !/-vectorchord\d/.test(image)) {
    return 'the tag of its image does not say which VectorChord it has';
  }
  if (spec.at('storage', 'size').text === undefined) return 'its storage is made by a template';
  const [tablespace] = spec.at('tablespaces').items;
  if (tablespace !== undefined) return 'it has tablespaces';
  return undefined;
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
