import { Inventory } from '../../lib/manifests/inventory.ts';
import type { KubernetesObject, Manifest } from '../../lib/manifests/manifest.ts';
import { secretReferences } from '../../lib/manifests/views/secret-references.ts';
import { type Cluster, startCluster } from '../control-plane/cluster.ts';
import { eventually } from '../control-plane/eventually.ts';
import type { Tree } from '../control-plane/flux.ts';
import { startInstances } from '../control-plane/instances.ts';
import { inLane } from '../control-plane/lanes.ts';
import type { StandIn } from '../control-plane/stand-ins.ts';
import { at, isTrue, listAt, textAt } from '../control-plane/value.ts';
import { changed, committed, type DistObject, objectsOf, type Site, sitesOf, without } from './dist.ts';

/** A cluster to which Flux has applied a site of dist, with every layer Ready. */
export interface AppliedSite {
  readonly site: Site;
  readonly cluster: Cluster;
  /** The Kustomizations of the site, in the order in which they became Ready. */
  readonly order: readonly string[];
  /** Which layers Flux had not begun as long as the database was not Ready; empty for sites without a database. */
  readonly heldBack: readonly string[];
  /** Which of them were still not begun when the database was Ready and its archive had taken nothing. */
  readonly heldBackUnarchived: readonly string[];
  /** Plays the instances of the site's database. */
  readonly instances: StandIn | undefined;
}

/** The name of the Kustomization that a person makes to point Flux at dist. */
export const root = 'immich';

/** Whether the site has a database of its own. */
export function hasDatabase(tree: Tree, site: Site): boolean {
  return objectsOf(tree, site).some(({ object }) => isDatabase(object));
}

export function isDatabase({ apiVersion, kind }: KubernetesObject): boolean {
  return apiVersion === 'postgresql.cnpg.io/v1' && kind === 'Cluster';
}

/** The site by its name, applied once and shared by all scenarios. */
export function applied(name: string): Promise<AppliedSite> {
  const known = sites.get(name);
  if (known !== undefined) {
    return known;
  }
  const site = siteNamed(name);
  const tree = committed();
  const starting = inLane(async () => applySite(await clusterFor(site, tree), tree, site));
  sites.set(name, starting);
  return starting;
}

export function siteNamed(name: string): Site {
  const site = sitesOf(committed()).find((each) => each.name === name);
  if (site === undefined) {
    throw new Error(`dist has no ${name}/flux.`);
  }
  return site;
}

/** A fresh cluster for a site. `suffix` tells it from the one that the scenarios share. */
export function clusterFor(site: Site, tree: Tree, suffix = ''): Promise<Cluster> {
  network += 1;
  return startCluster(`${site.name.replace('/', '.')}${suffix}`, network, hasDatabase(tree, site));
}

/** A cluster for what must not happen to a real one, and trees of `home` with fewer guards. */
export interface Unguarded {
  readonly cluster: Cluster;
  /** Without the delete guard, and without the health expression of the database. */
  readonly tree: Tree;
  /** Only without the health expression. */
  readonly treeWithGuard: Tree;
}

/** The cluster with the least guards. It starts with `tree`, and the instances of its database never start. */
export function unguarded(): Promise<Unguarded> {
  unguardedCluster ??= inLane(startUnguarded);
  return unguardedCluster;
}

/** The tree without the layer that refuses deletions. */
export function withoutGuard(tree: Tree, site: Site): Tree {
  const files = objectsOf(tree, site).filter(
    ({ layer, object }) => layer === 'protection' || object.metadata?.name?.endsWith('-protection'),
  );
  return without(
    tree,
    files.map(({ file }) => file),
  );
}

/** Points the cluster's Flux at a site, as a person does, with the secrets that synth asks for. */
export async function pointFluxAt(
  cluster: Cluster,
  tree: Tree,
  site: Site,
  commit?: string,
): Promise<string> {
  const revision = await cluster.flux.publish(tree, commit);
  await cluster.flux.point(root, `./${site.path}/flux`);
  await createNamespacesOfOthers(cluster, tree, site);
  createSecrets(cluster, tree, site);
  return revision;
}

