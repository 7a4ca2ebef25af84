import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import type { ApiClient } from '../control-plane/api-client.ts';
import { committed, objectsOf, type Site, sitesOf } from './dist.ts';

/**
 * The API server reads every field of every object.
 *
 * @param apiOf gives a cluster where the site's namespaces exist
 * @param options whether CloudNativePG's webhooks run there, which give a warning of their own
 */
export function nothingIsIgnored(
  apiOf: (site: Site) => Promise<ApiClient>,
  options: { readonly webhooks: boolean },
): void {
  describe('3. Nothing is ignored', () => {
    const tree = committed();

    test.each(sitesOf(tree))(
      '$name: every field of every object is known, without a warning',
      async (site) => {
        const api = await apiOf(site);
        const said: string[] = [];
        const expected: string[] = [];
        for (const { object } of objectsOf(tree, site)) {
          const { warnings } = await api.apply(object, { dryRun: true });
          said.push(...warnings.map((warning) => `${object.kind}: ${warning}`));
          // Asked for by its installation, and said by synth too.
          if (options.webhooks && usesInTreeBarman(object)) {
            expected.push(
              expect.stringMatching(/^Cluster: Native support for Barman Cloud backups .* is deprecated/),
            );
          }
        }
        expect(said).toEqual(expected);
      },
    );

    test('control: a misspelt field is refused, of a built-in kind and of a custom resource', async () => {
      const [site] = sitesOf(tree);
      if (site === undefined) {
        throw new Error('dist is empty.');
      }
      const api = await apiOf(site);
      for (const [kind, field] of [
        ['Deployment', 'replica'],
        ['IngressRoute', 'entrypoint'],
      ]) {
        const found = objectsOf(tree, site).find(({ object }) => object.kind === kind)?.object;
        if (found === undefined) {
          throw new Error(`${site.name} has no ${kind}.`);
        }
        const spec = { ...Object(found['spec']), [`${field}`]: 1 };
        await expect(api.apply({ ...found, spec }, { dryRun: true })).rejects.toThrow(
          `.spec.${field}: field not declared in schema`,
        );
      }
    });
  });
}

function usesInTreeBarman(object: KubernetesObject): boolean {
  return object.kind === 'Cluster' && JSON.stringify(object).includes('barmanObjectStore');
}
