import type { SecretReference } from '../../installation/secret-reference.ts';
import type { Store } from '../../installation/store.ts';
import { present } from '../present.ts';

/**
 * Newer clients send checksums that S3 services other than Amazon's refuse: https://github.com/boto/boto3/issues/4392.
 * Whatever runs Barman needs them: the plugin's sidecar, or with the in-tree form the instances themselves.
 */
export function checksumVariablesOf(store: Store): { readonly env?: { name: string; value: string }[] } {
  return store.kind === 's3' && store.endpoint !== undefined
    ? {
        env: ['AWS_REQUEST_CHECKSUM_CALCULATION', 'AWS_RESPONSE_CHECKSUM_VALIDATION'].map((name) => ({
          name,
          value: 'when_required',
        })),
      }
    : {};
}

/**
 * How many files of the write-ahead log go or come at once. With one at a time, as is Barman's default, a busy import of
 * photos outruns the archive, and a restore takes them one after the other.
 * https://cloudnative-pg.io/documentation/current/recovery/
 */
export const filesAtOnce = 4;

/**
 * The part of a store's configuration that the in-tree form and the Barman Cloud plugin have in common.
 *
 * https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/
 */
export function storeConfiguration(store: Store) {
  const { destinationPath } = store;
  switch (store.kind) {
    case 'azure':
      return { destinationPath, azureCredentials: azureCredentials(store.credentials) };
    case 's3':
      return {
        destinationPath,
        ...present({
          endpointUrl: store.endpoint,
          endpointCa: store.endpointCA && selector(store.endpointCA),
        }),
        s3Credentials: {
          ...s3Credentials(store.credentials),
          ...present({ region: store.region && selector(store.region) }),
        },
      };
    case 'gcs':
      return { destinationPath, googleCredentials: googleCredentials(store.credentials) };
  }
}

type Credentials<K extends Store['kind']> = Extract<Store, { readonly kind: K }>['credentials'];

function azureCredentials(credentials: Credentials<'azure'>) {
  switch (credentials.kind) {
    case 'connectionString':
      return { connectionString: selector(credentials.connectionString) };
    case 'sasToken':
      return {
        storageAccount: selector(credentials.storageAccount),
        storageSasToken: selector(credentials.sasToken),
      };
    case 'inheritFromAzureAD':
      return { inheritFromAzureAd: true };
  }
}

function s3Credentials(credentials: Credentials<'s3'>) {
  return credentials.kind === 'keys'
    ? {
        accessKeyId: selector(credentials.accessKeyId),
        secretAccessKey: selector(credentials.secretAccessKey),
      }
    : { inheritFromIamRole: true };
}

function googleCredentials(credentials: Credentials<'gcs'>) {
  return credentials.kind === 'key'
    ? { applicationCredentials: selector(credentials.applicationCredentials) }
    : { gkeEnvironment: true };
}

function selector({ secret, key }: SecretReference) {
  return { name: secret, key };
}
