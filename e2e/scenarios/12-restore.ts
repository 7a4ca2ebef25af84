import { request } from 'node:https';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { type Access, referenceOf } from '../control-plane/api-client.ts';
import { eventually } from '../control-plane/eventually.ts';
import { manifestsIn } from '../control-plane/manifests.ts';
import { at, textAt } from '../control-plane/value.ts';
import { committed, type Edits, objectsOf, sitesOf, synthesized } from './dist.ts';
import { applied, isDatabase } from './sites.ts';

/** The sites with a database of their own, and the lineage that each of them can be restored from. */
const sites = [
  { site: 'home/home', form: 'the plugin' },
  { site: 'tachtit/tachtit-data', form: 'the in-tree form' },
];

const recoveries: readonly { readonly what: string; readonly restoreFrom: unknown }[] = [
  { what: 'all there is', restoreFrom: 'original' },
  { what: 'a moment', restoreFrom: { lineage: 'original', time: '2026-11-20T03:00:00Z' } },
  { what: 'a snapshot', restoreFrom: { lineage: 'original', volumeSnapshot: 'nightly' } },
];

/** The real operator takes what recovery and drill are made of, and the drill can do what it must and nothing else. */
export function restoresAndDrills(): void {
  describe('12. Restores and drills', () => {
    test.each(sites.flatMap((site) => recoveries.map((recovery) => ({ ...site, ...recovery }))))(
      '$site: the operator takes a recovery of $what by $form, and warns of nothing else',
      async ({ site, restoreFrom }) => {
        const { cluster } = await applied(site);
        const namespace = await madeNamespace(cluster, 'e2e-recovery');
        const edits = { 'database.cnpg.lineage': 'v1', 'database.cnpg.restoreFrom': restoreFrom };
        const recovered = inNamespace(databaseOf(site, edits), namespace);
        const { warnings, object } = await cluster.api.apply(recovered, { dryRun: true });
        expect(unexpected(warnings)).toEqual([]);
        expect(at(object, 'spec', 'bootstrap', 'recovery', 'owner')).toBe('immich');
      },
    );

    test('home: a recovered database reads one folder and archives to another', async () => {
      const { cluster } = await applied('home/home');
      const namespace = await madeNamespace(cluster, 'e2e-recovered');
      const tree = synthesized('home', {
        'database.cnpg.lineage': 'v1',
        'database.cnpg.restoreFrom': 'original',
      });
      const objects = sitesOf(tree).flatMap((site) => objectsOf(tree, site));
      for (const { object } of objects.filter(({ layer }) => layer === 'database')) {
        if (object.kind !== 'ScheduledBackup') await cluster.api.apply(inNamespace(object, namespace));
      }
      const job = await eventually('the operator starts the recovery', async () => {
        const jobs = await cluster.api.list('batch/v1', 'Job', namespace);
        return jobs.find(({ metadata }) => metadata?.name?.includes('full-recovery'));
      });
      expect(job.metadata?.labels?.['cnpg.io/cluster']).toBe('immich-db');
      const database = await cluster.api.get(
        referenceOf(inNamespace(databaseOf('home/home', {}), namespace)),
      );
      const folder = (...path: (string | number)[]) =>
        textAt(database, 'spec', ...path, 'parameters', 'serverName');
      expect(folder('externalClusters', 0, 'plugin')).toBe('immich-db');
      expect(folder('plugins', 0)).toBe('immich-db-v1');
      await allowAndDelete(cluster, database);
    });

    test.each(sites)(
      '$site: the operator takes the throw-away database, and warns of nothing else',
      async ({ site }) => {
        const { cluster } = await applied(site);
        const { warnings } = await cluster.api.create(throwAway(site, 'none', noJob), { dryRun: true });
        expect(unexpected(warnings)).toEqual([]);
      },
    );

    test('home: the account of the drill can do what the drill does', async () => {
      const { cluster } = await applied('home/home');
      const database = throwAway('home/home', 'none', noJob);
      expect(await statusOf(cluster.access, 'POST', `${clusters}?dryRun=All`, database)).toBe(201);
      // There is no such Cluster now; who may not read is told so first.
      expect(await statusOf(cluster.access, 'GET', `${clusters}/immich-drill-db`)).toBe(404);
      expect(await statusOf(cluster.access, 'DELETE', `${clusters}/immich-drill-db?dryRun=All`)).toBe(404);
    });

    test.each([
      ['list Clusters', 'GET', clustersPath()],
      ['read another Cluster', 'GET', `${clustersPath()}/immich-db`],
      ['delete another Cluster', 'DELETE', `${clustersPath()}/immich-db?dryRun=All`],
      ['change its own Cluster', 'PATCH', `${clustersPath()}/immich-drill-db?dryRun=All`],
      ['list secrets', 'GET', '/api/v1/namespaces/immich-drill/secrets'],
      ['read the secret of the store', 'GET', '/api/v1/namespaces/immich-drill/secrets/immich-backup-read'],
      ['create pods', 'POST', '/api/v1/namespaces/immich-drill/pods?dryRun=All'],
      [
        'run commands in pods',
        'POST',
        '/api/v1/namespaces/immich-drill/pods/immich-drill-db-1/exec?command=id',
      ],
      ['create Jobs', 'POST', '/apis/batch/v1/namespaces/immich-drill/jobs?dryRun=All'],
      ['make tokens', 'POST', '/api/v1/namespaces/immich-drill/serviceaccounts/immich-drill/token'],
      ['change the drill', 'PATCH', '/api/v1/namespaces/immich-drill/configmaps/immich-drill?dryRun=All'],
      ['create Clusters in the namespace of Immich', 'POST', `${clustersPath('immich')}?dryRun=All`],
      ['read the database of Immich', 'GET', `${clustersPath('immich')}/immich-db`],
      ['delete the database of Immich', 'DELETE', `${clustersPath('immich')}/immich-db?dryRun=All`],
      ['read the secrets of Immich', 'GET', '/api/v1/namespaces/immich/secrets'],
      ['list namespaces', 'GET', '/api/v1/namespaces'],
    ])('home: the account of the drill cannot %s', async (_, method, path) => {
      const { cluster } = await applied('home/home');
      const bodies: Readonly<Record<string, object>> = {
        POST: path.startsWith(clustersPath('immich')) ? databaseOf('home/home', {}) : {},
        PATCH: {},
      };
      expect(await statusOf(cluster.access, method, path, bodies[method])).toBe(403);
    });

    test('home: the throw-away database goes with its Job, and its volume with it', async () => {
      const { cluster } = await applied('home/home');
      const cronJob = await cluster.api.get({
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        namespace: 'immich-drill',
        name: 'immich-drill',
      });
      const template: { readonly spec: Record<string, unknown> } = Object(at(cronJob, 'spec', 'jobTemplate'));
      const { object: job } = await cluster.api.create({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'killed', namespace: 'immich-drill' },
        // Suspended: what it would do is done here, and then it is killed.
        spec: { ...Object(template.spec), suspend: true },
      });
      const uid = textAt(job, 'metadata', 'uid');
      const { object: database } = await cluster.api.create(throwAway('home/home', 'killed', uid));
      const ofDrill = (kind: string) => cluster.api.list('v1', kind, 'immich-drill');
      await eventually('the operator makes the volume of the throw-away database', async () => {
        const claims = await ofDrill('PersistentVolumeClaim');
        return claims.find((claim) => claim.metadata?.labels?.['cnpg.io/cluster'] === 'immich-drill-db');
      });
      await cluster.api.delete(referenceOf(job));
      await eventually('the Cluster and its claims are collected', async () => {
        const claims = await ofDrill('PersistentVolumeClaim');
        const left = claims.filter(
          (claim) => claim.metadata?.labels?.['cnpg.io/cluster'] === 'immich-drill-db',
        );
        // A claim that is being deleted waits for its pod.
        const stays = left.filter((claim) => at(claim, 'metadata', 'deletionTimestamp') === undefined);
        const found = await cluster.api.find(referenceOf(database));
        return found === undefined && stays.length === 0 ? true : undefined;
      });
    });
  });
}

