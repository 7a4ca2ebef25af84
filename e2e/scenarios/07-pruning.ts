import { basename } from 'node:path';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { referenceOf } from '../control-plane/api-client.ts';
import type { Cluster } from '../control-plane/cluster.ts';
import { eventually } from '../control-plane/eventually.ts';
import type { Tree } from '../control-plane/flux.ts';
import { at } from '../control-plane/value.ts';
import { homeAsUpgraded } from './08-upgrades.ts';
import { changed, type DistObject, objectsOf, type Site, sitesOf, synthesized, without } from './dist.ts';
import { allReady, applied, kustomizationsOf, root, siteNamed, unguarded } from './sites.ts';

/** What holds data, by kind: none of these may ever go because a file goes. */
const dataKinds: readonly (readonly [string, string])[] = [
  ['v1', 'Namespace'],
  ['v1', 'PersistentVolume'],
  ['v1', 'PersistentVolumeClaim'],
  ['postgresql.cnpg.io/v1', 'Cluster'],
  ['barmancloud.cnpg.io/v1', 'ObjectStore'],
];

/** Dist is taken away from `home` bit by bit. Runs after the scenarios that need `home` as it is. */
export function pruningKeepsData(): void {
  describe('7. Pruning', () => {
    const current = synthesizedOnce('home');
    const renamed = synthesizedOnce('photos');

    test('control: without its annotation a claim goes with its file; the annotated one beside it stays', async () => {
      const site = siteNamed('home/home');
      const { cluster, tree } = await unguarded();
      const claim = (name: string) => `${site.path}/storage/persistentvolumeclaim.immich-${name}.yaml`;
      const bare = changed(tree, claim('library'), (object) => ({
        ...object,
        metadata: { ...object.metadata, annotations: {} },
      }));
      await cluster.flux.ready('immich-home-storage', await cluster.flux.publish(bare));
      const [library] = objectsOf(tree, site).filter(({ file }) => file === claim('library'));
      const [models] = objectsOf(tree, site).filter(({ file }) => file === claim('models'));
      await guardIsGone(cluster, library);
      // One file must stay, for kustomize refuses an empty layer.
      const gone = withPlaceholder(
        without(bare, [claim('library'), claim('models')]),
        `${site.path}/storage`,
      );
      await cluster.flux.ready('immich-home-storage', await cluster.flux.publish(gone));
      expect(await isGone(cluster, library)).toBe(true);
      expect(await isGone(cluster, models)).toBe(false);
    });

    test('renaming the installation: what holds data stays the same, and everything is Ready again', async () => {
      const { cluster, site } = await applied('home/home');
      await allReady(cluster, current(), site, await cluster.flux.publish(current()));
      const before = await dataIn(cluster);
      const [other] = sitesOf(renamed());
      if (other === undefined) {
        throw new Error('synth made nothing of the renamed installation.');
      }
      const revision = await cluster.flux.publish(renamed());
      await cluster.flux.point(root, `./${other.path}/flux`);
      await allReady(cluster, renamed(), other, revision);
      expect(await dataIn(cluster)).toEqual(before);
    });

    test('file by file: what holds data stays, everything else goes', async () => {
      const { cluster } = await applied('home/home');
      const { tree, site } = renamedSite(renamed());
      const before = await dataIn(cluster);
      const queues = layersOf(tree, site).map((files) => files.slice(0, -1));
      let left = tree;
      for (let round = 0; queues.some((files) => files.length > round); round += 1) {
        const taken = queues.flatMap((files) => files.slice(round, round + 1));
        left = without(
          left,
          taken.map(({ file }) => file),
        );
        const revision = await cluster.flux.publish(left);
        await allReady(cluster, left, site, revision);
        expect(await dataIn(cluster)).toEqual(before);
        for (const each of taken) {
          expect({ file: each.file, gone: await isGone(cluster, each) }).toEqual({
            file: each.file,
            gone: !holdsData(each.object),
          });
        }
      }
    });

    test('layer by layer, down to Flux itself: what holds data stays, everything else goes', async () => {
      const { cluster } = await applied('home/home');
      const { tree, site } = renamedSite(renamed());
      const before = await dataIn(cluster);
      const last = layersOf(tree, site).map((files) => files.slice(-1));
      let left = without(
        tree,
        layersOf(tree, site).flatMap((files) => files.slice(0, -1).map(({ file }) => file)),
      );
      for (const layer of ['route', 'app', 'protection', 'database', 'storage']) {
        left = without(left, [`${site.path}/flux/kustomization.immich-photos-${layer}.yaml`]);
        await cluster.flux.ready(root, await cluster.flux.publish(left));
        await isPruned(
          cluster,
          last.flat().filter((each) => each.layer === layer),
        );
        expect(await dataIn(cluster)).toEqual(before);
      }
      await cluster.api.delete({
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        namespace: 'flux-system',
        name: root,
      });
      await isPruned(cluster, kustomizationsOf(tree, site));
      expect(await dataIn(cluster)).toEqual(before);
      const remaining = [];
      for (const each of objectsOf(tree, site)) {
        if (!(await isGone(cluster, each))) {
          remaining.push(each.object);
        }
      }
      expect(remaining.filter((object) => !holdsData(object))).toEqual([]);
    });
  });
}

