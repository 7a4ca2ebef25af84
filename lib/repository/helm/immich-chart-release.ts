/** What is known of a release of Immich's own chart. */
export interface ImmichChartRelease {
  /** Whether it is older than 0.10, from where the values hold `controllers`; undefined for a version that is not known. */
  readonly isOld: boolean | undefined;
  /** The version of Immich that it installs where nobody says another. */
  readonly tag: string | undefined;
  /** The port of the server's service, if it is known. */
  readonly port: number | undefined;
}

/** What is known of a release by its version; nothing of a range of them. */
export function immichChartRelease(version: string): ImmichChartRelease {
  const [, minor, patch] = /^v?0\.(\d+)\.(\d+)$/.exec(version)?.map(Number) ?? [];
  if (minor === undefined || patch === undefined) {
    return { isOld: undefined, tag: undefined, port: undefined };
  }
  const isSince = (of: readonly [number, number]) => minor > of[0] || (minor === of[0] && patch >= of[1]);
  return {
    isOld: minor < 10,
    tag: isSince(newestKnown) ? undefined : tags.findLast(({ since }) => isSince(since))?.tag,
    port: isSince(newPort) ? 2283 : isSince(first) ? 3001 : undefined,
  };
}

/** The first release that was looked at; those before it came with every version. */
const first = [2, 0] as const;

/** https://github.com/immich-app/immich-charts/pull/132 */
const newPort = [8, 2] as const;

/** `image.tag` in the chart's own values: https://github.com/immich-app/immich-charts/commits/main/charts/immich/values.yaml */
const tags: readonly { readonly since: readonly [number, number]; readonly tag: string }[] = [
  { since: [2, 0], tag: 'v1.88.0' },
  { since: [3, 0], tag: 'v1.91.0' },
  { since: [3, 1], tag: 'v1.91.4' },
  { since: [4, 0], tag: 'v1.95.1' },
  { since: [5, 0], tag: 'v1.100.0' },
  { since: [7, 0], tag: 'v1.106.1' },
  { since: [8, 1], tag: 'v1.117.0' },
  { since: [8, 2], tag: 'v1.118.0' },
  { since: [8, 4], tag: 'v1.119.0' },
  { since: [10, 0], tag: 'v2.0.0' },
  { since: [11, 1], tag: 'v2.6.3' },
];

/** The first version of which nothing is known. */
const newestKnown = [12, 1] as const;
