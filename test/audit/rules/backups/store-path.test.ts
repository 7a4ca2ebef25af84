import { said, store } from '../said.ts';

describe('store-path', () => {
  const configured = (configuration: string) => store.replace('destinationPath: s3://immich', configuration);

  test.each([
    ['destinationPath: s3://immich, s3Credentials: {}', 0],
    ['destinationPath: immich, s3Credentials: {}', 1],
    ['destinationPath: gs://immich, googleCredentials: {}', 0],
    ['destinationPath: s3://immich, googleCredentials: {}', 1],
    ['destinationPath: https://a.blob.core.windows.net, azureCredentials: {}', 1],
    ['destinationPath: https://a.blob.core.windows.net/immich, azureCredentials: {}', 0],
    [
      'destinationPath: https://a.blob.core.windows.net/immich, azureCredentials: { connectionString: {}, storageKey: {} }',
      1,
    ],
    ['destinationPath: s3://immich, serverName: a', 1],
  ])('%s', (configuration, count) => {
    expect(said('store-path', configured(configuration))).toHaveLength(count);
  });
});
