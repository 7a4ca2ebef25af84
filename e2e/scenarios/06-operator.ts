import { X509Certificate } from 'node:crypto';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { madeFrom } from '../../lib/manifests/operators.ts';
import { secretReferences } from '../../lib/manifests/views/secret-references.ts';
import { referenceOf } from '../control-plane/api-client.ts';
import { at, isTrue, listAt, textAt } from '../control-plane/value.ts';
import { committed, committedOf, type Edits, objectsOf, refusal, sitesOf, synthesized } from './dist.ts';
import { applied, hasDatabase, inventoryOf, isDatabase } from './sites.ts';

/** What an upgrade of ours can change in the Cluster object, as a person writes it in the installation file. */
const edits: readonly { readonly name: string; readonly site: string; readonly edits: Edits }[] = [
  { name: 'more storage', site: 'home/home', edits: { 'database.cnpg.storage.size': '40Gi' } },
  { name: 'three instances', site: 'home/home', edits: { 'database.cnpg.instances': 3 } },
  { name: 'one instance', site: 'home/home', edits: { 'database.cnpg.instances': 1 } },
  {
    name: 'a volume for the write-ahead log',
    site: 'home/home',
    edits: { 'database.cnpg.walStorage': { storageClass: 'longhorn', size: '10Gi' } },
  },
  {
    name: 'more memory and another setting',
    site: 'home/home',
    edits: {
      'database.cnpg.resources': { requests: { cpu: '1', memory: '4Gi' }, limits: { memory: '4Gi' } },
      'database.cnpg.parameters': { shared_buffers: '1GB' },
    },
  },
  { name: 'another archive folder', site: 'home/home', edits: { 'database.cnpg.lineage': 'v1' } },
  { name: 'monitoring', site: 'home/home', edits: { 'monitoring.enabled': true } },
  {
    name: 'the plugin instead of the in-tree backup',
    site: 'tachtit/tachtit-data',
    edits: { 'database.cnpg.backup.method': 'plugin' },
  },
  { name: 'another host', site: 'tachtit/tachtit-data', edits: { 'database.cnpg.host': 'db.example.org' } },
];

