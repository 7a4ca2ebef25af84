import type { Check, Subject } from '../../lib/doctor/check.ts';
import type { Answer, LivingCluster, SecretOutline } from '../../lib/doctor/cluster.ts';
import { apiPath } from '../../lib/doctor/path.ts';
import { parseInstallation } from '../../lib/installation/parse.ts';
import { clustersOf } from '../../lib/layers/clusters.ts';
import type { Value } from '../../lib/manifests/manifest.ts';
import { planOf } from '../../lib/plan/plan.ts';
import { synthesizedCluster } from '../../lib/synthesis/cluster-manifests.ts';
import { home } from '../installation/example.ts';

/** What a cluster has: paths with their answers, and Secrets. `forbidden` is what nobody may see. */
export interface Living {
  readonly paths?: { readonly [path: string]: Value | 'forbidden' };
  readonly secrets?: { readonly [name: string]: Partial<SecretOutline> | 'forbidden' };
  /** What the database in a pod says, by the name of the pod. */
  readonly queries?: { readonly [pod: string]: Value | 'forbidden' };
}

/** A living cluster as data. What it does not have is absent. */
export function living({ paths = {}, secrets = {}, queries = {} }: Living): LivingCluster {
  return {
    get: async (path) => answer(paths[path]),
    query: async ({ pod }) => answer(queries[pod]),
    secret: async (namespace, name) => {
      const found = answer(secrets[`${namespace}/${name}`]);
      return found.kind === 'seen'
        ? { kind: 'seen', value: { type: 'Opaque', keys: [], empty: [], ...found.value } }
        : found;
    },
  };
}

function answer<T>(found: T | 'forbidden' | undefined): Answer<T> {
  if (found === undefined) return { kind: 'absent' };
  return found === 'forbidden' ? { kind: 'unseen', why: 'jane may not' } : { kind: 'seen', value: found };
}

/** The moment at which the tests look. */
export const now = Date.parse('2026-11-26T12:00:00Z');

/** What an installation has in one of its clusters; that of Immich, unless another is named. */
export function subjectOf(text = home, named?: string): Subject {
  const file = 'installations/home.yaml';
  const { installation, problems } = parseInstallation(file, text);
  if (installation === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  const plan = planOf(installation);
  const cluster = named ?? installation.clusters.app;
  const manifests = clustersOf(plan)
    .filter(({ name }) => name === cluster)
    .flatMap((built) => synthesizedCluster(built).manifests);
  return { plan, file, cluster, manifests, manifestsAt: () => manifests, kubectl: 'kubectl', now };
}

/** What a check finds, as `state: message` with what mends it below. */
export async function found(
  check: Check,
  cluster: Living,
  subject: Subject = subjectOf(),
): Promise<string[]> {
  const findings = await check.look(subject, living(cluster));
  return findings.flatMap(({ state, message, mend }) => [
    `${state}: ${message}`,
    ...mend.map((one) => `  ${one}`),
  ]);
}

/** The answers of an API server that serves every kind that an installation has in dist. */
export function serving({ manifests } = subjectOf()): { [path: string]: Value } {
  const paths: Record<string, { resources: readonly { kind: string; name: string }[] }> = {};
  for (const { object } of manifests) {
    const path = apiPath(object.apiVersion);
    const resource = { kind: object.kind, name: resourceOf(object.kind) };
    paths[path] = { resources: [...(paths[path]?.resources ?? []), resource] };
  }
  return paths;
}

/** How paths name a kind that dist has. */
export function resourceOf(kind: string): string {
  return `${kind.toLowerCase()}s`.replace(/ys$/, 'ies');
}
