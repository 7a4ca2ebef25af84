import { parse } from 'yaml';
import type { KubernetesObject } from '../lib/manifests/manifest.ts';
import { type AgeKey, ageKey } from './control-plane/age.ts';
import { referenceOf } from './control-plane/api-client.ts';
import { type ControlPlane, startApiServer } from './control-plane/api-server.ts';
import { installCustomResources } from './control-plane/custom-resources.ts';
import { endEverything } from './control-plane/endings.ts';
import { eventually } from './control-plane/eventually.ts';
import { type Flux, startFlux, type Tree } from './control-plane/flux.ts';
import { manifestsIn } from './control-plane/manifests.ts';
import { encrypted, type PlainSecret } from './control-plane/sops.ts';
import { at, listAt } from './control-plane/value.ts';
import { type Edits, objectsOf, type Site, synthesized, synthesizedRepository } from './scenarios/dist.ts';

/** The layers that need nobody but Flux. What a database is waited for with is not asked here. */
const layers = ['namespace', 'secrets', 'drill', 'drill-secrets'];
const site: Site = { name: 'home/home', path: 'dist/home/home' };

/** Dollars as scripts have them, in an object of a layer in which Flux fills in variables. */
const dollars = 'echo "$HOME $(date) $$ $1"';

/** An installation with the domain and the API server's address in variables of the repository, or written out. */
function editsWith({ domain, server }: { readonly domain: string; readonly server: string }): Edits {
  return {
    host: `photos.${domain}`,
    'database.cnpg.backup.s3.endpoint': `https://s3.${domain}`,
    'network.apiServer': [server],
    patches: ['CronJob', 'NetworkPolicy'].map((kind) => ({
      target: { kind, name: 'immich-drill' },
      patch: { metadata: { annotations: { 'example.com/script': dollars } } },
    })),
  };
}

