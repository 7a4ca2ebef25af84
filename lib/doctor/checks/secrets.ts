import { encryptedSecretsOf } from '../../plan/encrypted-secrets.ts';
import type { RequiredSecret } from '../../plan/secrets.ts';
import { creationOf } from '../../runbook/secrets.ts';
import { enumerate } from '../../values/parsed.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster, SecretOutline } from '../cluster.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { objectPath } from '../path.ts';

/** Whether the Secrets that nothing makes are there, with their keys. */
export const secrets: Check = {
  id: 'secrets',
  title: 'Secrets',
  isOfLife: false,
  look: async (subject, cluster) => {
    const needed = subject.plan.secrets.filter((secret) => secret.cluster === subject.cluster);
    return (await Promise.all(needed.map((secret) => lookAt(secret, subject, cluster)))).flat();
  },
};

async function lookAt(
  secret: RequiredSecret,
  { kubectl, plan }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const { namespace, name, purpose } = secret;
  const encrypted = encryptedSecretsOf(plan).find((one) => one.secret === secret);
  const mend =
    encrypted === undefined
      ? creationOf(kubectl, secret)
      : `Encrypt it as ${encrypted.file}, as the .example beside it says, commit and push.`;
  const [answer, place] = await Promise.all([
    cluster.secret(namespace, name),
    cluster.get(objectPath({ apiVersion: 'v1', resource: 'namespaces' }, namespace)),
  ]);
  const called = `Secret ${namespace}/${name}`;
  return judge(answer, called, {
    seen: (outline) => judgeOutline(secret, outline, kubectl),
    absent: () => [
      sayError(
        `${called} is missing: ${purpose}.`,
        ...(place.kind === 'absent' ? [`${kubectl} create namespace ${namespace}`] : []),
        mend,
      ),
    ],
  });
}

function judgeOutline(
  secret: RequiredSecret,
  { type, keys, empty }: SecretOutline,
  kubectl: string,
): readonly Finding[] {
  const { namespace, name, purpose } = secret;
  const called = `Secret ${namespace}/${name}`;
  const patch = (key: string) =>
    `${kubectl} patch secret ${name} --namespace ${namespace} --type=merge --patch '{"stringData":{"${key}":"..."}}'`;
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
