import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, parseAllDocuments } from 'yaml';
import { type Cluster, startCluster } from './control-plane/cluster.ts';
import { endEverything } from './control-plane/endings.ts';
import { eventually } from './control-plane/eventually.ts';
import type { Tree } from './control-plane/flux.ts';
import { startInstances } from './control-plane/instances.ts';
import { ownFolder, runFolder } from './control-plane/processes.ts';
import { isTrue } from './control-plane/value.ts';
import { Person } from './procedures/person.ts';
import { allReady, createSecrets } from './scenarios/sites.ts';

/**
 * The walk "Plain manifests" of docs/moving-in.md with Flux: what is applied today, the commit that protects, and the
 * commit that switches.
 */
describe('moving in, by two commits', () => {
  const walk = prepareWalk();
  const site = { name: 'home/home', path: 'dist/home/home' };

  afterAll(endEverything);

  test('what holds data stays the same, and what ran before is gone', async () => {
    const { cluster, person } = await startToday('two-commits', 230);
    const before = await dataIn(cluster);
    expect(before.map(([name]) => name)).toEqual([
      'Cluster photos-db',
      'Namespace photos',
      'PersistentVolumeClaim models',
      'PersistentVolumeClaim photos',
      'PersistentVolumeClaim photos-db-1',
    ]);
    const [server] = await uidsOf(cluster, 'Deployment immich-server');

    await cluster.flux.ready('photos', await cluster.flux.publish(walk.protected));
    for (const command of walk.commandsOf('The first commit')) {
      const said = await person.run(command);
      if (command.includes('jsonpath')) expect(said).toBe('disabled\n');
    }
    expect(await dataIn(cluster)).toEqual(before);

    for (const command of walk.commandsOf('The second commit').filter((one) => one.startsWith('kubectl'))) {
      await person.run(command);
    }
    const revision = await cluster.flux.publish(walk.switched);
    createSecrets(cluster, walk.switched, site);
    await cluster.flux.ready('cluster', revision);
    await allReady(cluster, walk.switched, site, revision);
    // dist adds a claim for the photos that Immich only looks at.
    expect(await dataIn(cluster)).toEqual(expect.arrayContaining([...before]));
    expect(await uidsOf(cluster, 'Deployment immich-learning', 'Deployment immich-redis')).toEqual([]);
    const [anew, another] = await uidsOf(cluster, 'Deployment immich-server');
    expect(another).toBeUndefined();
    expect(anew).not.toBe(server);
  });

  test('control: by one commit alone, the claim with the photos is deleted', async () => {
    const { cluster } = await startToday('one-commit', 231);
    const before = await dataIn(cluster);
    await cluster.flux.publish(walk.switched);
    const library = before.find(([name]) => name === 'PersistentVolumeClaim photos');
    await eventually('the claim with the photos goes', async () => {
      const now = await dataIn(cluster);
      return now.some(([name, uid]) => name === library?.[0] && uid === library?.[1]) ? undefined : true;
    });
  });

  /** A cluster in which Flux has applied what there is today, with its database Ready. */
  async function startToday(name: string, network: number) {
    const cluster = await startCluster(`moving-in.${name}`, network, true);
    const person = new Person(cluster, walk.today);
    startInstances(cluster).archive();
    const revision = await cluster.flux.publish(walk.today);
    await cluster.flux.point('cluster', './flux');
    await cluster.flux.ready('photos', revision);
    await cluster.api.apply(
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 's3-login', namespace: 'photos' },
        stringData: { id: 'e2e', secret: 'e2e' },
      },
      { fieldManager: 'kubectl' },
    );
    await eventually('the database is Ready', async () => {
      const [database] = await cluster.api.list('postgresql.cnpg.io/v1', 'Cluster');
      return database !== undefined && isTrue(database, 'Ready') ? true : undefined;
    });
    return { cluster, person };
  }
});

