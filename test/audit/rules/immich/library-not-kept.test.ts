import { server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const container = 'spec.template.spec.containers.0';
const claim = 'persistentVolumeClaim: { claimName: photos }';

function mounted(mounts: readonly (readonly [string, string])[], version = 'v3.3.1', more = ''): string {
  return server(
    `${more}\nvolumeMounts:\n${mounts.map(([path], index) => `  - { name: v${index}, mountPath: ${path} }`).join('\n')}`,
    `volumes:\n${mounts.map(([, source], index) => `  - { name: v${index}, ${source} }`).join('\n')}`,
    version,
  );
}

describe('library-not-kept', () => {
  test.each<[string, [string, string][], string[]]>([
    ['a claim', [['/data', claim]], []],
    ['an emptyDir', [['/data', 'emptyDir: {}']], [`error ${container}.volumeMounts.0`]],
    [
      'an ephemeral volume',
      [['/data', 'ephemeral: { volumeClaimTemplate: { spec: {} } }']],
      [`error ${container}.volumeMounts.0`],
    ],
    ['the older place', [['/usr/src/app/upload', 'emptyDir: {}']], [`error ${container}.volumeMounts.0`]],
    [
      'uploads alone',
      [
        ['/data', claim],
        ['/data/upload', 'emptyDir: {}'],
      ],
      [`error ${container}.volumeMounts.1`],
    ],
    // What Immich can make again.
    [
      'thumbnails alone',
      [
        ['/data', claim],
        ['/data/thumbs', 'emptyDir: {}'],
      ],
      [],
    ],
    [
      'everything that matters on a claim of its own',
      [
        ['/data', 'emptyDir: {}'],
        ['/data/upload', claim],
        ['/data/library', claim],
        ['/data/profile', claim],
      ],
      [],
    ],
    [
      'both places',
      [
        ['/data', 'emptyDir: {}'],
        ['/usr/src/app/upload', claim],
      ],
      [],
    ],
    ['another folder', [['/tmp', 'emptyDir: {}']], []],
  ])('%s', (_, mounts, expected) => {
    expect(said('library-not-kept', mounted(mounts))).toEqual(expected);
  });

  test('where a variable says, and where the version is not known', () => {
    const told = 'env: [{ name: IMMICH_MEDIA_LOCATION, value: /photos }]';
    expect(said('library-not-kept', mounted([['/photos', 'emptyDir: {}']], 'v3.3.1', told))).toHaveLength(1);
    expect(said('library-not-kept', mounted([['/data', 'emptyDir: {}']], 'v3.3.1', told))).toEqual([]);
    expect(said('library-not-kept', mounted([['/data', 'emptyDir: {}']], 'release'))).toEqual([]);
  });

  test('a Job has a library for as long as it runs', () => {
    const job = mounted([['/data', 'emptyDir: {}']]).replace('kind: Deployment', 'kind: Job');
    expect(said('library-not-kept', job)).toEqual([]);
  });
});
