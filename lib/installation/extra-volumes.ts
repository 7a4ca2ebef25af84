import { record } from '../schema/list.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import type { Place } from '../schema/place.ts';
import { flag } from '../schema/scalar.ts';
import { type Read, refine, type Schema } from '../schema/schema.ts';
import { variants } from '../schema/variants.ts';
import { quote } from '../text/quoting.ts';
import { isWithin, mountPath } from './mount-path.ts';
import { isOnSeveralNodes, presentClaim } from './present-claim.ts';
import { label, objectName, secretKey, storageSize } from './texts.ts';

/** Something that a component mounts besides what it needs. */
export type ExtraVolume =
  | {
      readonly kind: 'claim';
      readonly claim: string;
      readonly path: string;
      readonly readOnly: boolean;
      readonly isShared: boolean;
    }
  | { readonly kind: 'configMap'; readonly configMap: string; readonly path: string }
  | { readonly kind: 'secret'; readonly secret: string; readonly key: string; readonly path: string }
  | { readonly kind: 'empty'; readonly size: string; readonly path: string };

/** The further volumes of a component, by names of one's own. */
export type ExtraVolumes = Read<typeof extraVolumes>;

const path = required(mountPath, 'Where it is in the container.');

const extraVolume: Schema<ExtraVolume> = variants<ExtraVolume>({
  existingClaim: refine(
    mapping({
      ...presentClaim,
      readOnly: defaulting(flag, true, 'Whether nothing can be written there.'),
      path,
    }),
    ({ existingClaim, accessMode, readOnly, path }) => ({
      kind: 'claim',
      claim: existingClaim,
      path,
      readOnly,
      isShared: isOnSeveralNodes(accessMode),
    }),
  ),
  configMap: refine(
    mapping({ configMap: required(objectName, 'Name of a ConfigMap that exists already.'), path }),
    (read) => ({ kind: 'configMap', ...read }),
  ),
  secret: refine(
    mapping({
      secret: required(objectName, 'Name of a Secret that exists already.'),
      key: required(secretKey, 'Key inside the Secret; it becomes a file of that name in the folder.'),
      path,
    }),
    (read) => ({ kind: 'secret', ...read }),
  ),
  empty: refine(
    mapping({
      empty: required(
        mapping({ size: required(storageSize, 'The most that it may hold.') }),
        'A folder that is empty when a pod starts, and goes with it.',
      ),
      path,
    }),
    ({ empty, path }) => ({ kind: 'empty', size: empty.size.text, path }),
  ),
});

const extraVolumes = refine(record(label, extraVolume), (volumes, at) => {
  checkPaths(Object.entries(volumes).map(([name, { path }]) => ({ path, at: at.in(name, 'path'), name })));
  return volumes;
});

/** The key of a component's further volumes. */
export const volumesKey = optional(
  extraVolumes,
  'Further volumes, by names of your own: { existingClaim | configMap | secret, key | empty, path }. None of them is backed up here.',
);

/** No folder hides another. */
export function checkPaths(
  mounts: readonly { readonly path: string; readonly at: Place; readonly name: string }[],
): void {
  for (const [index, { path, at }] of mounts.entries()) {
    const other = mounts.slice(0, index).find((one) => isWithin(path, one.path) || isWithin(one.path, path));
    if (other !== undefined) {
      at.error(
        `${quote(path)} and ${quote(other.path)} of ${other.name} hide each other. Give each a folder of its own.`,
      );
    }
  }
}

/** Whether pods on several nodes can mount all of them at once. */
export function areShared(volumes: ExtraVolumes | undefined): boolean {
  return Object.values(volumes ?? {}).every((volume) => volume.kind !== 'claim' || volume.isShared);
}
