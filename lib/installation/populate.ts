import { mapping, optional, required } from '../schema/mapping.ts';
import { refine, type Schema } from '../schema/schema.ts';
import { variants } from '../schema/variants.ts';
import { quote } from '../text/quoting.ts';
import type { Moment } from '../values/moment.ts';
import { moment, objectKind, objectName } from './texts.ts';

/** What a claim is filled from when it is made. Kubernetes reads it then, and never again. */
export type Populate =
  /** The restic repository of its backup, by VolSync. */
  | { readonly kind: 'volsync'; readonly restoreAsOf: Moment | undefined }
  /** An object that somebody else makes. */
  | {
      readonly kind: 'dataSourceRef';
      readonly apiGroup: string | undefined;
      readonly of: string;
      readonly name: string;
    };

const volsync = mapping({
  restoreAsOf: optional(moment, 'The moment to come back to: date, time and zone; default the last backup.'),
});

const dataSourceRef = mapping({
  apiGroup: optional(
    objectName,
    'API group of the object, such as "snapshot.storage.k8s.io"; none for another claim.',
  ),
  kind: required(objectKind, 'Its kind, such as "VolumeSnapshot".'),
  name: required(objectName, 'Its name, in the namespace of the claim.'),
});

/** `{ volsync: {} }` or `{ dataSourceRef: { apiGroup, kind, name } }`. */
export const populate: Schema<Populate> = variants<Populate>({
  volsync: refine(
    mapping({
      volsync: required(volsync, 'The restic repository of backup.volsync, read by VolSync.', {}),
    }),
    ({ volsync }) => ({ kind: 'volsync', ...volsync }),
  ),
  dataSourceRef: refine(
    mapping({
      dataSourceRef: required(
        dataSourceRef,
        'An object that somebody else makes: a VolumeSnapshot, a claim, or one of a volume populator.',
      ),
    }),
    ({ dataSourceRef: { apiGroup, kind, name } }, at) => {
      // https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-populators-and-data-sources
      if (apiGroup === undefined && kind !== 'PersistentVolumeClaim') {
        at.in('dataSourceRef').error(
          `${quote(kind)} has no apiGroup beside it, and without one only a PersistentVolumeClaim can be named. Write { apiGroup: ${groupsOfKinds[kind] ?? '<group>'}, kind: ${kind}, name: ${name} }.`,
        );
      }
      return { kind: 'dataSourceRef', apiGroup, of: kind, name };
    },
  ),
});

const groupsOfKinds: { readonly [kind: string]: string | undefined } = {
  VolumeSnapshot: 'snapshot.storage.k8s.io',
  ReplicationDestination: 'volsync.backube',
};
