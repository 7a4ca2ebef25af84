import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { referenceOf } from '../control-plane/api-client.ts';
import { eventually } from '../control-plane/eventually.ts';
import { at } from '../control-plane/value.ts';
import { changed, committed, objectsOf, sitesOf } from './dist.ts';
import { type AppliedSite, allReady, applied, kustomizationsOf } from './sites.ts';

/** What was applied once stays as it is when it is applied again. */
export function noDrift(): void {
  describe('2. No drift', () => {
    const tree = committed();

    test.each(sitesOf(tree))('$name: a second reconcile changes no object', async ({ name }) => {
      const site = await applied(name);
      const before = await settled(site);
      await reconcileAgain(site);
      expect(await versionsOf(site)).toEqual(before);
    });

    test('control: an annotation that a controller rewrites is seen as drift', async () => {
      const site = await applied('home/home');
      const file = 'dist/home/home/app/deployment.immich-valkey.yaml';
      // The Deployment controller counts the revisions itself.
      const revision = { 'deployment.kubernetes.io/revision': '7' };
      const drifting = changed(tree, file, (object) => ({
        ...object,
        metadata: { ...object.metadata, annotations: { ...object.metadata?.annotations, ...revision } },
      }));
      await allReady(site.cluster, tree, site.site, await site.cluster.flux.publish(drifting));
      const valkey = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        namespace: 'immich',
        name: 'immich-valkey',
      };
      await eventually('the controller writes its own count', async () => {
        const { annotations } = (await site.cluster.api.get(valkey)).metadata ?? {};
        return annotations?.['deployment.kubernetes.io/revision'] === '7' ? undefined : true;
      });
      const before = await settled(site);
      await reconcileAgain(site);
      const after = await versionsOf(site);
      const moved = Object.keys(after).filter((id) => after[id] !== before[id]);
      await allReady(site.cluster, tree, site.site, await site.cluster.flux.publish(tree));
      expect(moved).toEqual(['Deployment immich/immich-valkey']);
    });
  });
}

type Versions = Readonly<Record<string, string>>;

/** Generation and resource version of every object of dist. Flux's own status is in its Kustomizations, so not theirs. */
async function versionsOf({ cluster, site }: AppliedSite): Promise<Versions> {
  const versions: Record<string, string> = {};
  for (const { object } of objectsOf(committed(), site)) {
    const live = await cluster.api.get(referenceOf(object));
    versions[idOf(object)] = `${at(live, 'metadata', 'generation')}/${
      object.kind === 'Kustomization' ? '' : at(live, 'metadata', 'resourceVersion')
    }`;
  }
  return versions;
}

function idOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata?.namespace ?? ''}/${metadata?.name}`;
}

/** Waits until controllers have nothing more to say about what was applied. */
async function settled(site: AppliedSite): Promise<Versions> {
  let last = '';
  return eventually('nothing changes any more', async () => {
    const claims = await site.cluster.api.list('v1', 'PersistentVolumeClaim');
    if (claims.some((claim) => at(claim, 'status', 'phase') !== 'Bound')) {
      return undefined;
    }
    const versions = await versionsOf(site);
    const text = JSON.stringify(versions);
    const same = text === last;
    last = text;
    await new Promise((done) => setTimeout(done, 700));
    return same ? versions : undefined;
  });
}

async function reconcileAgain({ cluster, site }: AppliedSite): Promise<void> {
  const names = kustomizationsOf(committed(), site).map(({ object }) => object.metadata?.name ?? '');
  // One after the other: a layer is not applied while one that it depends on is.
  for (const name of names) {
    await cluster.flux.reconcile(name);
  }
}
