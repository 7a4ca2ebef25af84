import { eventually } from '../control-plane/eventually.ts';
import { isTrue, listAt, textAt } from '../control-plane/value.ts';
import { committed, sitesOf } from './dist.ts';
import {
  applied,
  databaseIsSetUp,
  hasDatabase,
  kustomizationsOf,
  siteNamed,
  unarchived,
  unguarded,
} from './sites.ts';

/** kustomize-controller applies dist to clusters that have nothing but the platform. */
export function appliedAsFluxAppliesIt(): void {
  describe('1. Applied as Flux applies it', () => {
    const tree = committed();

    test.each(sitesOf(tree))(
      '$name: every layer becomes Ready, after those it depends on',
      async ({ name }) => {
        const { site, order } = await applied(name);
        const kustomizations = kustomizationsOf(tree, site).map(({ object }) => object);
        expect([...order].sort()).toEqual(kustomizations.map((each) => each.metadata?.name).sort());
        for (const each of kustomizations) {
          const own = order.indexOf(each.metadata?.name ?? '');
          for (const before of listAt(each, 'spec', 'dependsOn')) {
            expect(order.indexOf(textAt(before, 'name'))).toBeLessThan(own);
          }
        }
      },
    );

    const together = sitesOf(tree).filter(
      (site) => hasDatabase(tree, site) && kustomizationsOf(tree, site).some(isApp),
    );

    test.each(together)('$name: Immich is not started before its database is Ready', async ({ name }) => {
      const { site, heldBack } = await applied(name);
      const app = kustomizationsOf(tree, site).filter(isApp);
      expect(heldBack).toEqual(expect.arrayContaining(app.map(({ object }) => object.metadata?.name)));
    });

    test.each(together)(
      '$name: nor before the archive of a database that is Ready has taken a file',
      async ({ name }) => {
        const { site, heldBackUnarchived } = await applied(name);
        const app = kustomizationsOf(tree, site).filter(isApp);
        expect(heldBackUnarchived).toEqual(
          expect.arrayContaining(app.map(({ object }) => object.metadata?.name)),
        );
      },
    );

    test('control: home with a gate that looks at Ready alone starts Immich over an archive that takes nothing', async () => {
      const cluster = await unarchived();
      await eventually('Flux applies Immich', () =>
        cluster.api.get({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          namespace: 'immich',
          name: 'immich-server',
        }),
      );
      const clusters = await cluster.api.list('postgresql.cnpg.io/v1', 'Cluster');
      expect(clusters.map((each) => isTrue(each, 'Ready'))).toEqual([true]);
      expect(clusters.map((each) => isTrue(each, 'ContinuousArchiving'))).toEqual([false]);
    });

    test('control: home without the health expression starts Immich before its database is Ready', async () => {
      const { cluster, tree: changedTree } = await unguarded();
      await databaseIsSetUp(cluster, changedTree, siteNamed('home/home'));
      await eventually('Flux applies Immich', () =>
        cluster.api.get({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          namespace: 'immich',
          name: 'immich-server',
        }),
      );
      const clusters = await cluster.api.list('postgresql.cnpg.io/v1', 'Cluster');
      expect(clusters.map((each) => isTrue(each, 'Ready'))).toEqual([false]);
    });
  });
}

function isApp({ object }: { readonly object: Parameters<typeof textAt>[0] }): boolean {
  return textAt(object, 'spec', 'path').endsWith('/app');
}