/** Waits until the root and every Kustomization of the site is Ready at a revision; gives the order. */
export async function allReady(
  cluster: Cluster,
  tree: Tree,
  site: Site,
  revision: string,
): Promise<readonly string[]> {
  const names = kustomizationsOf(tree, site).map(({ object }) => object.metadata?.name ?? '');
  const order: string[] = [];
  await eventually(`every Kustomization of ${site.name} is Ready`, async () => {
    const found = await cluster.api.list('kustomize.toolkit.fluxcd.io/v1', 'Kustomization');
    const ready = found.filter(
      (each) => isTrue(each, 'Ready') && at(each, 'status', 'lastAppliedRevision') === revision,
    );
    for (const each of ready) {
      const name = each.metadata?.name ?? '';
      if (!order.includes(name)) {
        order.push(name);
      }
    }
    const missing = names.filter((name) => !order.includes(name));
    if (missing.length === 0) {
      return true;
    }
    const reasons = found
      .filter((each) => missing.includes(each.metadata?.name ?? ''))
      .map((each) => `${each.metadata?.name}: ${textAt(readyConditionOf(each), 'message')}`);
    throw new Error(`missing: ${missing.join(', ')}\n${reasons.join('\n')}`);
  });
  return order.filter((name) => names.includes(name));
}

/** The objects of a site as our rules see them. */
export function inventoryOf(tree: Tree, site: Site): Inventory {
  return new Inventory(
    objectsOf(tree, site).map(
      ({ file, object }): Manifest => ({ file, object, comments: [], position: () => undefined }),
    ),
  );
}

/** Flux's Kustomizations of a site. */
export function kustomizationsOf(tree: Tree, site: Site): readonly DistObject[] {
  return objectsOf(tree, site).filter(({ object }) => object.kind === 'Kustomization');
}

let unguardedCluster: Promise<Unguarded> | undefined;

async function startUnguarded(): Promise<Unguarded> {
  const site = siteNamed('home/home');
  const treeWithGuard = changed(
    committed(),
    `${site.path}/flux/kustomization.immich-home-database.yaml`,
    (object) => ({
      ...object,
      spec: { ...Object(object['spec']), wait: true, healthChecks: undefined, healthCheckExprs: undefined },
    }),
  );
  const tree = withoutGuard(treeWithGuard, site);
  const cluster = await clusterFor(site, tree, '.unguarded');
  await pointFluxAt(cluster, tree, site);
  return { cluster, tree, treeWithGuard };
}

/** A cluster whose database becomes Ready and archives nothing, with the gate that looks at Ready alone. */
export function unarchived(): Promise<Cluster> {
  unarchivedCluster ??= inLane(async () => {
    const site = siteNamed('home/home');
    const tree = changed(
      committed(),
      `${site.path}/flux/kustomization.immich-home-database.yaml`,
      (object) => ({
        ...object,
        spec: {
          ...Object(object['spec']),
          healthCheckExprs: listAt(object, 'spec', 'healthCheckExprs').map((each) => ({
            ...Object(each),
            current: textAt(each, 'current').replace(/ && [^&]*'ContinuousArchiving' && [^&]*$/, ''),
          })),
        },
      }),
    );
    const cluster = await clusterFor(site, tree, '.unarchived');
    await pointFluxAt(cluster, tree, site);
    await databaseIsSetUp(cluster, tree, site);
    startInstances(cluster);
    return cluster;
  });
  return unarchivedCluster;
}

let unarchivedCluster: Promise<Cluster> | undefined;

const sites = new Map<string, Promise<AppliedSite>>();

/** The second byte of the pods' addresses. Each cluster has its own, and so has each of several runs at once. */
let network = 16 + (process.pid % 29) * 8;

async function applySite(cluster: Cluster, tree: Tree, site: Site): Promise<AppliedSite> {
  const revision = await pointFluxAt(cluster, tree, site);
  if (!hasDatabase(tree, site)) {
    return {
      site,
      cluster,
      order: await allReady(cluster, tree, site, revision),
      heldBack: [],
      heldBackUnarchived: [],
      instances: undefined,
    };
  }
  await databaseIsSetUp(cluster, tree, site);
  const heldBack = await layersHeldBack(cluster);
  const instances = startInstances(cluster);
  await databaseIsReady(cluster);
  const heldBackUnarchived = await layersHeldBack(cluster);
  instances.archive();
  const order = await allReady(cluster, tree, site, revision);
  return { site, cluster, order, heldBack, heldBackUnarchived, instances };
}