/** CloudNativePG warns of its in-tree form wherever that is used; tachtit uses it on purpose. */
function unexpected(warnings: readonly string[]): readonly string[] {
  return warnings.filter((warning) => !warning.startsWith('Native support for Barman Cloud backups'));
}

const noJob = '00000000-0000-0000-0000-000000000000';

function clustersPath(namespace = 'immich-drill'): string {
  return `/apis/postgresql.cnpg.io/v1/namespaces/${namespace}/clusters`;
}

const clusters = clustersPath();

type Api = Awaited<ReturnType<typeof applied>>['cluster'];

async function madeNamespace({ api }: Api, name: string): Promise<string> {
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  return name;
}

function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, namespace } };
}

async function allowAndDelete({ api }: Api, object: KubernetesObject): Promise<void> {
  await api.patch(referenceOf(object), { metadata: { annotations: { 'immich-cdk8s/delete': 'allowed' } } });
  await api.delete(referenceOf(object));
}

function databaseOf(site: string, edits: Edits): KubernetesObject {
  const [installation = ''] = site.split('/');
  const tree = Object.keys(edits).length === 0 ? committed() : synthesized(installation, edits);
  const object = sitesOf(tree)
    .filter(({ name }) => name === site)
    .flatMap((each) => objectsOf(tree, each))
    .find((each) => isDatabase(each.object))?.object;
  if (object === undefined) {
    throw new Error(`${site} has no database.`);
  }
  return object;
}

/** The throw-away database as the drill creates it. */
function throwAway(site: string, job: string, uid: string): KubernetesObject {
  const tree = committed();
  const files = sitesOf(tree)
    .filter(({ name }) => name === site)
    .flatMap((each) => objectsOf(tree, each))
    .find(({ layer, object }) => layer === 'drill' && object.kind === 'ConfigMap')?.object;
  // As the drill's script does for the newest moment.
  const text = textAt(files, 'data', 'cluster.yaml')
    .replace('JOB_NAME', job)
    .replace('JOB_UID', uid)
    .replace(/^.*(?:recoveryTarget:|TARGET_TIME).*\n/gm, '');
  const [object] = manifestsIn(text);
  if (object === undefined) {
    throw new Error(`${site} has no drill.`);
  }
  return object;
}

/** What the API server answers when the account of the drill asks; the administrator asks in its name. */
function statusOf(access: Access, method: string, path: string, body?: object): Promise<number> {
  return new Promise((done, failed) => {
    const headers = {
      'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      'Impersonate-User': 'system:serviceaccount:immich-drill:immich-drill',
      'Impersonate-Group': [
        'system:serviceaccounts',
        'system:serviceaccounts:immich-drill',
        'system:authenticated',
      ],
    };
    const { authority, certificate, key, server } = access;
    const sent = request(
      new URL(path, server),
      { method, headers, ca: authority, cert: certificate, key },
      (response) => {
        response.resume();
        response.on('end', () => done(response.statusCode ?? 0));
      },
    );
    sent.on('error', failed);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