/** The real Flux decrypts what SOPS has encrypted, and fills in variables and nothing else. */
describe('what Flux decrypts and fills in', () => {
  let plane: ControlPlane;
  let flux: Flux;
  let tree: Tree;
  let plain: Tree;
  let key: AgeKey;

  beforeAll(async () => {
    key = ageKey();
    const repository = synthesizedRepository('home', {
      ...editsWith({ domain: '${SECRET_DOMAIN}', server: '${API_SERVER}' }),
      'secrets.sops': { folder: './secrets', age: key.recipient },
      'flux.substitute': {
        from: [{ kind: 'Secret', name: 'cluster-secrets' }],
        variables: ['SECRET_DOMAIN', 'API_SERVER'],
      },
    });
    tree = new Map([...repository].flatMap(([file, text]) => filledIn(file, text, key)));
    plain = synthesized('home', editsWith({ domain: 'example.org', server: '10.1.2.3/32' }));
    plane = await startApiServer('flux-values');
    await installCustomResources(plane.api);
    flux = await startFlux(plane);
    await applySecret('sops-age', { 'home.agekey': key.identity });
    await applySecret('cluster-secrets', { SECRET_DOMAIN: 'example.org', API_SERVER: '10.1.2.3/32' });
    const revision = await flux.publish(tree);
    for (const { object } of objectsOf(tree, site)) {
      const name = object.metadata?.name ?? '';
      if (object.kind === 'Kustomization' && layers.includes(name.replace('immich-home-', ''))) {
        await plane.api.apply(withoutOthers(object));
      }
    }
    for (const layer of layers) await flux.ready(`immich-home-${layer}`, revision);
  }, 1_800_000);

  afterAll(endEverything);

  test('control: nothing that is secret stands in the artifact', () => {
    const text = [...tree.values()].join('\n');
    expect(text).toContain('ENC[AES256_GCM,');
    expect(text).not.toContain('made-up');
  });

  test.each([
    ['immich', 'immich-backup'],
    ['immich-drill', 'immich-backup-read'],
  ])('the Secret in the namespace %s is what was encrypted', async (namespace, name) => {
    const secret = await plane.api.get({ apiVersion: 'v1', kind: 'Secret', namespace, name });
    const data = Object.entries(Object(secret['data'])).map(([field, value]) => [
      field,
      Buffer.from(`${value}`, 'base64').toString(),
    ]);
    expect(Object.fromEntries(data)).toEqual({
      ACCESS_KEY_ID: madeUp('ACCESS_KEY_ID'),
      ACCESS_SECRET_KEY: madeUp('ACCESS_SECRET_KEY'),
    });
  });

  test.each(['namespace', 'drill'])(
    'the layer %s is what the values themselves would have made',
    async (layer) => {
      const objects = objectsOf(plain, site).filter((one) => one.layer === layer);
      expect(objects.length).toBeGreaterThan(5);
      for (const { object } of objects) {
        const live = await plane.api.get(referenceOf(object));
        const { object: wanted } = await plane.api.apply(object, { dryRun: true });
        for (const field of ['spec', 'data', 'rules', 'roleRef', 'subjects']) {
          expect([object.kind, field, at(live, field)]).toEqual([object.kind, field, at(wanted, field)]);
        }
      }
    },
  );

  test('dollars of scripts, of a CronJob and of a policy arrive as they were written', async () => {
    for (const [apiVersion, kind] of [
      ['batch/v1', 'CronJob'],
      ['networking.k8s.io/v1', 'NetworkPolicy'],
    ] as const) {
      const live = await plane.api.get({ apiVersion, kind, namespace: 'immich-drill', name: 'immich-drill' });
      expect(live.metadata?.annotations?.['example.com/script']).toBe(dollars);
    }
    const scripts = await plane.api.get({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: 'immich-drill',
      name: 'immich-drill',
    });
    expect(JSON.stringify(at(scripts, 'data'))).toContain('as $$');
    expect(at(scripts, 'data', 'report.sh')).toContain('echo "$message"');
  });

  test('control: dollars that are not escaped do not arrive', async () => {
    const file = `${site.path}/drill/cronjob.immich-drill.yaml`;
    const text = tree.get(file) ?? '';
    expect(text).toContain('$$$$');
    const bare = text.split('$$$$').join('$$');
    await flux.ready('immich-home-drill', await flux.publish(new Map([...tree, [file, bare]])));
    const job = { apiVersion: 'batch/v1', kind: 'CronJob', namespace: 'immich-drill', name: 'immich-drill' };
    const { annotations } = (await plane.api.get(job)).metadata ?? {};
    expect(annotations?.['example.com/script']).toBe(dollars.replace('$$', () => '$'));
    await flux.ready('immich-home-drill', await flux.publish(tree));
  });

  test('control: a variable that nobody sets is refused by Flux', async () => {
    await applySecret('cluster-secrets', { SECRET_DOMAIN: 'example.org' });
    const revision = await flux.publish(new Map([...tree, ['another.md', '']]));
    expect(await flux.refused('immich-home-namespace', revision)).toContain('API_SERVER');
    await applySecret('cluster-secrets', { SECRET_DOMAIN: 'example.org', API_SERVER: '10.1.2.3/32' });
    await flux.ready('immich-home-namespace', await flux.publish(tree));
  });

  test('control: with another key nothing is decrypted, and what is there stays', async () => {
    await applySecret('sops-age', { 'home.agekey': ageKey().identity });
    const revision = await flux.publish(new Map([...tree, ['another.md', 'again']]));
    expect(await flux.refused('immich-home-secrets', revision)).toMatch(/decrypt|data key/);
    const secret = { apiVersion: 'v1', kind: 'Secret', namespace: 'immich', name: 'immich-backup' };
    expect(await plane.api.find(secret)).toBeDefined();
  });

  /** A Secret beside Flux, as a person makes it. */
  async function applySecret(name: string, stringData: { readonly [field: string]: string }): Promise<void> {
    const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'flux-system' } };
    await eventually(`the Secret ${name} is there`, async () => {
      const data = Object.fromEntries(
        Object.entries(stringData).map(([field, value]) => [field, Buffer.from(value).toString('base64')]),
      );
      await plane.api.apply({ ...object, data }, { fieldManager: 'kubectl' });
      return true;
    });
  }
});

/** A value that nobody uses, with what a file or Flux may take for something else. */
function madeUp(field: string): string {
  return `made-up ${field} $Z{x} \${y} ü`;
}

/** An example that a person has filled in and encrypted; every other file as it is. */
function filledIn(file: string, text: string, key: AgeKey): [string, string][] {
  if (!file.endsWith('.example')) return [[file, text]];
  const secret: PlainSecret = parse(text);
  const stringData = Object.fromEntries(
    Object.keys(secret.stringData).map((field) => [field, madeUp(field)]),
  );
  return [[file.replace(/\.example$/, ''), encrypted({ ...secret, stringData }, key)]];
}

/** A Kustomization that waits for none that is not here. */
function withoutOthers(kustomization: KubernetesObject): KubernetesObject {
  const [object] = manifestsIn(JSON.stringify(kustomization));
  if (object === undefined) throw new Error('A Kustomization is an object.');
  const dependsOn = listAt(object, 'spec', 'dependsOn').filter((one) =>
    layers.includes(`${at(one, 'name')}`.replace('immich-home-', '')),
  );
  return { ...object, spec: { ...Object(object['spec']), dependsOn } };
}
