import type { Path } from '../../text/path.ts';
import { quote } from '../../text/quoting.ts';
import { compareVersions, type Version } from '../../values/version.ts';
import { release } from '../release.ts';
import { releases } from '../releases.ts';

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
  const newer = newerKeys().filter(
    ({ path, since }) => compareVersions(version, since) < 0 && valueAt(config, path) !== undefined,
  );
  const outermost = newer.filter(
    ({ path }) =>
      !newer.some((one) => one.path.length < path.length && one.path.every((step, at) => step === path[at])),
  );
  return [
    ...outermost.map(({ path, since }) => ({
      path,
      message: `${quote(path.at(-1))} is known from Immich ${since.text} on, and means nothing to ${version.text}. Leave it out, or use a newer Immich.`,
    })),
    ...codecProblems(config, version),
  ];
}

/** A key of the configuration, or a section, and the first version that has it. */
interface NewerKey {
  readonly path: readonly string[];
  readonly since: Version;
}

function newerKeys(): readonly NewerKey[] {
  return [
    ...releases().flatMap(({ version, config }) =>
      (config?.added ?? []).map((key) => ({ path: key.split('.'), since: version })),
    ),
    // v3.0.3 has it not, v3.2.2 has it: in between it may be known.
    { path: ['oauth', 'accountManagementUrl'], since: release(3, 1, 0) },
  ];
}

/** v3 calls opus what was libopus up to v2.5; v2.6 and v2.7 know both. A wrong name stops the server. */
function codecProblems(config: object, version: Version): ConfigProblem[] {
  const [wrong, right] =
    compareVersions(version, release(3, 0, 0)) >= 0
      ? ['libopus', 'opus']
      : compareVersions(version, release(2, 6, 0)) < 0
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
      message: `${quote(wrong)} is not a codec to Immich ${version.text}, which would not start. Write ${right}.`,
    }));
}

function valueAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  return isMapping(value) ? valueAt(value[key], rest) : undefined;
}

function isMapping(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
