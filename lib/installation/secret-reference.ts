import { mapping, required } from '../schema/mapping.ts';
import type { Read, Schema } from '../schema/schema.ts';
import { objectName, secretKey } from './texts.ts';

/** One value in a Kubernetes Secret that a person, SOPS or External Secrets creates. Never the value itself. */
export type SecretReference = Read<typeof names>;

const names = mapping({
  secret: required(objectName, 'Name of the Secret, in the namespace of the object that reads it.'),
  key: required(secretKey, 'Key inside the Secret.'),
});

/** A text in its place is likely the secret itself, which no message may show. */
export const secretReference: Schema<Read<typeof names>> = {
  read: (value, at) =>
    typeof value === 'string' || typeof value === 'number'
      ? at.error(
          'A secret must not stand here. Keep it in a Secret, and write { secret: name-of-the-secret, key: key-inside-it }.',
        )
      : names.read(value, at),
  json: names.json,
};
