import { mapping, required } from '../schema/mapping.ts';
import type { Read } from '../schema/schema.ts';
import { objectName, secretKey } from './texts.ts';

/** One value in a Kubernetes Secret that a person, SOPS or External Secrets creates. Never the value itself. */
export type SecretReference = Read<typeof secretReference>;

export const secretReference = mapping({
  secret: required(objectName, 'Name of the Secret, in the namespace of the object that reads it.'),
  key: required(secretKey, 'Key inside the Secret.'),
});
