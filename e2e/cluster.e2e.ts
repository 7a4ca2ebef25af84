import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Value } from '../lib/manifests/manifest.ts';
import { ApiClient } from './control-plane/api-client.ts';
import { installCustomResources } from './control-plane/custom-resources.ts';
import { readManifests } from './control-plane/manifests.ts';
import { toolPath } from './control-plane/tools.ts';
import { at, listAt, textAt } from './control-plane/value.ts';
import { nothingIsIgnored } from './scenarios/03-nothing-ignored.ts';
import { podSecurity } from './scenarios/04-pod-security.ts';
import { committed, objectsOf, sitesOf } from './scenarios/dist.ts';

/** The scenarios that need nothing but an API server, against the cluster of KUBECONFIG_E2E. */
describe('dist on the cluster of KUBECONFIG_E2E', () => {
  const api = clientOf(process.env['KUBECONFIG_E2E'] ?? '');

  beforeAll(async () => {
    await installCustomResources(api);
    const release = readManifests(toolPath('cnpg-operator', 'release.yaml'));
    for (const object of release.filter(({ kind }) => kind === 'CustomResourceDefinition')) {
      await api.apply(object);
    }
    for (const site of sitesOf(committed())) {
      const namespaces = objectsOf(committed(), site).map(({ object }) => object.metadata?.namespace);
      for (const name of new Set(namespaces.filter((each) => each !== undefined))) {
        await api.apply(
          { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
          { fieldManager: 'kubectl' },
        );
      }
    }
  });

  afterAll(() => api.close());

  nothingIsIgnored(async () => api, { webhooks: false });
  podSecurity(async () => api);
});

/** A client of the current context. Certificates must be in the file itself, as kind and k3d write them. */
function clientOf(path: string): ApiClient {
  const config: Value = parse(readFileSync(path, 'utf8'));
  const context = named(config, 'contexts', textAt(config, 'current-context'));
  const cluster = named(config, 'clusters', textAt(context, 'context', 'cluster'));
  const user = named(config, 'users', textAt(context, 'context', 'user'));
  const decoded = (value: Value | undefined, key: string) => {
    const data = textAt(value, key);
    if (data === '') {
      throw new Error(`${path} has no ${key} for its current context.`);
    }
    return Buffer.from(data, 'base64').toString();
  };
  return new ApiClient({
    server: textAt(cluster, 'cluster', 'server'),
    authority: decoded(at(cluster, 'cluster'), 'certificate-authority-data'),
    certificate: decoded(at(user, 'user'), 'client-certificate-data'),
    key: decoded(at(user, 'user'), 'client-key-data'),
  });
}

function named(config: Value, list: string, name: string): Value | undefined {
  return listAt(config, list).find((each) => at(each, 'name') === name);
}
