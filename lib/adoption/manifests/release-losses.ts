import { isDerived, originOf } from '../../manifests/derived.ts';
import { Field, isUnknown } from '../../manifests/field.ts';
import { type Piece, remark } from '../piece.ts';
import { placeOf } from './place.ts';
import type { Subject } from './subject.ts';

/** What of the release of a chart that makes Immich goes with it, or could not be read. */
export function releaseLossPieces({ inventory, server, namespace }: Subject): Piece[] {
  const { manifest } = server.workload;
  if (!isDerived(manifest)) return [];
  const origin = Field.of(originOf(manifest, []).manifest);
  const database = [origin.at('spec', 'values', 'postgresql'), origin.at('postgresql')]
    .map((values) => values.at('enabled'))
    .find(({ value }) => value === true);
  const sources = origin.at('spec', 'valuesFrom').items.filter((source) => {
    const [kind, name] = [source.at('kind').text ?? '', source.at('name').text ?? ''];
    const own = origin.at('metadata', 'namespace').text ?? namespace;
    return isUnknown(name) || inventory.find('', kind, own, name)?.manifest === undefined;
  });
  return [
    ...(database === undefined
      ? []
      : [
          remark(
            ['database'],
            'PostgreSQL is part of the release of the chart today, and goes with it: only the claim of its StatefulSet stays. Dump it before the second commit, as docs/moving-in.md says for compose, and read the dump into a database of dist: write database.cnpg in place of external.',
            placeOf(database),
          ),
        ]),
    ...sources.map((source) =>
      remark(
        [],
        `The release also has values from the ${source.at('kind').text ?? ''} ${source.at('name').text ?? ''}, which these files do not show: what stands there was not carried over, claims among it.`,
        placeOf(source),
      ),
    ),
  ];
}
