import type { ApiClient } from './api-client.ts';
import { eventually } from './eventually.ts';
import { readManifests } from './manifests.ts';
import { toolPath } from './tools.ts';
import { isTrue } from './value.ts';

/**
 * Installs the custom resource definitions of everything but CloudNativePG, which brings its own: from the very
 * versions of the programs that run here, else those that our typings are generated from.
 */
export async function installCustomResources(api: ApiClient): Promise<void> {
  const definitions = [
    toolPath('kustomize-controller', 'crds'),
    toolPath('source-controller', 'crds'),
    toolPath('traefik', 'crds.yaml'),
    toolPath('barman-plugin', 'crds'),
    toolPath('helm-controller', 'crds'),
    'imports/cert-manager/crds.yaml',
    'imports/cilium/crds.yaml',
    'imports/gateway/crds.yaml',
    'imports/longhorn/crds.yaml',
    'imports/monitoring/crds.yaml',
  ].flatMap(readManifests);
  await Promise.all(definitions.map((definition) => api.apply(definition)));
  await established(api);
}

/** Waits until every custom resource can be asked for. */
export async function established(api: ApiClient): Promise<void> {
  await eventually('the custom resource definitions are established', async () => {
    const found = await api.list('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
    return found.every((each) => isTrue(each, 'Established')) ? true : undefined;
  });
}
