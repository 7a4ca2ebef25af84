import type { Path } from '../text/path.ts';
import type { Installation } from './installation.ts';

/** The keys of the file from which a part of an installation was read. Most parts stand where their keys do. */
export function writtenPaths(path: Path, { clusters, machineLearning }: Installation): readonly Path[] {
  const [section, ...rest] = path;
  switch (section) {
    case 'clusters':
      // Where none is written the name is that of the cluster, too, and two that are the same do not depend on it.
      return clusters.app === clusters.database ? [path] : [path, ['name']];
    case 'externalLibraries':
      return [['volumes', ...path]];
    case 'configuration':
      return writtenConfiguration(rest);
    case 'images':
      return writtenImages(rest);
    case 'valkey':
      return [path, ['valkey', 'external', ...rest]];
    case 'database':
      return path[2] === 'importDump' ? [['database', 'cnpg', 'importFrom']] : [path];
    case 'machineLearning':
      return machineLearning.kind === 'remote'
        ? [['machineLearning', 'remote']]
        : writtenLearning(path, machineLearning.kind === 'pods' ? machineLearning.pools : []);
    default:
      return [path];
  }
}

function writtenImages([owner]: Path): readonly Path[] {
  switch (owner) {
    case undefined:
      return [];
    case 'database':
      return [['database', 'cnpg', 'image']];
    case 'valkey':
      return [['valkey', 'image']];
    default:
      return [['version'], ['server', 'image']];
  }
}

function writtenConfiguration([part, ...rest]: Path): readonly Path[] {
  if (part === 'config') return [['config', ...rest]];
  return part === 'reference' ? [['configSecret', ...rest]] : [['config'], ['configSecret']];
}

/** Some keys stand in a pool, and what holds for all pools beside them. */
function writtenLearning(path: Path, all: readonly { readonly path: Path }[]): readonly Path[] {
  const [, pools, index, pods, ...rest] = path;
  if (pools !== 'pools' || typeof index !== 'number') return [path];
  const place = all[index]?.path ?? [];
  return pods === 'pods'
    ? [
        [...place, ...rest],
        ['machineLearning', ...rest],
      ]
    : [[...place, 'name']];
}
