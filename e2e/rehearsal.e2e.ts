import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { Extension } from '../lib/immich/extensions.ts';
import type { KubernetesObject } from '../lib/manifests/manifest.ts';
import { filesOf } from '../lib/rehearsal/files.ts';
import { rehearsalOf } from '../lib/rehearsal/rehearsal.ts';
import type { RehearsalPlan } from '../lib/rehearsal/rehearsal-plan.ts';
import { synthesize } from '../lib/synthesis/synthesis.ts';
import { rehearsedText, verdictsIn } from '../lib/values/rehearsal.ts';
import { edited } from '../test/installation/example.ts';
import { planned } from '../test/rehearsal/planned.ts';
import { type ControlPlane, startApiServer } from './control-plane/api-server.ts';
import { startCloudNativePG } from './control-plane/cloudnative-pg.ts';
import { installCustomResources } from './control-plane/custom-resources.ts';
import { endEverything } from './control-plane/endings.ts';
import { eventually } from './control-plane/eventually.ts';
import { startInstances } from './control-plane/instances.ts';
import { manifestsIn } from './control-plane/manifests.ts';
import { runFolder } from './control-plane/processes.ts';
import { startProvisioner } from './control-plane/stand-ins.ts';
import { toolPath } from './control-plane/tools.ts';
import { at, textAt } from './control-plane/value.ts';
import { startWorkloads } from './control-plane/workloads.ts';
import {
  type Archive,
  archiveAll,
  archiving,
  backUp,
  checkEmpty,
  environmentOf,
  restore,
} from './roundtrip/archive.ts';
import { type BlobStore, startBlobStore } from './roundtrip/blob-store.ts';
import { photosSql, schemaSql } from './roundtrip/immich-database.ts';
import { majors, type Parts, parts } from './roundtrip/parts.ts';
import { upgradeFolder } from './roundtrip/pg-upgrade.ts';
import { initialize, type Server, startServer, stopServer } from './roundtrip/server.ts';
import { type StoreOf, settingsOf } from './roundtrip/settings.ts';
import { psqlOf, Steps } from './roundtrip/steps.ts';

const namespace = 'immich-drill';

/** `tachtit`, whose drill reads by a connection string, before and after an upgrade of everything. */
const before = edited(readFileSync(join(__dirname, '../installations/tachtit.yaml'), 'utf8'), [
  '      method: barmanObjectStore\n',
  '      method: barmanObjectStore\n      drill: { credentials: { secret: readonly, connectionString: string } }\n',
]);
const after = edited(before, ['v2.5.0', 'v3.3.1'], ['16.9-0.4.3', '18.1-1.1.1']);
const plan = planned(before, after);

/**
 * The steps of a rehearsal, in their order and in the name of its account, against a real API server with CloudNativePG,
 * and against a real PostgreSQL 16 that Barman has restored and pg_upgrade takes to 18. What runs inside of pods is played
 * here: the instance manager, which would do the latter, and Immich's migration. pgvector stands in for VectorChord.
 */
