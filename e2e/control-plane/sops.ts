import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { stringify } from 'yaml';
import { type AgeKey, encryptFor } from './age.ts';

/** A Secret as a person fills it in. */
export interface PlainSecret {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly type: string;
  readonly stringData: { readonly [key: string]: string };
}

/**
 * A Secret as `sops encrypt --age ... --encrypted-regex '^(data|stringData)$'` writes it, which is not built here for
 * the sake of time: https://github.com/getsops/sops#encryption-protocol. Flux decrypts it with SOPS' own code.
 */
export function encrypted(secret: PlainSecret, key: AgeKey): string {
  const dataKey = randomBytes(32);
  const moment = '2026-11-01T00:00:00Z';
  const { metadata, stringData } = secret;
  // Of all values in their order, the ones that stay readable too.
  const texts = [secret.apiVersion, secret.kind, metadata.name, metadata.namespace, secret.type];
  const hash = createHash('sha512');
  for (const text of [...texts, ...Object.values(stringData)]) hash.update(text);
  const { apiVersion, kind, type } = secret;
  const written = {
    apiVersion,
    kind,
    metadata: { name: metadata.name, namespace: metadata.namespace },
    type,
    stringData: Object.fromEntries(
      Object.entries(stringData).map(([name, value]) => [
        name,
        value === '' ? value : sealed(dataKey, value, `stringData:${name}:`),
      ]),
    ),
    sops: {
      age: [{ recipient: key.recipient, enc: encryptFor(key, dataKey) }],
      lastmodified: moment,
      mac: sealed(dataKey, hash.digest('hex').toUpperCase(), moment),
      encrypted_regex: '^(data|stringData)$',
      version: '3.10.2',
    },
  };
  // SOPS reads YAML 1.1, in which a time without quotes is no text.
  return stringify(written, { version: '1.1' });
}

function sealed(key: Buffer, value: string, about: string): string {
  const nonce = randomBytes(32);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(about));
  const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  const parts = { data, iv: nonce, tag: cipher.getAuthTag() };
  const written = Object.entries(parts).map(([name, bytes]) => `${name}:${bytes.toString('base64')}`);
  return `ENC[AES256_GCM,${written.join(',')},type:str]`;
}
