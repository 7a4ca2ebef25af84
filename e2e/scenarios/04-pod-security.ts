import { isMapping } from '../../lib/manifests/field.ts';
import type { KubernetesObject, Value } from '../../lib/manifests/manifest.ts';
import type { ApiClient } from '../control-plane/api-client.ts';
import { at } from '../control-plane/value.ts';
import { committed, objectsOf, type Site, sitesOf } from './dist.ts';

const namespace = 'e2e-restricted';

/** Pod Security looks at Pods only, so every template becomes one. */
export function podSecurity(apiOf: (site: Site) => Promise<ApiClient>): void {
  describe('4. Pod Security', () => {
    const tree = committed();
    const templates = sitesOf(tree).flatMap((site) =>
      objectsOf(tree, site).flatMap(({ file, object }) => podsOf(object).map((pod) => ({ site, file, pod }))),
    );

    test('there are pod templates to look at', () => {
      expect(templates.length).toBeGreaterThan(0);
    });

    test.each(templates)('$file passes "restricted"', async ({ site, pod }) => {
      const api = await restricted(apiOf(site));
      await expect(api.create(pod, { dryRun: true })).resolves.toBeDefined();
    });

    test('control: without runAsNonRoot each of them is refused', async () => {
      for (const { site, pod } of templates) {
        const api = await restricted(apiOf(site));
        await expect(api.create(withoutNonRoot(pod), { dryRun: true })).rejects.toThrow(
          /violates PodSecurity "restricted:latest": runAsNonRoot != true/,
        );
      }
    });
  });
}

async function restricted(asked: Promise<ApiClient>): Promise<ApiClient> {
  const api = await asked;
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } });
  return api;
}

/** The pods that a workload makes, one per template. */
function podsOf(object: KubernetesObject): readonly (KubernetesObject & { readonly spec: Value })[] {
  const template = at(object, 'spec', 'template') ?? at(object, 'spec', 'jobTemplate', 'spec', 'template');
  const spec = at(template, 'spec');
  if (spec === undefined || at(spec, 'containers') === undefined) {
    return [];
  }
  const metadata = { name: `${object.metadata?.name}`, namespace };
  return [{ apiVersion: 'v1', kind: 'Pod', metadata, spec }];
}

function withoutNonRoot(pod: KubernetesObject & { readonly spec: Value }): KubernetesObject {
  return { ...pod, spec: removed(pod.spec, 'runAsNonRoot') };
}

/** The value without any field of that name, at any depth. */
function removed(value: Value, field: string): Value {
  if (isMapping(value)) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, below]) =>
        key === field || below === undefined ? [] : [[key, removed(below, field)]],
      ),
    );
  }
  return Array.isArray(value) ? value.map((each: Value) => removed(each, field)) : value;
}
