import { Field } from '../manifests/field.ts';
import { Inventory } from '../manifests/inventory.ts';
import { namedImage } from '../manifests/views/database-image.ts';
import { immich, versionOf } from '../manifests/views/immich.ts';
import { type Image, type PostgresVersions, postgresVersions } from '../values/image.ts';
import type { Version } from '../values/version.ts';
import { lineageOf } from './kinds/lineages.ts';
import type { State } from './state.ts';

/** What an installation stands at: its versions, and the folder that its database archives to. */
export interface Standing {
  /** Immich; undefined where the tag of its server does not say it. */
  readonly version: Version | undefined;
  /** The images of Immich's server, and of each Deployment of machine learning, as they are written. */
  readonly images: {
    readonly server: string | undefined;
    readonly machineLearning: ReadonlyMap<string, string>;
  };
  /** The database; undefined where somebody else runs it. */
  readonly database: StandingDatabase | undefined;
}

/** The database of an installation as it stands. */
export interface StandingDatabase {
  readonly name: string;
  readonly image: string;
  /** The image that brings VectorChord as a volume; undefined where that of PostgreSQL has it. */
  readonly vectorchord: string | undefined;
  /** What the tag of the image tells; undefined where it tells nothing. */
  readonly versions: PostgresVersions | undefined;
  /** The folder in the store; undefined where it does not archive. */
  readonly folder: string | undefined;
}

/** What the manifests of an installation say of its versions. */
export function standingOf({ clusters }: State): Standing {
  const inventories = [...clusters.values()].map((manifests) => new Inventory([...manifests]));
  const containers = inventories
    .flatMap((inventory) => immich(inventory).containers)
    .filter(({ container }) => !container.init);
  const server = containers.find(({ part }) => part === 'server')?.container.image.text;
  const learning = containers.filter(({ part }) => part === 'machine-learning');
  const database = [...clusters.values()]
    .flat()
    // The throw-away database of the drill stands in a text.
    .find(({ object }) => object.kind === 'Cluster' && object.apiVersion.startsWith('postgresql.cnpg.io/'));
  return {
    version: server === undefined ? undefined : versionOf(server),
    images: {
      server,
      machineLearning: new Map(
        learning.map(({ workload, container }) => [workload.name, container.image.text ?? '']),
      ),
    },
    database: database && databaseOf(Field.of(database)),
  };
}

function databaseOf(cluster: Field): StandingDatabase {
  const image = namedImage(cluster);
  return {
    name: cluster.at('metadata', 'name').text ?? '',
    image: cluster.at('spec', 'imageName').text ?? '',
    vectorchord: image?.vectorchord?.text,
    versions: image && postgresVersions(image),
    folder: lineageOf(cluster),
  };
}

/** An image with another tag, and without the digest of the old one. */
export function withTag({ registry, repository }: Image, tag: string): string {
  return `${registry === undefined ? '' : `${registry}/`}${repository}:${tag}`;
}
