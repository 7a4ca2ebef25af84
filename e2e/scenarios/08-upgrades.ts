import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { type ApiClient, referenceOf } from '../control-plane/api-client.ts';
import { eventually } from '../control-plane/eventually.ts';
import type { Tree } from '../control-plane/flux.ts';
import { at } from '../control-plane/value.ts';
import { changed, committed, committedOf, type Edits, objectsOf, refusal, synthesized } from './dist.ts';
import { allReady, applied, siteNamed, unguarded } from './sites.ts';

/** What `home` is upgraded to, and stays. */
export const homeAsUpgraded: Edits = {
  'volumes.library.size': '600Gi',
  'database.cnpg.storage.size': '30Gi',
  'database.cnpg.instances': 2,
  'database.cnpg.backup.schedule': '0 30 4 * * *',
};

/** From an older configuration to a newer one, as a person edits the installation file. */
const upgrades: readonly { readonly site: string; readonly what: string; readonly edits: Edits }[] = [
  {
    site: 'home/home',
    what: 'bigger volumes, three instances and another schedule',
    edits: { ...homeAsUpgraded, 'database.cnpg.instances': 3 },
  },
  {
    site: 'tachtit/tachtit',
    what: 'a newer Immich and more replicas',
    edits: {
      version: 'v3.3.1',
      'machineLearning.replicas': 2,
      'database.cnpg.image': 'ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3',
    },
  },
  {
    site: 'tachtit/tachtit-data',
    what: 'the plugin instead of the in-tree backup',
    edits: { 'database.cnpg.backup.method': 'plugin' },
  },
];

/** What Kubernetes refuses to change in an object that is there. */
const impossible: readonly {
  readonly what: string;
  readonly layer: string;
  readonly file: string;
  readonly change: (object: KubernetesObject) => KubernetesObject;
}[] = [
  {
    what: 'the storage class of a claim',
    layer: 'storage',
    file: 'storage/persistentvolumeclaim.immich-library.yaml',
    change: (object) => withSpec(object, { storageClassName: 'local-path' }),
  },
  {
    what: 'the access mode of a claim',
    layer: 'storage',
    file: 'storage/persistentvolumeclaim.immich-library.yaml',
    change: (object) => withSpec(object, { accessModes: ['ReadOnlyMany'] }),
  },
  {
    what: 'the selector of a Deployment',
    layer: 'app',
    file: 'app/deployment.immich-server.yaml',
    change: (object) => {
      const labels = { ...Object(at(object, 'spec', 'selector', 'matchLabels')), e2e: 'other' };
      const template = Object(at(object, 'spec', 'template'));
      const metadata = { ...template.metadata, labels: { ...template.metadata.labels, e2e: 'other' } };
      return withSpec(object, { selector: { matchLabels: labels }, template: { ...template, metadata } });
    },
  },
  {
    what: 'the size of the database to a smaller one',
    layer: 'database',
    file: 'database/cluster.immich-db.yaml',
    change: (object) => withStorage(object, '5Gi'),
  },
];

