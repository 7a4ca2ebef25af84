import type { KubernetesObject, Manifest } from '../manifests/manifest.ts';
import { type Redact, redactionBy } from '../text/redaction.ts';
import { secretIn } from '../text/secret.ts';

/** What hides the secrets of one manifest. */
export interface ManifestRedaction {
  readonly redact: Redact;
  /** Whether it has secrets of its own, beside what is one by its shape. */
  readonly isNeeded: boolean;
}

/**
 * Takes secrets out of what is told of manifests: values of Secrets, of variables and settings that are secrets by their
 * name, and whatever is one by its shape. Every message of the audit goes through it.
 */
export function manifestRedactions(): (manifest: Manifest) => ManifestRedaction {
  const known = new Map<KubernetesObject, ManifestRedaction>();
  return ({ object }) => {
    const found = known.get(object) ?? redactionOf(secretsOf(object));
    known.set(object, found);
    return found;
  };
}

function redactionOf(secrets: readonly string[]): ManifestRedaction {
  return { redact: redactionBy(() => secrets), isNeeded: secrets.length > 0 };
}

function secretsOf(object: KubernetesObject): string[] {
  const data = object.kind === 'Secret' ? textsIn([object['data'], object['stringData']]) : [];
  return [...data, ...namedSecretsIn(object, [])];
}

/** The values of `name: value`, and of `{ name, value }` as containers have them, that are secrets. */
function namedSecretsIn(data: unknown, around: readonly object[]): string[] {
  if (typeof data !== 'object' || data === null || around.includes(data)) return [];
  const inside = Object.entries(data);
  const { name, value }: { readonly name?: unknown; readonly value?: unknown } = data;
  const pairs = typeof name === 'string' ? [...inside, [name, value] as const] : inside;
  return [
    ...pairs.flatMap(([key, text]) =>
      typeof text === 'string' && (secretIn(key, text) !== undefined || opaque.has(key))
        ? [secretIn(key, text)?.secret ?? text].filter((secret) => !guessed.has(secret.toLowerCase()))
        : [],
    ),
    ...inside.flatMap(([, value]) => namedSecretsIn(value, [...around, data])),
  ];
}

/** Words that everybody tries first, and that stand in what is told of Immich anyway. */
const guessed = new Set([
  'immich',
  'postgres',
  'postgresql',
  'redis',
  'valkey',
  'password',
  'secret',
  'admin',
]);

/** Variables whose value is options in base64, a password among them perhaps. */
const opaque = new Set(['REDIS_URL']);

function textsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(textsIn) : [];
}
