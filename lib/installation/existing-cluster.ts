import { serviceOf } from '../cnpg/names.ts';
import { databasePort } from '../names.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { anyText } from '../schema/scalar.ts';
import { refine, type Schema } from '../schema/schema.ts';
import { wordOr } from '../schema/variants.ts';
import type { Image } from '../values/image.ts';
import { backup } from './backup.ts';
import { type Cnpg, cnpg, withVectorChord } from './cnpg.ts';
import { secretReference } from './secret-reference.ts';
import { databaseImage, extensionImage, label, objectName, operatorVersion, storageSize } from './texts.ts';

/**
 * A Cluster of CloudNativePG that others own. Nothing of theirs is changed: beside it there is a Database object, and
 * what it must have for that is told.
 */
export interface ExistingCluster {
  /** Name of the Cluster. */
  readonly name: string;
  readonly namespace: string;
  readonly image: Image;
  /** What a database of our own would be described by, for the drill: its backups are those that others make. */
  readonly cnpg: Cnpg;
}

/** The Secret with the login of Immich, in both namespaces. */
export const standardLogin = 'immich-database';

const keys = mapping({
  image: required(
    databaseImage,
    'The image that the Cluster runs, with VectorChord: by its tag the extension is updated, and its indexes are looked after.',
  ),
  vectorchord: optional(
    mapping({
      image: required(
        extensionImage,
        'Image of VectorChord alone, where the Cluster mounts it as an image volume.',
      ),
    }),
    'VectorChord beside an image of PostgreSQL that has none.',
  ),
  operator: defaulting(
    operatorVersion,
    '1.30',
    'Version of the CloudNativePG operator in the cluster, in quotes.',
  ),
  existing: required(
    mapping({
      cluster: required(label, 'Name of the Cluster object.'),
      namespace: required(label, 'Its namespace, in which the Database object is made.'),
      credentials: defaulting(
        mapping({
          secret: required(
            objectName,
            'Name of a Secret of type kubernetes.io/basic-auth with username (immich) and password, in both namespaces.',
          ),
        }),
        { secret: standardLogin },
        'The login of the role immich.',
      ),
      ca: optional(
        secretReference,
        'The certificate that the Cluster must prove itself with, in the namespace of Immich; turns verified TLS on.',
      ),
      store: required(
        wordOr('none', backup),
        'Where those who own the Cluster back it up, with a drill that restores from there; or none, together with a reason.',
        'none',
      ),
      storage: optional(
        mapping({
          storageClass: required(objectName, 'Storage class of the throw-away database of a drill.'),
          size: required(storageSize, 'Its size, that of an instance of the Cluster.'),
        }),
        'The volume of the throw-away database of a drill.',
      ),
      lineage: optional(
        label,
        'The end of the folder that the Cluster archives to, where that is "<cluster>-<lineage>"; default the folder "<cluster>".',
      ),
      reason: optional(anyText, 'Why nothing is proven of its backups; only with "store: none".'),
    }),
    'A Cluster that others own.',
  ),
});

/** What is read of a Cluster of others. */
export interface ReadExisting {
  readonly cluster: ExistingCluster;
  readonly host: string;
  readonly port: number;
  readonly credentials: { readonly secret: string };
  readonly ca: { readonly secret: string; readonly key: string } | undefined;
}

export const existingCluster: Schema<ReadExisting> = refine(
  keys,
  ({ image: server, vectorchord, operator, existing }, at) => {
    const { cluster: name, namespace, credentials, ca, store, storage, lineage, reason } = existing;
    const place = at.in('existing');
    const image = withVectorChord(server, vectorchord);
    if (store === 'none' && reason === undefined) {
      place
        .in('store')
        .error(
          '"none" needs a reason beside it. Write reason: "who proves that its backups can be restored".',
        );
    }
    if (store !== 'none' && reason !== undefined) {
      place.keyError('reason', '"reason" says why nothing is proven, but there is a store. Remove it.');
    }
    if (store !== 'none' && store.drill !== 'none' && storage === undefined) {
      place.error(
        '"storage" is missing: a drill restores into a database of its own. Write storage: { storageClass, size }, as an instance of the Cluster has it.',
      );
    }
    const plain = cnpg.read(plainDatabase, at.unheard());
    if (plain === undefined) throw new Error('A database cannot be described by what it needs at least.');
    const described = {
      ...plain,
      lineage,
      storage: storage ?? plain.storage,
      name,
      image,
      operator,
      credentials,
      backup: store,
      reason,
    };
    return {
      cluster: { name, namespace, image, cnpg: described },
      host: `${serviceOf(name, 'rw')}.${namespace}.svc.cluster.local`,
      port: databasePort.number,
      credentials,
      ca,
    };
  },
);

/** What a database must say at least; all of it is replaced by what is said of the Cluster of others. */
const plainDatabase = {
  image: 'registry.example.com/unknown-vectorchord:17.10-1.1.1',
  storage: { storageClass: 'unknown', size: '20Gi' },
  backup: 'none',
  reason: 'others own it',
};