describe('a rehearsal on a real control plane and a real PostgreSQL', () => {
  let plane: ControlPlane;
  let old: Parts;
  let next: Parts;
  let store: BlobStore;
  let steps: Steps;
  let job: Readonly<Record<string, string>>;
  /** The copy, before and after the upgrade. */
  let copy: Server;
  const settings = settingsOf('2026-11-20T03:00:00Z');
  const { text } = rehearsalOf(plan, 'installations/tachtit.yaml');
  const files = withoutVectorChord(plan);

  beforeAll(async () => {
    const programs = parts();
    const versions = majors(programs);
    [old, next] = [versions[16], versions[18]];
    store = await startBlobStore(programs, 'seyzahldata');
    await backUpDatabase();
    plane = await startApiServer('rehearsal');
    await installCustomResources(plane.api);
    await Promise.all([startWorkloads(plane, 91), startCloudNativePG(plane)]);
    startProvisioner(plane);
    startInstances(plane);
    for (const object of drillNamespace()) await plane.api.apply(object);
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'readonly', namespace } };
    await plane.api.apply({ ...secret, stringData: { string: store.readOnly('immich') } });
    steps = new Steps('rehearsal', files, plane, `${namespace}/immich-rehearsal`);
  }, 1_800_000);

  afterAll(endEverything);

  function opened({ secret, ...archive }: StoreOf): Archive {
    const read = secret === 'readonly/string';
    return { ...archive, connectionString: read ? store.readOnly('immich') : store.connectionString };
  }

  /** The database of last night: its backup, and a photo that came after it. */
  async function backUpDatabase(): Promise<void> {
    const archive = opened(settings.backup);
    checkEmpty(old, archive);
    const lines = [...archiving(old, archive), 'fsync = off'];
    const source = await startServer(old, initialize(old, 'source'), lines, environmentOf(old, archive));
    source.sql('postgres', 'create role immich login; create database immich owner immich');
    source.sql('immich', `create extension vector; ${trigramsSql}`);
    source.sql('immich', `set role immich; ${schemaSql(settings.tables)} ${photosSql(200)}`);
    await backUp(old, archive, source);
    source.sql('immich', `set role immich; ${photosSql(1)}`);
    archiveAll(source);
    await stopServer(old, source);
  }

  /** Runs a step on a database of the copy, with the settings that its container has for psql. */
  function run(name: string, database = 'immich', on = steps) {
    const psql = copy === undefined ? {} : psqlOf(next.postgresql, copy, database);
    return on.run(`${name}.sh`, { ...job, ...psql, ...settingsOfStep(name) });
  }

  function settingsOfStep(name: string): Readonly<Record<string, string>> {
    const { spec } = parseAllDocuments(text).at(-1)?.toJS() ?? {};
    const { initContainers, containers } = spec.template.spec;
    const step = [...initContainers, ...containers].find((one) => one.name === name);
    const options = step.env.find((one: { readonly name: string }) => one.name === 'PGOPTIONS');
    return options === undefined ? {} : { PGOPTIONS: options.value };
  }

  test('the Job is admitted where Pod Security is "restricted", and the server waits', async () => {
    const file = join(runFolder(), 'rehearsal.yaml');
    writeFileSync(file, text);
    const kubectl = join(dirname(toolPath('kubectl', 'kubectl')), 'kubectl');
    const { status, stderr } = spawnSync(
      kubectl,
      ['--kubeconfig', plane.kubeconfig, 'apply', '--filename', file],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, '']);
    const pod = await eventually('the pod of the Job is made', async () => {
      const pods = await plane.api.list('v1', 'Pod', namespace);
      return pods.find(({ metadata }) => metadata?.labels?.['batch.kubernetes.io/job-name'] !== undefined);
    });
    const name = textAt(pod, 'metadata', 'labels', 'batch.kubernetes.io/job-name');
    const uid = textAt(pod, 'metadata', 'labels', 'batch.kubernetes.io/controller-uid');
    job = { JOB_NAME: name, JOB_UID: uid };
    expect(name).toBe('immich-rehearsal');
    expect(await replicas()).toBe(0);
  });

  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace,
    name: 'immich-rehearsal-server',
  };
  const replicas = async () => at(await plane.api.get(deployment), 'spec', 'replicas');
  const cluster = {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    namespace,
    name: 'immich-rehearsal-db',
  };

  test('copy: the operator restores the folder that is archived to, by the image of today', async () => {
    expect(await run('copy')).toMatchObject({ code: 0 });
    expect(steps.left('code')).toBeUndefined();
    const made = await plane.api.get(cluster);
    expect(at(made, 'spec', 'imageName')).toBe(plan.change.database.before);
    expect(at(made, 'metadata', 'ownerReferences', 0, 'uid')).toBe(job['JOB_UID']);
    const { serverName, destinationPath } = parse(files['cluster.yaml'] ?? '').spec.externalClusters[0]
      .barmanObjectStore;
    const read = opened(settings.drill);
    expect([serverName, destinationPath]).toEqual([read.serverName, read.destinationPath]);
    copy = await restore(old, read, 'copy');
  });

  test('count: the rows of last night, with what came after the backup', async () => {
    expect(await run('count')).toMatchObject({ code: 0 });
    expect(JSON.parse(steps.left('counts') ?? '')).toMatchObject({ asset: 201, user: 2 });
  });

  test('upgrade: the operator runs pg_upgrade and the next image, and updates extensions', async () => {
    expect(await run('upgrade')).toMatchObject({ code: 0 });
    expect(steps.left('message')).toBeUndefined();
    const made = await plane.api.get(cluster);
    expect(at(made, 'status', 'pgDataImageInfo', 'majorVersion')).toBe(18);
    expect(steps.left('upgraded')).toMatch(/^upgraded in \d+ s$/);
    const database = await plane.api.get({ ...cluster, kind: 'Database' });
    expect(at(database, 'spec', 'extensions')).toContainEqual({
      name: 'vchord',
      version: '1.1.1',
      ensure: 'present',
    });
    await stopServer(old, copy);
    const folder = upgradeFolder({ from: old, to: next, folder: copy.folder, name: 'copy-18' });
    copy = await startServer(next, folder, ['fsync = off'], {});
  });

  test('look-at-upgrade: searches find something, and no row is gone', async () => {
    const { output } = await run('look-at-upgrade');
    expect(steps.left('message')).toBeUndefined();
    expect(output).toContain('clip_index: can be read');
    expect(output).toContain('upgraded-33-rows: as it should be');
    expect(output).toContain('upgraded-25-vectors: as it should be');
  });

  test.each([
    [
      'a row less',
      'delete from session; delete from face_search where ctid in (select ctid from face_search limit 1)',
      '33',
      /face_search had 201 rows, and has 200/,
    ],
    ['no vector index', 'drop index clip_index', '25', /smart_search does not use its vector index/],
    ['no photos', 'truncate "user" cascade', '22', /there are no users/],
    ['no extension', 'drop extension vector cascade', '32', /vector index/],
  ])('look-at-upgrade, control: a copy with %s fails', async (what, sql, code, message) => {
    const name = `broken_${code}`;
    copy.sql('postgres', `create database ${name} template immich owner immich`);
    copy.sql(name, sql);
    const other = new Steps(name, impatient(files), plane, `${namespace}/immich-rehearsal`);
    other.leave('counts', steps.left('counts') ?? '');
    await run('look-at-upgrade', name, other);
    expect([what, other.left('code')]).toEqual([what, code]);
    expect(other.left('message')).toMatch(message);
  });

  test('serve: the account starts the next server, which is admitted, waits for it, and stops it', async () => {
    expect(await run('serve')).toMatchObject({ code: 0 });
    expect(steps.left('migrated')).toMatch(/^migrated in \d+ s$/);
    expect(await replicas()).toBe(0);
  });

  test('look-at-migration, control: a server that has migrated nothing fails', async () => {
    const other = new Steps('unmigrated', files, plane, `${namespace}/immich-rehearsal`);
    other.leave('counts', steps.left('counts') ?? '');
    await run('look-at-migration', 'immich', other);
    expect(other.left('code')).toBe('21');
    expect(other.left('message')).toContain('tables are missing: integrity_report');
  });

  test('look-at-migration: the tables of the next version are there', async () => {
    copy.sql('immich', 'set role immich; create table integrity_report (id int)');
    await run('look-at-migration');
    expect([steps.left('code'), steps.left('message')]).toEqual([
      '0',
      expect.stringMatching(/^restored in \d+ s, upgraded in \d+ s with the same rows, migrated in \d+ s;/),
    ]);
  });

  test.each([
    [
      'change the database of the drill',
      `kubectl patch clusters.postgresql.cnpg.io immich-drill-db --type merge --patch '{}'`,
    ],
    ['read Secrets', 'kubectl get secrets'],
    ['make pods', 'kubectl run other --image example.com/other:1'],
    ['make Jobs', 'kubectl create job other --image example.com/other:1'],
    ['make Deployments', 'kubectl create deployment other --image example.com/other:1'],
    [
      'change the image of its server',
      'kubectl set image deployments.apps/immich-rehearsal-server server=example.com/other:1',
    ],
    ['run commands in pods', 'kubectl exec immich-rehearsal-db-1 -- id'],
    ['look into the namespace of Immich', 'kubectl get clusters.postgresql.cnpg.io --namespace immich'],
  ])('the account cannot %s', async (_what, command) => {
    const { code, output } = await steps.shell(command);
    expect([code, output]).toEqual([1, expect.stringContaining('forbidden')]);
  });

  test('upgrade: within a major version the operator replaces the instance', async () => {
    const minor = planned(after, edited(after, ['18.1-1.1.1', '18.2-1.1.1']));
    const other = new Steps('minor', filesOf(minor), plane, `${namespace}/immich-rehearsal`);
    expect(await run('upgrade', 'immich', other)).toMatchObject({ code: 0 });
    expect([other.left('code'), other.left('upgraded')]).toEqual([
      undefined,
      expect.stringMatching(/^upgraded in/),
    ]);
    const pod = await plane.api.get({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace,
      name: 'immich-rehearsal-db-1',
    });
    expect(textAt(pod, 'spec', 'containers', 0, 'image')).toBe(minor.change.database.after);
  });

  test('copy, again: a pod that begins anew takes away what the one before it left', async () => {
    const earlier = textAt(await plane.api.get(cluster), 'metadata', 'uid');
    const other = new Steps('again', files, plane, `${namespace}/immich-rehearsal`);
    expect(await run('copy', 'immich', other)).toMatchObject({ code: 0 });
    expect(other.left('message')).toBeUndefined();
    const made = await plane.api.get(cluster);
    expect(textAt(made, 'metadata', 'uid')).not.toBe(earlier);
    expect(at(made, 'spec', 'imageName')).toBe(plan.change.database.before);
  });

  test('verdict: one line of this change, and the copy is gone', async () => {
    const { code, output } = await run('verdict');
    expect(code).toBe(0);
    expect(verdictsIn(output)).toMatchObject([
      { installation: 'tachtit', hasPassed: true, rehearsed: rehearsedText(plan.change) },
    ]);
    await eventually('the copy is deleted', async () => {
      const found = await plane.api.find(cluster);
      return found === undefined || at(found, 'metadata', 'deletionTimestamp') !== undefined
        ? true
        : undefined;
    });
  });
});

