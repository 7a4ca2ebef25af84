import { basename } from 'node:path';
import { endEverything } from './control-plane/endings.ts';
import { startInstances } from './control-plane/instances.ts';
import { at, textAt } from './control-plane/value.ts';
import { Person } from './procedures/person.ts';
import { committedOf, refusal } from './scenarios/dist.ts';
import { allReady, clusterFor, pointFluxAt, root, siteNamed } from './scenarios/sites.ts';

const pointInTime = 'Restore the database to a point in time';

const database = {
  apiVersion: 'postgresql.cnpg.io/v1',
  kind: 'Cluster',
  namespace: 'immich',
  name: 'immich-db',
};

/** Somewhere else, where nothing of Immich ever was: git and the store of the backups are all there is. */
function rebuiltFromGit(): void {
  test('rebuild from git: the one commit makes a database from the backup, and Immich comes back on it', async () => {
    const site = siteNamed('home/home');
    const cluster = await clusterFor(site, committedOf('home'), '.rebuilt');
    const person = new Person(cluster, committedOf('home'));
    const chapter = person.chapter('Rebuild from git');
    const [commit] = chapter;
    expect(commit?.language).toBe('yaml');
    await person.follow(chapter.slice(0, 1));
    await pointFluxAt(cluster, person.tree, site, person.commit());
    startInstances(cluster).archive();
    await person.follow(chapter.slice(1));
    await expectRecovered(person, 'immich-db', 'immich-db-v1');
    const server = await cluster.api.find({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'immich',
      name: 'immich-server',
    });
    expect(server === undefined ? 0 : at(server, 'spec', 'replicas')).toBe(0);
    await person.follow(person.chapter('Bring the server back'));
    await expectServer(person, 'v3.3.1');
  });
}

/** The procedures of dist's runbook, taken out of RUNBOOK.md and executed with a real kubectl. */
describe('RUNBOOK.md, executed as it is printed', () => {
  let person: Person;
  let revision: string;

  beforeAll(async () => {
    ({ person, revision } = await started('home/home', '.runbook'));
  }, 1_800_000);

  afterAll(endEverything);

  test('control: without the fetch, the database that was deleted comes back empty, and the procedure stops there', async () => {
    const before = (await person.cluster.api.get(database)).metadata?.['uid'];
    const steps = person.chapter(pointInTime).filter(({ text }) => !isFetch(text));
    await expect(person.follow(steps)).rejects.toThrow(/grep recovery/);
    const made = await person.cluster.api.get(database);
    expect(made.metadata?.['uid']).not.toBe(before);
    expect(at(made, 'spec', 'bootstrap', 'initdb')).toBeDefined();
    // A wait of Flux for the empty one would go on after its deletion, until the time limit of the layer.
    await person.cluster.flux.ready('immich-home-database', revision);
  });

  test('point in time: from the fetch on, the new database starts from the backup, and Immich comes back', async () => {
    const runbook = person.chapter(pointInTime);
    await person.run(runbook[0]?.text ?? '');
    await person.follow(runbook.slice(runbook.findIndex(({ text }) => isFetch(text))));
    await expectRecovered(person, 'immich-db', 'immich-db-v1');
    await person.follow(person.chapter('Bring the server back'));
    await expectServer(person, 'v3.3.1');
  });

  test('a suspension stays when a new commit comes; control: under the name of kubectl it does not', async () => {
    const [stop] = person.chapter(pointInTime);
    const lines = (stop?.text ?? '').split('\n').filter((line) => line.includes(' patch '));
    expect(lines).toHaveLength(2);
    const suspended = async (name: string) =>
      at(
        await person.cluster.api.get({
          apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
          kind: 'Kustomization',
          namespace: 'flux-system',
          name,
        }),
        'spec',
        'suspend',
      ) === true;
    await person.run(lines.join('\n'));
    // A layer that nobody has touched, as what one name owns already stays.
    const [line = ''] = lines;
    const otherwise = line.replace('immich-home-app', 'immich-home-drill');
    await person.run(otherwise.replace('flux-client-side-apply', 'kubectl-patch'));
    expect(await suspended('immich-home-drill')).toBe(true);
    await person.cluster.flux.reconcile(root);
    expect([await suspended('immich-home-app'), await suspended('immich-home-drill')]).toEqual([true, false]);
  });

  test('roll back: the old version comes back with the database of before, and synth takes it only as printed', async () => {
    person.write({ 'database.cnpg.restoreFrom': undefined });
    const lines = person.chapter('Roll an upgrade back');
    const words = { '<the version before>': 'v3.3.0' };
    const edits = { version: 'v3.3.0', 'database.cnpg.lineage': 'v2', 'database.cnpg.restoreFrom': 'v1' };
    expect(refusal('home', edits, person.tree)).toContain('v3.3.0');
    for (const block of person.chapter(pointInTime)) {
      await person.follow(block.language === 'yaml' ? lines : [block], words);
    }
    await expectRecovered(person, 'immich-db-v1', 'immich-db-v2');
    await person.follow(person.chapter('Bring the server back'));
    await expectServer(person, 'v3.3.0');
  });

  test('meant deletion: what holds data goes; control: without the annotation it stays', async () => {
    await expect(
      person.run('kubectl delete clusters.postgresql.cnpg.io immich-db --namespace immich'),
    ).rejects.toThrow('immich-cdk8s/delete=allowed');
    await expect(person.run('kubectl delete pvc immich-library --namespace immich')).rejects.toThrow(
      'immich-cdk8s/delete=allowed',
    );
    await person.follow(person.chapter('Delete on purpose'));
    expect(await person.cluster.api.find(database)).toBeUndefined();
    const claims = await person.cluster.api.list('v1', 'PersistentVolumeClaim', 'immich');
    expect(claims.filter(({ metadata }) => metadata?.labels?.['immich-cdk8s/data'] === 'immich')).toEqual([]);
  });

  rebuiltFromGit();
});

function isFetch(text: string): boolean {
  return text.includes('requestedAt');
}

/** A cluster to which a person has brought the committed dist. */
async function started(
  name: string,
  suffix: string,
): Promise<{ readonly person: Person; readonly revision: string }> {
  const site = siteNamed(name);
  const tree = committedOf(basename(name));
  const cluster = await clusterFor(site, tree, suffix);
  const person = new Person(cluster, tree);
  const revision = await pointFluxAt(cluster, tree, site, person.commit());
  startInstances(cluster).archive();
  await allReady(cluster, tree, site, revision);
  return { person, revision };
}

/** The database starts from one folder of the store and archives to another. */
async function expectRecovered({ cluster }: Person, from: string, to: string): Promise<void> {
  const found = await cluster.api.get(database);
  const folder = (...path: (string | number)[]) => textAt(found, 'spec', ...path, 'parameters', 'serverName');
  expect(folder('externalClusters', 0, 'plugin')).toBe(from);
  expect(folder('plugins', 0)).toBe(to);
}

async function expectServer({ cluster }: Person, version: string): Promise<void> {
  const server = await cluster.api.get({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: 'immich',
    name: 'immich-server',
  });
  expect(textAt(server, 'spec', 'template', 'spec', 'containers', 0, 'image')).toContain(`:${version}`);
  expect(at(server, 'status', 'readyReplicas')).toBe(1);
}
