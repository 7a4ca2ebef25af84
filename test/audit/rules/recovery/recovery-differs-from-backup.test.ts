import { cluster, documents } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('recovery-differs-from-backup', () => {
  const source = (path: string, name: string) => `bootstrap: { recovery: { source: origin } }
externalClusters: [{ name: origin, barmanObjectStore: { destinationPath: ${path}, serverName: ${name} } }]`;
  const original = (more = '') =>
    cluster(`backup: { barmanObjectStore: { destinationPath: s3://immich } }\n${more}`, 'immich-db');
  const image = (tag: string) => `imageName: ghcr.io/tensorchord/cloudnative-vectorchord:${tag}`;

  test.each([
    ['the same folder', source('s3://immich/', 'immich-db'), []],
    [
      'another bucket',
      source('s3://other', 'immich-db'),
      ['warning spec.externalClusters.0.barmanObjectStore.destinationPath'],
    ],
    [
      'a folder that nobody writes',
      source('s3://immich', 'imich-db'),
      ['warning spec.externalClusters.0.barmanObjectStore.serverName'],
    ],
    ['an older life of it', source('s3://immich', 'immich-db-v1'), []],
    ['a bucket that is not known', source('"s3://\u0024{BUCKET}"', 'immich-db'), []],
  ])('from %s', (_, spec, expected) => {
    expect(said('recovery-differs-from-backup', documents(original(), cluster(spec, 'restored')))).toEqual(
      expected,
    );
  });

  test.each([
    ['17.10-1.1.1', []],
    ['16.9-1.1.1', ['error spec.imageName']],
    ['17.10-0.5.3', ['warning spec.imageName']],
  ])('with the image %s', (tag, expected) => {
    const restored = cluster(`${source('s3://immich', 'immich-db')}\n${image(tag)}`, 'restored');
    expect(said('recovery-differs-from-backup', documents(original(image('17.10-1.1.1')), restored))).toEqual(
      expected,
    );
  });

  test('without a library that the original preloads, or from another endpoint', () => {
    const preloading = original('postgresql: { shared_preload_libraries: [vchord.so] }');
    expect(
      said(
        'recovery-differs-from-backup',
        documents(preloading, cluster(source('s3://immich', 'immich-db'), 'restored')),
      ),
    ).toEqual(['error spec.postgresql.shared_preload_libraries']);
    const elsewhere = source('s3://immich', 'immich-db, endpointURL: https://other');
    expect(
      said('recovery-differs-from-backup', documents(original(), cluster(elsewhere, 'restored'))),
    ).toEqual(['warning spec.externalClusters.0.barmanObjectStore.endpointURL']);
  });

  test('what begins from its own folder is not compared with others in that bucket', () => {
    const own = `${source('s3://immich', 'restored')}
backup: { barmanObjectStore: { destinationPath: s3://immich } }`;
    expect(said('recovery-differs-from-backup', documents(original(), cluster(own, 'restored')))).toEqual([]);
  });

  test('Clusters of another namespace, or of another overlay, are called alike by chance', () => {
    const restored = cluster(source('s3://other', 'immich-db'), 'restored');
    const elsewhere = documents(original().replace('namespace: immich', 'namespace: other'), restored);
    expect(said('recovery-differs-from-backup', elsewhere)).toEqual([]);
    expect(said('recovery-differs-from-backup', elsewhere, { complete: true })).toEqual([
      'error spec.externalClusters.0.barmanObjectStore.destinationPath',
    ]);
    const overlay = documents(original(), cluster(source('s3://other', 'immich-db'), 'immich-db'));
    expect(said('recovery-differs-from-backup', overlay)).toEqual([]);
  });
});
