import { mapping, required } from '../../schema/mapping.ts';
import { text } from '../../schema/scalar.ts';
import type { Read, Schema } from '../../schema/schema.ts';
import { parseDnsSubdomain, parseSecretKey, secretKeyPattern, subdomainPattern } from '../../values/names.ts';

/** A setting whose value is in a Secret, and comes into the file when a pod starts. */
export type SecretSetting = Read<typeof reference>;

const reference = mapping({
  secret: required(
    text(parseDnsSubdomain, { pattern: subdomainPattern }),
    'Name of the Secret, in the namespace of Immich.',
  ),
  key: required(text(parseSecretKey, { pattern: secretKeyPattern }), 'Key inside the Secret.'),
});

/** A text in its place is likely the secret itself, which no message may show. */
export const secretSetting: Schema<SecretSetting> = {
  read: (value, at) =>
    typeof value === 'string' || typeof value === 'number'
      ? at.error(
          'A secret must not stand in an installation file. Keep it in a Secret, and write { secret: name-of-the-secret, key: key-inside-it }.',
        )
      : reference.read(value, at),
  json: reference.json,
};

/** The settings of a configuration that are in Secrets, by the keys that lead to them. */
export function secretSettingsOf(config: {
  readonly oauth?: { readonly clientSecret?: SecretSetting | undefined } | undefined;
  readonly notifications?:
    | {
        readonly smtp?:
          | { readonly transport?: { readonly password?: SecretSetting | undefined } | undefined }
          | undefined;
      }
    | undefined;
}): { readonly path: string; readonly reference: SecretSetting }[] {
  const { oauth, notifications } = config;
  return [
    { path: 'oauth.clientSecret', reference: oauth?.clientSecret },
    {
      path: 'notifications.smtp.transport.password',
      reference: notifications?.smtp?.transport?.password,
    },
  ].flatMap(({ path, reference }) => (reference === undefined ? [] : [{ path, reference }]));
}