/** The namespace of the drill, as it is before somebody rehearses. */
function drillNamespace(): KubernetesObject[] {
  const { files } = synthesize(new Map([['installations/tachtit.yaml', before]]));
  return [...(files ?? [])]
    .filter(([file]) => /\/drill\/(namespace|networkpolicy)\./.test(file))
    .flatMap(([, text]) => manifestsIn(text));
}

/** The files of a rehearsal without VectorChord and the extensions that PostgreSQL has no package of here. */
function withoutVectorChord(plan: RehearsalPlan): Readonly<Record<string, string>> {
  const extensions: Extension[] = [{ name: 'vector', version: undefined }];
  const made = filesOf({ ...plan, expectations: { ...plan.expectations, extensions } });
  return Object.fromEntries(
    Object.entries(made).map(([name, text]) => [
      name,
      name === 'vector-indexes.sh'
        ? text.replace("'vchord'", "'vector'").replace('[ "$version" = 1.1.1 ]', '[ -n "$version" ]')
        : text,
    ]),
  );
}

/** The same, where nobody waits for an extension that never comes. */
function impatient(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...files, 'vector-indexes.sh': (files['vector-indexes.sh'] ?? '').replace('-ge 120', '-ge 1') };
}

/** In the place of the extension pg_trgm. */
const trigramsSql =
  'create function show_trgm(text) returns text[] language sql immutable as $$ select array[$1] $$';