/** Waits until the operator says that the database is Ready. */
export function databaseIsReady(cluster: Cluster): Promise<KubernetesObject> {
  return eventually(`the database of ${cluster.name} is Ready`, async () => {
    const [database] = await cluster.api.list('postgresql.cnpg.io/v1', 'Cluster');
    if (database !== undefined && isTrue(database, 'Ready')) return database;
    throw new Error(await progressOf(cluster));
  });
}

/** The layers that Flux has not begun after some time in which it could. */
async function layersHeldBack(cluster: Cluster): Promise<readonly string[]> {
  await new Promise((done) => setTimeout(done, 4000));
  const found = await cluster.api.list('kustomize.toolkit.fluxcd.io/v1', 'Kustomization');
  return found
    .filter(
      (each) =>
        at(each, 'status', 'lastAppliedRevision') === undefined &&
        listAt(each, 'status', 'inventory', 'entries').length === 0,
    )
    .map((each) => each.metadata?.name ?? '');
}

/** Waits until the operator has made pods for the database, which cannot become Ready without instances. */
export function databaseIsSetUp(cluster: Cluster, tree: Tree, site: Site): Promise<KubernetesObject> {
  const wanted = objectsOf(tree, site)
    .map(({ object }) => object)
    .find(isDatabase);
  return eventually(`the operator sets the database of ${site.name} up`, async () => {
    const pods = await cluster.api.list('v1', 'Pod', wanted?.metadata?.namespace);
    const instance = pods.find((pod) => pod.metadata?.labels?.['cnpg.io/podRole'] === 'instance');
    if (instance !== undefined) {
      return instance;
    }
    const phases = pods.map((pod) => `${pod.metadata?.name}: ${textAt(pod, 'status', 'phase')}`);
    throw new Error([await progressOf(cluster), ...phases].join('\n'));
  });
}

/** Makes the namespaces that are shared with others: an object of the installation is in them, and dist makes none. */
async function createNamespacesOfOthers(cluster: Cluster, tree: Tree, site: Site): Promise<void> {
  const objects = objectsOf(tree, site).map(({ object }) => object);
  const made = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata?.name);
  for (const name of new Set(objects.flatMap(({ metadata }) => metadata?.namespace ?? []))) {
    if (made.includes(name)) continue;
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    if ((await cluster.api.find({ apiVersion: 'v1', kind: 'Namespace', name })) === undefined) {
      await cluster.api.apply(namespace, byHand);
    }
  }
}

/**
 * Makes the secrets that pods, databases and object stores name and no operator makes, each as soon as Flux has made
 * its namespace.
 */
export function createSecrets(cluster: Cluster, tree: Tree, site: Site): void {
  const inventory = inventoryOf(tree, site);
  const missing = secretReferences(inventory).filter(
    ({ name, namespace }) => inventory.find('', 'Secret', namespace, name.text ?? '') === undefined,
  );
  const keysOf = new Map<string, Record<string, string>>();
  for (const { name, namespace = '', keys } of missing) {
    const id = `${namespace}/${name.text}`;
    // The owner of the database reads both keys of the login, whether or not anything else does.
    const known = keysOf.get(id) ?? { username: 'immich', password: 'e2e' };
    keysOf.set(id, {
      ...known,
      ...Object.fromEntries(keys.map(({ text = '' }) => [text, known[text] ?? 'e2e'])),
    });
  }
  for (const [id, stringData] of keysOf) {
    const [namespace = '', name = ''] = id.split('/');
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
    // Whoever needs a secret that could not be made says so.
    eventually(`Flux makes the namespace ${namespace}`, () =>
      cluster.api.apply(secret, byHand).catch(async (error: unknown) => {
        throw new Error(`${error}\n${await progressOf(cluster)}`);
      }),
    ).catch(() => undefined);
  }
}

/** How far Flux and CloudNativePG say they are, which changes as long as they get on. */
async function progressOf({ api }: Cluster): Promise<string> {
  const layers = await api.list('kustomize.toolkit.fluxcd.io/v1', 'Kustomization');
  const databases = await api.list('postgresql.cnpg.io/v1', 'Cluster').catch(() => []);
  return [
    ...layers.map((each) => `${each.metadata?.name}: ${textAt(readyConditionOf(each), 'message')}`),
    ...databases.map((each) => `${each.metadata?.name}: ${textAt(each, 'status', 'phase')}`),
  ].join('\n');
}

const byHand = { fieldManager: 'kubectl' };

function readyConditionOf(object: KubernetesObject) {
  return listAt(object, 'status', 'conditions').find((each) => at(each, 'type') === 'Ready');
}
