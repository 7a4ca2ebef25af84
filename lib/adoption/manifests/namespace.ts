import { isDerived } from '../../manifests/derived.ts';
import type { Field } from '../../manifests/field.ts';
import { makesPods } from '../../manifests/makes-pods.ts';
import { immich } from '../../manifests/views/immich.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';
import { placeOf } from './place.ts';
import type { Subject } from './subject.ts';

/** The namespace, and whether others live there too. */
export function namespacePieces(subject: Subject, stays: readonly Field[]): Piece[] {
  const { namespace, server } = subject;
  const place = placeOf(server.workload.field.at('metadata', 'namespace'));
  if (namespace === undefined || namespace.includes('${')) {
    return [
      leaveOpen(['namespace'], 'the namespace that Immich runs in now', 'immich', place),
      remark([], 'Where other programs live in that namespace too, write sharedNamespace: true.'),
    ];
  }
  const [other] = neighboursOf(subject, stays);
  return [
    take(['namespace'], namespace, place),
    ...(other !== undefined
      ? [
          take(
            ['sharedNamespace'],
            true,
            placeOf(other),
            `${other.manifest.object.kind} ${other.at('metadata', 'name').text ?? ''} lives there too.`,
          ),
        ]
      : namespace === 'immich'
        ? []
        : [
            take(
              ['sharedNamespace'],
              false,
              undefined,
              'Nothing else was found in this namespace. Say true if something lives there that these files do not show.',
            ),
          ]),
  ];
}

/**
 * What runs in the namespace and is not of this Immich.
 *
 * @param stays What is of this Immich, and stays as it is beside dist.
 */
function neighboursOf({ inventory, namespace }: Subject, stays: readonly Field[]): Field[] {
  const { workloads, databases } = immich(inventory);
  const own = new Set([
    ...[...workloads].map(({ manifest }) => manifest.object),
    ...[...workloads].flatMap(({ manifest }) => (isDerived(manifest) ? [manifest.subject] : [])),
    ...databases.map(({ manifest }) => manifest.object),
  ]);
  return [
    ...stays,
    ...inventory.fields.filter(
      ({ manifest }) =>
        makesPods(manifest) &&
        manifest.object.metadata?.namespace === namespace &&
        !own.has(manifest.object) &&
        !(isDerived(manifest) && own.has(manifest.subject)) &&
        // What we make for ourselves.
        manifest.object.metadata?.labels?.['app.kubernetes.io/part-of'] !== 'immich',
    ),
  ];
}