/** The trees of the walk, and what `adopt` prints in it. */
function prepareWalk() {
  const folder = mkdtempSync(join(ownFolder('moving-in'), 'plain-'));
  cpSync(join(__dirname, '../test/adoption/walks/plain'), folder, { recursive: true });
  const flux = join(folder, 'flux/photos.yaml');
  // The source of the cluster that this suite starts.
  writeFileSync(flux, readFileSync(flux, 'utf8').replace('name: home }', 'name: flux-system }'));
  const today = treeOf(folder);
  const page = readFileSync(join(__dirname, '../docs/moving-in.md'), 'utf8');
  const [, commands = ''] = /```sh plain\n(.*?)```/s.exec(page) ?? [];
  const program = `'${process.execPath}' '${join(runFolder(), 'cli.cjs')}'`;
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-euo', 'pipefail', '-c', commands.replaceAll('npx immich-cdk8s', program)],
    { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'], GIT_CEILING_DIRECTORIES: folder } },
  );
  if (status !== 0) throw new Error(`The walk fails:\n${stdout}${stderr}`);
  const said = stdout.slice(stdout.indexOf('installations/home.yaml is there already'));
  const root = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich, namespace: flux-system }
spec:
  interval: 1h
  retryInterval: 2s
  path: ./dist/home/home/flux
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`;
  const protectedNow = new Map(
    [...today].map(([file, text]) => [file, file.startsWith('apps/') ? withProtection(text, said) : text]),
  );
  return {
    today,
    protected: protectedNow,
    switched: new Map([
      ...[...treeOf(folder)].filter(([file]) => file.startsWith('dist/')),
      ['flux/immich.yaml', root],
    ]) satisfies Tree,
    /** The commands that are printed below a heading. */
    commandsOf: (heading: string) => {
      const [, after = ''] = said.split(`${heading}: `);
      const [section = ''] = after.split(/\n\n/);
      return section
        .replaceAll('|\n      ', '| ')
        .split('\n')
        .flatMap((line) => /^ {4}(kubectl .*)/.exec(line)?.[1] ?? []);
    },
  };
}

/** A file with the annotations that `adopt` asks for, on the objects that it names. */
function withProtection(text: string, said: string): string {
  const documents = parseAllDocuments(text);
  for (const document of documents) {
    const [kind, namespace, name] = [
      document.get('kind'),
      document.getIn(['metadata', 'namespace']),
      document.getIn(['metadata', 'name']),
    ];
    const object = namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
    const [, lines] = new RegExp(`, ${object}: below metadata\\n((?: {6,}.*\\n)+)`).exec(said) ?? [];
    if (lines === undefined) continue;
    const [asked] = parseAllDocuments(lines);
    const metadata = document.get('metadata');
    if (isMap(metadata)) metadata.set('annotations', asked?.get('annotations'));
  }
  return documents.map((document: Document) => document.toString()).join('---\n');
}

function treeOf(folder: string): Tree {
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(folder, file)).isFile())
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
}

const dataKinds = [
  ['postgresql.cnpg.io/v1', 'Cluster'],
  ['v1', 'Namespace'],
  ['v1', 'PersistentVolumeClaim'],
] as const;

/** What holds data in the namespace and is not about to go: kind and name, and the UID. */
async function dataIn({ api }: Cluster): Promise<readonly (readonly [name: string, uid: string])[]> {
  const found = await Promise.all(
    dataKinds.map(async ([apiVersion, kind]) =>
      (await api.list(apiVersion, kind)).map(({ metadata }) => ({
        kind,
        name: metadata?.name,
        namespace: metadata?.namespace,
        uid: metadata?.['uid'],
        isGoing: metadata?.['deletionTimestamp'] !== undefined,
      })),
    ),
  );
  return found
    .flat()
    .filter(({ kind, name, namespace }) => (kind === 'Namespace' ? name : namespace) === 'photos')
    .filter(({ isGoing }) => !isGoing)
    .map(({ kind, name, uid }) => [`${kind} ${name}`, String(uid)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

async function uidsOf({ api }: Cluster, ...names: readonly string[]): Promise<string[]> {
  const deployments = await api.list('apps/v1', 'Deployment', 'photos');
  return deployments
    .filter(({ metadata }) => names.includes(`Deployment ${metadata?.name}`))
    .map(({ metadata }) => String(metadata?.['uid']));
}