/** An earlier scenario may have put the delete guard there. */
async function guardIsGone(cluster: Cluster, claim: DistObject | undefined): Promise<void> {
  await eventually('the delete guard is gone', async () =>
    claim !== undefined && (await cluster.api.refusesDeletion(referenceOf(claim.object))) ? undefined : true,
  );
}

function synthesizedOnce(name: string): () => Tree {
  let tree: Tree | undefined;
  return () => {
    tree ??= synthesized('home', { ...homeAsUpgraded, name });
    return tree;
  };
}

function renamedSite(tree: Tree): { readonly tree: Tree; readonly site: Site } {
  const [site] = sitesOf(tree);
  if (site === undefined) {
    throw new Error('synth made nothing of the renamed installation.');
  }
  return { tree, site };
}

/**
 * The files of each layer in the order in which they are taken away. The last one stays, since kustomize refuses an
 * empty folder: what holds data, or the Database, for whose health the database's Kustomization asks by name.
 */
function layersOf(tree: Tree, site: Site): readonly (readonly DistObject[])[] {
  const rank = ({ object }: DistObject) => (object.kind === 'Database' ? 2 : Number(holdsData(object)));
  const files = objectsOf(tree, site).filter(({ layer }) => layer !== 'flux');
  const layers = [...new Set(files.map(({ layer }) => layer))];
  return layers.map((layer) =>
    files.filter((each) => each.layer === layer).toSorted((one, other) => rank(one) - rank(other)),
  );
}

function holdsData(object: KubernetesObject): boolean {
  return dataKinds.some(([apiVersion, kind]) => object.apiVersion === apiVersion && object.kind === kind);
}

/** The UID of everything in the cluster that holds data and is not about to go. */
export async function dataIn(cluster: Cluster): Promise<readonly string[]> {
  const found = await Promise.all(dataKinds.map(([apiVersion, kind]) => cluster.api.list(apiVersion, kind)));
  return found
    .flat()
    .filter((object) => at(object, 'metadata', 'deletionTimestamp') === undefined)
    .map(
      (object) =>
        `${object.kind} ${object.metadata?.namespace ?? ''}/${object.metadata?.name} ${object.metadata?.['uid']}`,
    )
    .sort();
}

/** Gone, or waiting only for the pod that uses it. */
async function isGone(cluster: Cluster, each: DistObject | undefined): Promise<boolean> {
  if (each === undefined) {
    throw new Error('dist has no such file.');
  }
  const live = await cluster.api.find(referenceOf(each.object));
  return live === undefined || at(live, 'metadata', 'deletionTimestamp') !== undefined;
}

function isPruned(cluster: Cluster, objects: readonly DistObject[]): Promise<boolean> {
  return eventually(`${objects.map(({ file }) => basename(file)).join(', ')} goes`, async () => {
    const gone = await Promise.all(
      objects.map(async (each) => holdsData(each.object) || isGone(cluster, each)),
    );
    return gone.every(Boolean) ? true : undefined;
  });
}

function withPlaceholder(tree: Tree, folder: string): Tree {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'placeholder', namespace: 'immich' },
  };
  return new Map([
    ...tree,
    [`${folder}/configmap.placeholder.yaml`, JSON.stringify(object)],
    [`${folder}/kustomization.yaml`, JSON.stringify({ resources: ['configmap.placeholder.yaml'] })],
  ]);
}