/** The real operator makes what the rest of dist relies on, and its webhooks accept what synth writes. */
export function operatorTakesTheCluster(): void {
  describe('6. The operator takes the cluster', () => {
    const tree = committed();
    const withDatabase = sitesOf(tree).filter((site) => hasDatabase(tree, site));

    test.each(withDatabase)(
      '$name: the database is set up by an initdb job and becomes Ready',
      async (site) => {
        const { cluster } = await applied(site.name);
        const [database] = await cluster.api.list('postgresql.cnpg.io/v1', 'Cluster');
        const events = await cluster.api.list('v1', 'Event', database?.metadata?.namespace);
        expect(events.map((event) => textAt(event, 'message'))).toContain('Primary instance (initdb)');
        expect(database && isTrue(database, 'Ready')).toBe(true);
        const claims = await cluster.api.list('v1', 'PersistentVolumeClaim', database?.metadata?.namespace);
        const own = claims.filter(
          (claim) => claim.metadata?.labels?.['cnpg.io/cluster'] === database?.metadata?.name,
        );
        expect(own.map((claim) => at(claim, 'spec', 'resources', 'requests', 'storage'))).toEqual(
          Array.from({ length: Number(at(database, 'spec', 'instances')) }, () =>
            at(database, 'spec', 'storage', 'size'),
          ),
        );
      },
    );

    test.each(withDatabase)('$name: the operator makes every object that synth counts on', async (site) => {
      const { cluster } = await applied(site.name);
      for (const manifest of inventoryOf(tree, site).manifests.filter(({ object }) => isDatabase(object))) {
        for (const { kind, name, namespace = '', keys = [], ports = [], podLabels } of madeFrom(manifest)) {
          if (podLabels !== undefined) {
            const pods = await cluster.api.list('v1', 'Pod', namespace);
            expect(pods.map((pod) => pod.metadata?.labels)).toContainEqual(
              expect.objectContaining(podLabels),
            );
            continue;
          }
          const made = await cluster.api.get({ apiVersion: 'v1', kind, name, namespace });
          expect(Object.keys(Object(made['data']))).toEqual(expect.arrayContaining([...keys]));
          expect(listAt(made, 'spec', 'ports')).toEqual(
            ports.map((port) => expect.objectContaining({ name: port.name, port: port.number })),
          );
        }
      }
    });

    test.each(sitesOf(tree))(
      '$name: every secret and key that a pod or database names exists',
      async (site) => {
        const { cluster } = await applied(site.name);
        for (const { name, namespace = '', keys } of secretReferences(inventoryOf(tree, site))) {
          const secret = await cluster.api.get({
            apiVersion: 'v1',
            kind: 'Secret',
            namespace,
            name: name.text ?? '',
          });
          expect(Object.keys(Object(secret['data']))).toEqual(
            expect.arrayContaining(keys.map(({ text }) => text)),
          );
        }
      },
    );

    test('home: the server finds the database at a Service and port that the operator made', async () => {
      const { cluster } = await applied('home/home');
      const server = await cluster.api.get({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        namespace: 'immich',
        name: 'immich-server',
      });
      const service = {
        apiVersion: 'v1',
        kind: 'Service',
        namespace: 'immich',
        name: variable(server, 'DB_HOSTNAME'),
      };
      const ports = listAt(await cluster.api.get(service), 'spec', 'ports').map(
        (port) => `${at(port, 'port')}`,
      );
      expect(ports).toEqual([variable(server, 'DB_PORT')]);
    });

    test('tachtit: the database proves to be the host that the other cluster asks for, at a LoadBalancer', async () => {
      const [app, data] = await Promise.all([applied('tachtit/tachtit'), applied('tachtit/tachtit-data')]);
      const server = await app.cluster.api.get({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        namespace: 'immich',
        name: 'immich-server',
      });
      const [database] = await data.cluster.api.list('postgresql.cnpg.io/v1', 'Cluster');
      const name = `${database?.metadata?.name}-server`;
      const secret = await data.cluster.api.get({
        apiVersion: 'v1',
        kind: 'Secret',
        namespace: 'immich',
        name,
      });
      const certificate = new X509Certificate(Buffer.from(textAt(secret, 'data', 'tls.crt'), 'base64'));
      expect(certificate.checkHost(variable(server, 'DB_HOSTNAME'))).toBe(variable(server, 'DB_HOSTNAME'));
      const services = await data.cluster.api.list('v1', 'Service', 'immich');
      const outside = services.filter((service) => textAt(service, 'spec', 'type') === 'LoadBalancer');
      expect(
        outside.flatMap((service) => listAt(service, 'spec', 'ports').map((port) => `${at(port, 'port')}`)),
      ).toEqual([variable(server, 'DB_PORT')]);
    });

    test.each(edits)('$site: its webhooks accept $name', async ({ site, edits }) => {
      const changed = databaseOf(site, edits);
      const { cluster } = await applied(site);
      await expect(cluster.api.apply(changed, { dryRun: true })).resolves.toBeDefined();
    });

    test('smaller storage is refused by its webhook, and by synth before that', async () => {
      const smaller = { 'database.cnpg.storage.size': '10Gi' };
      const { cluster } = await applied('home/home');
      await expect(
        cluster.api.apply(withSize(databaseOf('home/home', {}), '10Gi'), { dryRun: true }),
      ).rejects.toThrow("can't shrink existing storage");
      expect(refusal('home', smaller, committedOf('home'))).toContain(
        'database.cnpg.storage.size: "10Gi" is less than "20Gi"',
      );
    });

    test('dropping the volume of the write-ahead log is refused by its webhook, and by synth before that', async () => {
      const withLog = { 'database.cnpg.walStorage': { storageClass: 'longhorn', size: '10Gi' } };
      const { cluster } = await applied('home/home');
      const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'e2e-wal' } };
      await cluster.api.apply(namespace);
      const move = (object: KubernetesObject) => ({
        ...object,
        metadata: { ...object.metadata, namespace: 'e2e-wal' },
      });
      await cluster.api.apply(move(databaseOf('home/home', withLog)));
      await expect(cluster.api.apply(move(databaseOf('home/home', {})), { dryRun: true })).rejects.toThrow(
        /walStorage/,
      );
      await cluster.api.patch(referenceOf(move(databaseOf('home/home', {}))), {
        metadata: { annotations: { 'immich-cdk8s/delete': 'allowed' } },
      });
      await cluster.api.delete(referenceOf(namespace));
      expect(refusal('home', {}, synthesized('home', withLog))).toContain(
        'database.cnpg.walStorage: walStorage is gone',
      );
    });
  });
}

function databaseOf(site: string, edits: Edits): KubernetesObject {
  const [installation = ''] = site.split('/');
  const tree = synthesized(installation, edits);
  const object = sitesOf(tree)
    .filter(({ name }) => name === site)
    .flatMap((each) => objectsOf(tree, each))
    .find((each) => isDatabase(each.object))?.object;
  if (object === undefined) {
    throw new Error(`${site} has no database.`);
  }
  return object;
}

function withSize(database: KubernetesObject, size: string): KubernetesObject {
  const spec = Object(database['spec']);
  return { ...database, spec: { ...spec, storage: { ...spec.storage, size } } };
}

/** The value of an environment variable of the first container. */
function variable(deployment: KubernetesObject, name: string): string {
  const variables = listAt(deployment, 'spec', 'template', 'spec', 'containers', 0, 'env');
  return textAt(
    variables.find((each) => at(each, 'name') === name),
    'value',
  );
}
