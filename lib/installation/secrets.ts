import { record } from '../schema/list.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { anyText, choice, textLike } from '../schema/scalar.ts';
import { refine, type Schema } from '../schema/schema.ts';
import { variants } from '../schema/variants.ts';
import { quote } from '../values/parsed.ts';
import { folder } from './flux.ts';
import { objectName } from './texts.ts';

/** Who makes the Secrets that must exist. */
export type SecretsSource =
  | {
      readonly kind: 'externalSecrets';
      readonly store: { readonly name: string; readonly kind: 'ClusterSecretStore' | 'SecretStore' };
      /** The entries of the store, by the Secrets that are made from them. */
      readonly keys: { readonly [secret: string]: string };
    }
  | {
      readonly kind: 'sops';
      /** The folder of the encrypted files, seen from the root of the repository. */
      readonly folder: string;
      /** Whom they are encrypted for, as `sops --age` takes it; undefined where `.sops.yaml` says it. */
      readonly age: string | undefined;
      /** The Secret in the namespace of Flux that holds the private key. */
      readonly secret: string;
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

/** https://github.com/getsops/sops#encrypting-using-age */
const recipients = textLike(
  /^age1[a-z0-9]{50,}(?:,age1[a-z0-9]{50,})*$/,
  (recipients) =>
    `${quote(recipients)} is no public key of age. Write what age-keygen prints as "public key", age1 and 58 letters and digits; several with commas between. The Secret with the private key goes to secret.`,
);

/** https://fluxcd.io/flux/guides/mozilla-sops/ */
const sops = mapping({
  folder: required(
    folder,
    'The folder of the encrypted files, outside of dist, such as "./secrets", seen from the root of the repository. synth puts an .example there for each Secret that has no file yet, and never touches it again; Flux applies what is encrypted before the database.',
  ),
  age: optional(
    recipients,
    'The public key of age, "age1...", that the commands in the examples encrypt for; default what .sops.yaml says.',
  ),
  secret: defaulting(
    objectName,
    'sops-age',
    "The Secret with the private key, *.agekey, in Flux's namespace. It is the one that is made by hand.",
  ),
});

/** `{ externalSecrets: ... }`, `{ sops: ... }` or `{ byHand: {} }`. */
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
  sops: refine(
    mapping({ sops: required(sops, 'Encrypted files in git, which Flux decrypts.') }),
    ({ sops }) => ({ kind: 'sops', ...sops }),
  ),
  byHand: refine(
    mapping({ byHand: required(mapping({}), 'A person or another program makes them, as RUNBOOK.md says.') }),
    () => ({ kind: 'byHand' }),
  ),
});
