import { type Field, isMapping } from '../manifests/field.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import { nameOf } from '../manifests/name.ts';
import type { Answer, LivingCluster } from './cluster.ts';
import { live, liveItems } from './live.ts';
import { apiPath, listPath, objectPath } from './path.ts';

/** The living object of a manifest. Those of a namespace are listed together, so that few questions are asked. */
export async function livingObject(
  { apiVersion, kind, metadata }: KubernetesObject,
  cluster: LivingCluster,
): Promise<Answer<Field>> {
  const { name = '', namespace } = metadata ?? {};
  const resource = await resourceOf(apiVersion, kind, cluster);
  if (resource.kind !== 'seen') return resource;
  if (namespace === undefined) {
    const answer = await cluster.get(objectPath({ apiVersion, resource: resource.value }, name));
    return answer.kind === 'seen' ? { kind: 'seen', value: live(answer.value) } : answer;
  }
  const answer = await cluster.get(listPath({ apiVersion, resource: resource.value, namespace }));
  if (answer.kind !== 'seen') return answer;
  const found = liveItems(answer.value).find((object) => nameOf(object) === name);
  return found === undefined ? { kind: 'absent' } : { kind: 'seen', value: whole(found, apiVersion, kind) };
}

/** An item of a list, which does not say itself what kind it is of. */
function whole({ value }: Field, apiVersion: string, kind: string): Field {
  return live(isMapping(value) ? { apiVersion, kind, ...value } : {});
}

/** How paths name a kind, as the API server says; absent where it does not know the kind. */
export async function resourceOf(
  apiVersion: string,
  kind: string,
  cluster: LivingCluster,
): Promise<Answer<string>> {
  const answer = await cluster.get(apiPath(apiVersion));
  if (answer.kind !== 'seen') return answer;
  const resources = live(answer.value).at('resources').items;
  // Beside each kind stand its parts, such as `deployments/status`.
  const found = resources.find((one) => one.at('kind').text === kind && !one.at('name').text?.includes('/'));
  const name = found?.at('name').text;
  return name === undefined ? { kind: 'absent' } : { kind: 'seen', value: name };
}
