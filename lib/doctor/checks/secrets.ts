import type { SecretsSource } from '../../installation/secrets.ts';
import { encryptedSecretsOf } from '../../plan/encrypted-secrets.ts';
import type { RequiredSecret } from '../../plan/secrets.ts';
import { creationOf } from '../../runbook/secrets.ts';
import { enumerate } from '../../values/parsed.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster, SecretOutline } from '../cluster.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { conditionOf, live } from '../live.ts';
import { objectPath } from '../path.ts';

/** Whether the Secrets are there that must exist, with their keys, and what makes them where something does. */
export const secrets: Check = {
  id: 'secrets',
  title: 'Secrets',
  isOfLife: false,
  look: async (subject, cluster) => {
    const needed = subject.plan.secrets.filter((secret) => secret.cluster === subject.cluster);
    const { secrets: source } = subject.plan.installation;
    const stores = source.kind !== 'externalSecrets' ? [] : storesOf(source, needed);
    const looked = [
      ...stores.map((store) => lookAtStore(store, subject, cluster)),
      ...needed.map((secret) => lookAt(secret, subject, cluster)),
    ];
    return (await Promise.all(looked)).flat();
  },
};

type ExternalSecrets = Extract<SecretsSource, { readonly kind: 'externalSecrets' }>;

const apiVersion = 'external-secrets.io/v1';

/** A store of External Secrets, which each namespace has for itself where it is a SecretStore. */
interface Store {
  readonly kind: ExternalSecrets['store']['kind'];
  readonly name: string;
  readonly namespace: string | undefined;
}

function storesOf({ store }: ExternalSecrets, needed: readonly RequiredSecret[]): readonly Store[] {
  if (needed.length === 0) return [];
  if (store.kind === 'ClusterSecretStore') return [{ ...store, namespace: undefined }];
  return [...new Set(needed.map(({ namespace }) => namespace))].map((namespace) => ({ ...store, namespace }));
}

async function lookAtStore(
  { kind, name, namespace }: Store,
  { kubectl, file }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const resource = `${kind.toLowerCase()}s`;
  const called = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const place = namespace === undefined ? '' : ` --namespace ${namespace}`;
  return judge(await cluster.get(objectPath({ apiVersion, resource, namespace }, name)), called, {
    seen: (value) => {
      const ready = conditionOf(live(value), 'Ready');
      return ready?.at('status').text === 'False'
        ? [
            sayError(
              `${called} is not ready: ${ready.at('message').text ?? 'no reason is given'}`,
              `${kubectl} describe ${resource}.external-secrets.io ${name}${place}`,
            ),
          ]
        : [sayWell(`${called} is there, for secrets.externalSecrets.`)];
    },
    absent: () => [
      sayError(
        `${called} is missing, so that no Secret will be made.`,
        `${kubectl} get ${resource}.external-secrets.io${place}`,
        `Write one of those as secrets: { externalSecrets: { store } } into ${file}, or make it: https://external-secrets.io/latest/introduction/getting-started/`,
      ),
    ],
  });
}

async function lookAt(
  secret: RequiredSecret,
  subject: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const { namespace, name, purpose } = secret;
  const { secrets: source } = subject.plan.installation;
  const encrypted = encryptedSecretsOf(subject.plan).find((one) => one.secret === secret);
  const called = `Secret ${namespace}/${name}`;
  const answer = await cluster.secret(namespace, name);
  if (answer.kind === 'absent' && source.kind === 'externalSecrets') {
    return lookAtExternalSecret(secret, source, subject, cluster);
  }
  const place = await cluster.get(objectPath({ apiVersion: 'v1', resource: 'namespaces' }, namespace));
  const { kubectl } = subject;
  return judge(answer, called, {
    seen: (outline) => judgeOutline(secret, outline, kubectl, source),
    absent: () => [
      sayError(
        `${called} is missing: ${purpose}.`,
        ...(place.kind === 'absent' ? [`${kubectl} create namespace ${namespace}`] : []),
        encrypted === undefined
          ? creationOf(kubectl, secret)
          : `Encrypt it as ${encrypted.file}, as the .example beside it says, commit and push.`,
      ),
    ],
  });
}

/** Why a Secret is not there that External Secrets is to make. */
async function lookAtExternalSecret(
  { namespace, name, purpose }: RequiredSecret,
  source: ExternalSecrets,
  { kubectl }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const called = `Secret ${namespace}/${name}`;
  const answer = await cluster.get(objectPath({ apiVersion, resource: 'externalsecrets', namespace }, name));
  const early = sayWarning(
    `${called} is not there yet: External Secrets makes it from the entry ${entryOf(source, name)} once Flux has applied its ExternalSecret.`,
  );
  return judge(answer, `ExternalSecret ${namespace}/${name}`, {
    seen: (value) => {
      const ready = conditionOf(live(value), 'Ready');
      return ready?.at('status').text === 'False'
        ? [
            sayError(
              `${called} is missing, ${purpose}, and its ExternalSecret says: ${ready.at('message').text ?? 'no reason is given'}`,
              `${kubectl} describe externalsecrets.external-secrets.io ${name} --namespace ${namespace}`,
            ),
          ]
        : [early];
    },
    absent: () => [early],
  });
}

/** The entry of the store that a Secret is made from. */
function entryOf({ keys, store }: ExternalSecrets, name: string): string {
  return `${keys[name] ?? name} of ${store.kind} ${store.name}`;
}

function judgeOutline(
  secret: RequiredSecret,
  { type, keys, empty }: SecretOutline,
  kubectl: string,
  source: SecretsSource,
): readonly Finding[] {
  const { namespace, name, purpose } = secret;
  const called = `Secret ${namespace}/${name}`;
  const patch = (key: string) =>
    source.kind === 'externalSecrets'
      ? `Write the property ${key} into the entry ${entryOf(source, name)}.`
      : `${kubectl} patch secret ${name} --namespace ${namespace} --type=merge --patch '{"stringData":{"${key}":"..."}}'`;
  const missing = secret.keys.filter((key) => !keys.includes(key));
  const hollow = secret.keys.filter((key) => empty.includes(key));
  if (missing.length > 0) {
    return [
      sayError(`${called} lacks ${keysText(missing)}: ${purpose}.${hasText(keys)}`, ...missing.map(patch)),
    ];
  }
  if (hollow.length > 0) {
    return [sayError(`${called} has nothing in ${keysText(hollow)}: ${purpose}.`, ...hollow.map(patch))];
  }
  if (secret.type !== 'Opaque' && type !== secret.type) {
    return [
      sayWarning(
        `${called} is of the type ${type}, not ${secret.type}. A type cannot be changed: where it matters, note the values, delete it, and make it anew.`,
        creationOf(kubectl, secret),
      ),
    ];
  }
  return [sayWell(`${called} has ${keysText(secret.keys)}.`)];
}

function keysText(keys: readonly string[]): string {
  return `${keys.length === 1 ? 'the key' : 'the keys'} ${enumerate(keys)}`;
}

function hasText(keys: readonly string[]): string {
  return keys.length === 0 ? ' It is empty.' : ` It has ${keysText(keys)}.`;
}
