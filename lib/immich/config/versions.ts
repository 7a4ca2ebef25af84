import type { Path } from '../../text/path.ts';
import { compareVersions, type Version } from '../../values/version.ts';
import { release } from '../release.ts';

/** A setting that means nothing to a version of Immich. */
export interface ConfigProblem {
  /** Whether it is only likely wrong; an error unless it says so. */
  readonly severity?: 'error' | 'warning';
  /** The way to the setting inside the configuration. */
  readonly path: Path;
  /** A sentence that says what to write instead. */
  readonly message: string;
}

/** What `version` of Immich ignores or refuses in its configuration; only what is known of that version. */
export function configProblems(config: object, version: Version): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  for (const { path, since } of newerKeys) {
    if (compareVersions(version, since) >= 0 || valueAt(config, path) === undefined) continue;
    problems.push({
      path,
      message: `"${path.at(-1)}" is known from Immich ${since.text} on, and means nothing to ${version.text}. Leave it out, or use a newer Immich.`,
    });
  }
  return [...problems, ...codecProblems(config, version)];
}

/**
 * Keys that came after v2.4.0, the oldest version compared, and the first version that may have them: the settings of
 * v2.4.0, v2.7.5 and v3.2.2 were compared, and the release notes of v2.5.0.
 */
const newerKeys: readonly { readonly path: readonly string[]; readonly since: Version }[] = [
  ...['fullsize', 'preview', 'thumbnail'].map((size) => ({
    path: ['image', size, 'progressive'],
    since: release(2, 5, 0),
  })),
  { path: ['job', 'editor'], since: release(2, 5, 0) },
  { path: ['ffmpeg', 'realtime'], since: release(3, 0, 0) },
  { path: ['integrityChecks'], since: release(3, 0, 0) },
  { path: ['job', 'integrityCheck'], since: release(3, 0, 0) },
  { path: ['newVersionCheck', 'channel'], since: release(3, 0, 0) },
  { path: ['oauth', 'accountManagementUrl'], since: release(3, 0, 0) },
  { path: ['oauth', 'allowInsecureRequests'], since: release(3, 0, 0) },
  { path: ['oauth', 'endSessionEndpoint'], since: release(3, 0, 0) },
  { path: ['oauth', 'prompt'], since: release(3, 0, 0) },
];

/** v3 calls opus what was libopus up to v2.4; in between v2.7.5 knows both. A wrong name stops the server. */
function codecProblems(config: object, version: Version): ConfigProblem[] {
  const [wrong, right] =
    compareVersions(version, release(3, 0, 0)) >= 0
      ? ['libopus', 'opus']
      : compareVersions(version, release(2, 5, 0)) < 0
        ? ['opus', 'libopus']
        : [];
  if (wrong === undefined) return [];
  const accepted = valueAt(config, ['ffmpeg', 'acceptedAudioCodecs']);
  const places: { readonly path: Path; readonly value: unknown }[] = [
    { path: ['ffmpeg', 'targetAudioCodec'], value: valueAt(config, ['ffmpeg', 'targetAudioCodec']) },
    ...(Array.isArray(accepted) ? accepted : []).map((value: unknown, index) => ({
      path: ['ffmpeg', 'acceptedAudioCodecs', index],
      value,
    })),
  ];
  return places
    .filter(({ value }) => value === wrong)
    .map(({ path }) => ({
      path,
      message: `"${wrong}" is not a codec to Immich ${version.text}, which would not start. Write ${right}.`,
    }));
}

function valueAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  return isMapping(value) ? valueAt(value[key], rest) : undefined;
}

function isMapping(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
