import { type Field, isUnknown } from '../../manifests/field.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';
import { pieceOf, placeOf, withoutSlash, withVariables } from './place.ts';

/** A store of Barman in the keys of an installation file; undefined for one that is of no known kind. */
export function storePieces(path: Piece['path'], configuration: Field): Piece[] | undefined {
  const destination = configuration.at('destinationPath');
  const [scheme = ''] = (destination.text ?? '').split(':');
  switch (scheme) {
    case 's3':
      return s3([...path, 's3'], destination, configuration);
    case 'gs':
      return gcs([...path, 'gcs'], destination, configuration.at('googleCredentials'));
    case 'https':
    case 'azure':
      return azure([...path, 'azure'], destination, configuration.at('azureCredentials'));
    default:
      return undefined;
  }
}

function s3(path: Piece['path'], destination: Field, configuration: Field): Piece[] {
  const credentials = configuration.at('s3Credentials');
  const [id, key] = [credentials.at('accessKeyId'), credentials.at('secretAccessKey')];
  const isOne = id.get('name') === key.get('name');
  return [
    ...bucket(path, destination),
    ...pieceOf([...path, 'endpoint'], withoutSlash(configuration.at('endpointURL'))),
    ...reference([...path, 'endpointCA'], configuration.at('endpointCA')),
    ...reference([...path, 'region'], credentials.at('region')),
    ...(credentials.at('inheritFromIAMRole').value === true
      ? [take([...path, 'inheritFromIAMRole'], true, placeOf(credentials))]
      : [
          id.at('name').text === undefined || !isOne
            ? leaveOpen(
                [...path, 'credentials'],
                'the Secret with the access key, or { secret, accessKeyId, secretAccessKey }',
                'to-be-filled-in',
                placeOf(credentials),
              )
            : take(
                [...path, 'credentials'],
                {
                  secret: id.get('name') ?? '',
                  accessKeyId: id.get('key') ?? '',
                  secretAccessKey: key.get('key') ?? '',
                },
                placeOf(id),
              ),
        ]),
  ];
}

function gcs(path: Piece['path'], destination: Field, credentials: Field): Piece[] {
  return [
    ...bucket(path, destination),
    ...(credentials.at('gkeEnvironment').value === true
      ? [take([...path, 'gkeEnvironment'], true, placeOf(credentials))]
      : reference([...path, 'credentials'], credentials.at('applicationCredentials'))),
  ];
}

function azure(path: Piece['path'], destination: Field, credentials: Field): Piece[] {
  return [
    ...pieceOf([...path, 'destinationPath'], destination),
    ...reference([...path, 'connectionString'], credentials.at('connectionString')),
    ...reference([...path, 'storageAccount'], credentials.at('storageAccount')),
    ...reference([...path, 'sasToken'], credentials.at('storageSasToken')),
    ...(credentials.at('inheritFromAzureAD').value === true
      ? [take([...path, 'inheritFromAzureAD'], true, placeOf(credentials))]
      : []),
  ];
}

/** Bucket and folder of `s3://bucket/folder`. */
function bucket(path: Piece['path'], destination: Field): Piece[] {
  const [, name = '', folder = ''] = /^[a-z0-9]+:\/\/([^/]*)\/*(.*?)\/*$/.exec(destination.text ?? '') ?? [];
  const place = placeOf(destination);
  const open = leaveOpen(
    [...path, 'bucket'],
    'the bucket; today a variable of Flux',
    'to-be-filled-in',
    place,
  );
  if (name === '' || isUnknown(folder)) return [open];
  return [
    isUnknown(name)
      ? withVariables([...path, 'bucket'], name, place, open)
      : take([...path, 'bucket'], name, place),
    folder === ''
      ? remark(
          path,
          `The archive stands at the top of the bucket today, where no key leads: from dist it goes on in the folder "immich", with a new base backup. The old one stays as it is.`,
          place,
        )
      : take([...path, 'folder'], folder, place),
  ];
}

/** A key of a Secret. */
function reference(path: Piece['path'], field: Field): Piece[] {
  const [name, key] = [field.at('name').text, field.at('key').text];
  return name === undefined || key === undefined ? [] : [take(path, { secret: name, key }, placeOf(field))];
}
