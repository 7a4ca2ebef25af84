import { record } from '../schema/list.ts';
import { defaulting, mapping, required } from '../schema/mapping.ts';
import { anyText, choice } from '../schema/scalar.ts';
import { refine, type Schema } from '../schema/schema.ts';
import { variants } from '../schema/variants.ts';
import { objectName } from './texts.ts';

/** Who makes the Secrets that must exist. */
export type SecretsSource =
  | {
      readonly kind: 'externalSecrets';
      readonly store: { readonly name: string; readonly kind: 'ClusterSecretStore' | 'SecretStore' };
      /** The entries of the store, by the Secrets that are made from them. */
      readonly keys: { readonly [secret: string]: string };
    }
  | { readonly kind: 'byHand' };

/** https://external-secrets.io/latest/api/externalsecret/ */
const externalSecrets = mapping({
  store: required(
    mapping({
      name: required(objectName, 'Name of the store.'),
      kind: defaulting(
        choice('ClusterSecretStore', 'SecretStore'),
        'ClusterSecretStore',
        'Its kind. A SecretStore must be in the namespace of Immich, and in that of the drill too.',
      ),
    }),
    'The store of External Secrets that holds the values, which exists already.',
  ),
  keys: defaulting(
    record(objectName, anyText),
    {},
    "The entry of the store for a Secret, by the Secret's name; default that name itself. Its properties are called as the keys of the Secret.",
  ),
});

/** `{ externalSecrets: ... }` or `{ byHand: {} }`. */
export const secrets: Schema<SecretsSource> = variants<SecretsSource>({
  externalSecrets: refine(
    mapping({
      externalSecrets: required(
        externalSecrets,
        'An ExternalSecret for each of them, with exactly the keys that are read.',
      ),
    }),
    ({ externalSecrets }) => ({ kind: 'externalSecrets', ...externalSecrets }),
  ),
  byHand: refine(
    mapping({ byHand: required(mapping({}), 'A person or another program makes them, as RUNBOOK.md says.') }),
    () => ({ kind: 'byHand' }),
  ),
});
