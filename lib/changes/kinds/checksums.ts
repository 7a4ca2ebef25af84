import { parse } from 'yaml';
import { isMapping } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import type { WorkloadView } from '../../manifests/views/workload.ts';
import { type ChangedPair, type Comparison, changedWorkloads, type Draft, isChanged } from '../comparison.ts';
import { differences } from '../difference.ts';
import { serversAmong } from '../immich-parts.ts';
import { objectName } from '../pairs.ts';

/** Files that pods read when they start, and because of which they restart: by a checksum in their annotations. */
export function checksums(comparison: Comparison): Draft[] {
  return changedWorkloads(comparison).flatMap(({ pair, after }): Draft[] => {
    if (!pair.differences.some(({ way }) => way.startsWith(annotation))) return [];
    const files = comparison.pairs
      .filter(isChanged)
      .filter((file) => isRead(after, file) && file.cluster === pair.cluster);
    if (files.length === 0) return [];
    const isServer = serversAmong(after.containers).length > 0;
    return [
      {
        grade: 'restarting',
        topic: 'service',
        what: 'configuration',
        to: files.map(({ name }) => name).join(','),
        key: isServer ? ['config'] : undefined,
        sentence: isServer
          ? `Settings of Immich change (${settingsOf(files)}), and the server restarts to read them: about a minute.`
          : `${files.map(objectName).join(' and ')} changed, and ${objectName(pair)} restarts to read it: about a minute.`,
        pairs: [pair, ...files],
        fields: [annotation, 'data'],
      },
    ];
  });
}

const annotation = 'spec.template.metadata.annotations.checksum/configuration';

function isRead({ volumes, namespace }: WorkloadView, file: ChangedPair): boolean {
  return (
    file.kind === 'ConfigMap' &&
    file.namespace === namespace &&
    volumes.some(({ field }) => field.at('configMap', 'name').text === file.name)
  );
}

/** The settings that are not the same, by their names: their values may be secret. */
function settingsOf(files: readonly ChangedPair[]): string {
  const ways = files.flatMap(({ before, after }) =>
    after.at('data').entries.flatMap(([key, { text }]) => {
      const [one, other] = [settingsIn(before.at('data', key).text), settingsIn(text)];
      return differences(one, other).map(({ way }) => way.replace(/\[\d+\].*$/, ''));
    }),
  );
  const names = [...new Set(ways)].filter((way) => way !== '');
  if (names.length === 0) return 'in order or form only';
  return names.length <= most
    ? names.join(', ')
    : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

const most = 8;

function settingsIn(text: string | undefined): Value | undefined {
  try {
    const value: Value = parse(text ?? '', { logLevel: 'silent' });
    return isMapping(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
