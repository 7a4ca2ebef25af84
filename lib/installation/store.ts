import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { onlyTrue, textLike } from '../schema/scalar.ts';
import { refine, type Schema } from '../schema/schema.ts';
import { exactlyOneOf } from '../schema/variants.ts';
import { quote } from '../values/parsed.ts';
import { type SecretReference, secretReference } from './secret-reference.ts';
import { azureDestination, bucket, endpoint, objectName, secretKey } from './texts.ts';

/** Where backups go: a folder in an object store, and what opens it. */
export type Store = AzureStore | S3Store | GcsStore;

export interface AzureStore {
  readonly kind: 'azure';
  /** `https://<account>.blob.core.windows.net/<container>[/folder]`. */
  readonly destinationPath: string;
  readonly credentials:
    | { readonly kind: 'connectionString'; readonly connectionString: SecretReference }
    | {
        readonly kind: 'sasToken';
        readonly storageAccount: SecretReference;
        readonly sasToken: SecretReference;
      }
    | { readonly kind: 'inheritFromAzureAD' };
}

export interface S3Store {
  readonly kind: 's3';
  /** `s3://<bucket>/<folder>`. */
  readonly destinationPath: string;
  readonly endpoint: string | undefined;
  /** The certificate that the endpoint must prove itself with; undefined for those that everybody trusts. */
  readonly endpointCA: SecretReference | undefined;
  readonly region: SecretReference | undefined;
  readonly credentials:
    | {
        readonly kind: 'keys';
        readonly accessKeyId: SecretReference;
        readonly secretAccessKey: SecretReference;
      }
    | { readonly kind: 'inheritFromIAMRole' };
}

export interface GcsStore {
  readonly kind: 'gcs';
  /** `gs://<bucket>/<folder>`. */
  readonly destinationPath: string;
  readonly credentials:
    | { readonly kind: 'key'; readonly applicationCredentials: SecretReference }
    | { readonly kind: 'gkeEnvironment' };
}