/** Newer dist over older: nothing is deleted, and what cannot be changed stays as it is. */
export function upgradesDeleteNothing(): void {
  describe('8. Upgrades', () => {
    const tree = committed();

    test.each(upgrades)('$site: $what keeps every object', async ({ site: name, edits }) => {
      const [installation = ''] = name.split('/');
      const { cluster, site } = await applied(name);
      const newer = synthesized(installation, edits);
      const before = await identities(await applied(name), tree);
      await allReady(cluster, newer, site, await cluster.flux.publish(newer));
      const after = await identities(await applied(name), tree);
      expect(after).toEqual(before);
    });

    test('home: a person is refused the claims of the database, until one is annotated', async () => {
      const { cluster } = await applied('home/home');
      const claim = {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        namespace: 'immich',
        name: 'immich-db-1',
      };
      const annotate = (value: 'allowed' | null) =>
        cluster.api.patch(claim, { metadata: { annotations: { 'immich-cdk8s/delete': value } } });
      expect(await cluster.api.refusesDeletion(claim)).toBe(true);
      await annotate('allowed');
      expect(await cluster.api.refusesDeletion(claim)).toBe(false);
      await annotate(null);
    });

    test('home: scaling the database down again is not in the way of the delete guard', async () => {
      const { cluster, site } = await applied('home/home');
      const fewer = synthesized('home', homeAsUpgraded);
      await allReady(cluster, fewer, site, await cluster.flux.publish(fewer));
      await eventually('the third instance and its claim go', async () => {
        const claims = await cluster.api.list('v1', 'PersistentVolumeClaim', 'immich');
        return claims.some((claim) => claim.metadata?.name === 'immich-db-3') ? undefined : true;
      });
    });

    test.each(impossible)(
      'home: $what cannot be changed: Flux says so, and nothing is lost',
      async (edit) => {
        const { cluster, site } = await applied('home/home');
        const current = synthesized('home', homeAsUpgraded);
        const before = await identities(await applied('home/home'), current);
        const file = `${site.path}/${edit.file}`;
        const revision = await cluster.flux.publish(changed(current, file, edit.change));
        const message = await cluster.flux.refused(`immich-home-${edit.layer}`, revision);
        expect(message).toMatch(/immutable|shrink|forbidden/i);
        expect(await identities(await applied('home/home'), current)).toEqual(before);
      },
    );

    test('tachtit: a claim on NFS cannot grow: Kubernetes refuses it, and synth before that', async () => {
      const { cluster, site } = await applied('tachtit/tachtit');
      const file = `${site.path}/storage/persistentvolumeclaim.immich-library.yaml`;
      const claim = objectsOf(tree, site).find((each) => each.file === file)?.object;
      const bigger = claim && withSpec(claim, { resources: { requests: { storage: '600Gi' } } });
      await expect(bigger && cluster.api.apply(bigger, { dryRun: true })).rejects.toThrow(
        'only dynamically provisioned pvc can be resized',
      );
      expect(refusal('tachtit', { 'volumes.library.size': '600Gi' }, committedOf('tachtit'))).toContain(
        'Kubernetes grows only claims of a storage class',
      );
    });

    describe('with force: true, which synth never writes', () => {
      const { path } = siteNamed('home/home');
      // Not waiting, since a health check that is under way keeps Flux from the next revision.
      const forced = { force: true, wait: false };
      const smaller = (size: string, from: Tree) =>
        changed(
          changed(from, `${path}/database/cluster.immich-db.yaml`, (object) => withStorage(object, size)),
          `${path}/flux/kustomization.immich-home-database.yaml`,
          (object) => withSpec(object, forced),
        );

      test('control: without the delete guard a smaller size deletes the database, and Flux says Ready', async () => {
        const { cluster, tree: bare } = await unguarded();
        await cluster.flux.ready('immich-home-database', await cluster.flux.publish(bare));
        const before = await databaseIn(cluster.api);
        const revision = await cluster.flux.publish(smaller('10Gi', bare));
        await cluster.flux.ready('immich-home-database', revision);
        expect((await databaseIn(cluster.api)).metadata?.['uid']).not.toBe(before.metadata?.['uid']);
      });

      test('with the delete guard the database stays, and Flux says why', async () => {
        const { cluster, treeWithGuard } = await unguarded();
        const guarded = await cluster.flux.publish(smaller('10Gi', treeWithGuard));
        await cluster.flux.ready('immich-home-protection', guarded);
        await cluster.flux.ready('immich-home-database', guarded);
        const before = await databaseIn(cluster.api);
        // A new policy is not in force at once.
        await eventually('the delete guard is in force', async () =>
          (await cluster.api.refusesDeletion(referenceOf(before))) ? true : undefined,
        );
        const revision = await cluster.flux.publish(smaller('5Gi', treeWithGuard));
        const message = await cluster.flux.refused('immich-home-database', revision);
        expect(message).toContain('This holds data of Immich. If its deletion is meant, annotate it first');
        expect((await databaseIn(cluster.api)).metadata?.['uid']).toBe(before.metadata?.['uid']);
      });

      test('a deletion that is meant works as its refusal says', async () => {
        const { cluster } = await unguarded();
        const database = await databaseIn(cluster.api);
        const { name = '', namespace = '' } = database.metadata ?? {};
        const refusal = await cluster.api
          .delete(referenceOf(database))
          .catch((error: unknown) => String(error));
        const command = /kubectl annotate (\S+) (\S+) --namespace (\S+) (\S+)=(\S+)/.exec(`${refusal}`);
        const [, resource, ofName, inNamespace, key = '', value = ''] = command ?? [];
        expect([resource, ofName, inNamespace]).toEqual([
          expect.stringMatching(/^clusters/),
          name,
          namespace,
        ]);
        await cluster.api.patch(referenceOf(database), { metadata: { annotations: { [key]: value } } });
        await cluster.api.delete(referenceOf(database));
        expect(await cluster.api.find(referenceOf(database))).toBeUndefined();
      });
    });
  });
}

async function databaseIn(api: ApiClient): Promise<KubernetesObject> {
  const [database] = await api.list('postgresql.cnpg.io/v1', 'Cluster', 'immich');
  if (database === undefined) {
    throw new Error('There is no database.');
  }
  return database;
}

/** The UIDs of all objects that dist has and had. */
async function identities({ cluster, site }: Awaited<ReturnType<typeof applied>>, tree: Tree) {
  const found: Record<string, unknown> = {};
  for (const { object, file } of objectsOf(tree, site)) {
    found[file] = (await cluster.api.get(referenceOf(object))).metadata?.['uid'];
  }
  return found;
}

function withSpec(object: KubernetesObject, fields: object): KubernetesObject {
  return { ...object, spec: { ...Object(object['spec']), ...fields } };
}

function withStorage(database: KubernetesObject, size: string): KubernetesObject {
  return withSpec(database, { storage: { ...Object(at(database, 'spec', 'storage')), size } });
}
