import { compareVersions, type Version } from '../values/version.ts';
import { newerSettings } from './config/newer-settings.ts';
import type { ConfigProblem } from './config/problems.ts';
import { immichConfig } from './config.ts';
import { release } from './release.ts';
import { newestKnown } from './versions.ts';

/**
 * The settings of a configuration that no Immich of this major version knows: it tells them in its log when it starts, and
 * goes on without. Nothing is said of versions whose settings are not described here.
 */
export function unknownSettings(config: object, version: Version): readonly ConfigProblem[] {
  if (compareVersions(version, first) < 0 || compareVersions(version, newestKnown) > 0) {
    return [];
  }
  return newerSettings(config, immichConfig.json).unknown.map(({ path }) => ({
    path,
    severity: 'warning',
    message: `Immich ${version.text} knows no such setting and goes on without it. Leave ${path.join('.')} out, or correct its name.`,
  }));
}

const first = release(3, 0, 0);