const folder = textLike(
  /^(?!(?:.*\/)?\.\.(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
  (folder) =>
    `${quote(folder)} is not a folder in a bucket. Write a relative path such as "immich", without "..".`,
);

const azure: Schema<AzureStore> = refine(
  exactlyOneOf(
    ['connectionString', 'sasToken', 'inheritFromAzureAD'],
    mapping({
      destinationPath: required(
        azureDestination,
        'Container and folder, as an https URL. The container must exist.',
        'https://unknown.blob.core.windows.net/unknown',
      ),
      connectionString: optional(secretReference, 'The connection string of the storage account.'),
      storageAccount: optional(secretReference, 'The name of the storage account, for a SAS token.'),
      sasToken: optional(secretReference, 'A SAS token of the container, together with storageAccount.'),
      inheritFromAzureAD: optional(
        onlyTrue,
        'Says that the pod itself has an identity that opens the store.',
      ),
    }),
  ),
  (
    {
      destinationPath: { text: destinationPath },
      connectionString,
      storageAccount,
      sasToken,
      inheritFromAzureAD,
    },
    at,
  ) => {
    const kind = 'azure';
    if (storageAccount !== undefined && sasToken === undefined) {
      return at.keyError(
        'storageAccount',
        '"storageAccount" goes with "sasToken" only. Remove it, or write both.',
      );
    }
    if (connectionString !== undefined) {
      return { kind, destinationPath, credentials: { kind: 'connectionString', connectionString } };
    }
    if (inheritFromAzureAD) return { kind, destinationPath, credentials: { kind: 'inheritFromAzureAD' } };
    if (sasToken === undefined) return undefined;
    return storageAccount === undefined
      ? at.error('"storageAccount" is missing: a SAS token alone does not name its account. Write both.')
      : { kind, destinationPath, credentials: { kind: 'sasToken', storageAccount, sasToken } };
  },
);

const s3Keys = mapping({
  secret: required(objectName, 'Name of the Secret.'),
  accessKeyId: defaulting(secretKey, 'ACCESS_KEY_ID', 'Key of the access key id inside the Secret.'),
  secretAccessKey: defaulting(
    secretKey,
    'ACCESS_SECRET_KEY',
    'Key of the secret access key inside the Secret.',
  ),
});

/** A Secret by its name alone, with the standard keys, or with the names of its keys. */
const s3Credentials: Schema<{
  readonly accessKeyId: SecretReference;
  readonly secretAccessKey: SecretReference;
}> = {
  read: (value, at) => {
    const read = s3Keys.read(typeof value === 'string' ? { secret: value } : value, at);
    return (
      read && {
        accessKeyId: { secret: read.secret, key: read.accessKeyId },
        secretAccessKey: { secret: read.secret, key: read.secretAccessKey },
      }
    );
  },
  json: { oneOf: [objectName.json, s3Keys.json] },
};

const s3: Schema<S3Store> = refine(
  exactlyOneOf(
    ['credentials', 'inheritFromIAMRole'],
    mapping({
      bucket: required(bucket, 'Name of the bucket, which must exist.'),
      folder: defaulting(folder, 'immich', 'Folder in the bucket; below it each lineage has its own.'),
      endpoint: optional(endpoint, 'URL of the service, for S3 that is not Amazon.'),
      endpointCA: optional(
        secretReference,
        'The certificate that the endpoint must prove itself with, where an authority of your own has signed it.',
      ),
      region: optional(secretReference, 'The region, for services that want one.'),
      credentials: optional(
        s3Credentials,
        'Name of a Secret with ACCESS_KEY_ID and ACCESS_SECRET_KEY, or { secret, accessKeyId, secretAccessKey }.',
      ),
      inheritFromIAMRole: optional(onlyTrue, 'Says that the pod itself has a role that opens the bucket.'),
    }),
  ),
  ({ bucket, folder, endpoint, endpointCA, region, credentials, inheritFromIAMRole }, at) => {
    if (endpointCA !== undefined && endpoint === undefined && !at.isFaulty('endpoint')) {
      at.keyError(
        'endpointCA',
        '"endpointCA" is the certificate of an endpoint, and there is none: Amazon\'s is trusted by everybody. Write endpoint, or remove it.',
      );
    }
    if (endpointCA !== undefined && endpoint?.text.startsWith('http://')) {
      at.keyError(
        'endpointCA',
        `"endpointCA" is never looked at: ${quote(endpoint.text)} is not encrypted. Write https://, or remove it.`,
      );
    }
    if (credentials === undefined && inheritFromIAMRole === undefined) return undefined;
    return {
      kind: 's3',
      destinationPath: `s3://${bucket}/${folder}`,
      endpoint: endpoint?.text,
      endpointCA,
      region,
      credentials:
        credentials === undefined ? { kind: 'inheritFromIAMRole' } : { kind: 'keys', ...credentials },
    };
  },
);

const gcs: Schema<GcsStore> = refine(
  exactlyOneOf(
    ['credentials', 'gkeEnvironment'],
    mapping({
      bucket: required(bucket, 'Name of the bucket, which must exist.'),
      folder: defaulting(folder, 'immich', 'Folder in the bucket; below it each lineage has its own.'),
      credentials: optional(secretReference, 'The key file (JSON) of a service account.'),
      gkeEnvironment: optional(onlyTrue, 'Says that the pod itself has an identity that opens the bucket.'),
    }),
  ),
  ({ bucket, folder, credentials, gkeEnvironment }) => {
    if (credentials === undefined && gkeEnvironment === undefined) return undefined;
    return {
      kind: 'gcs',
      destinationPath: `gs://${bucket}/${folder}`,
      credentials:
        credentials === undefined
          ? { kind: 'gkeEnvironment' }
          : { kind: 'key', applicationCredentials: credentials },
    };
  },
);

/** The keys of a mapping that holds a store. */
export const storeKeys = {
  azure: optional(azure, 'Azure Blob Storage.'),
  s3: optional(s3, 'S3, of Amazon or of any other service.'),
  gcs: optional(gcs, 'Google Cloud Storage.'),
};
