import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { others } from '../test/doctor/others.ts';
import { endEverything } from './control-plane/endings.ts';
import { eventually } from './control-plane/eventually.ts';
import { startInstances } from './control-plane/instances.ts';
import { runFolder } from './control-plane/processes.ts';
import { apply, type Fault, kind, pod } from './doctor/fault.ts';
import { faultsOfLife } from './doctor/life.ts';
import { faultsOfNeeds, programsOfOthers } from './doctor/needs.ts';
import { everythingOfOthers, faultsOfOthers } from './doctor/others.ts';
import { Person } from './procedures/person.ts';
import { chaptersOfTrouble, commandsOf, reasonNotToRun } from './procedures/trouble.ts';
import { committedOf } from './scenarios/dist.ts';
import { allReady, clusterFor, pointFluxAt, siteNamed } from './scenarios/sites.ts';

/** Something that doctor says. */
interface Told {
  readonly check: string;
  readonly state: string;
  readonly message: string;
  readonly mend: readonly string[];
}

/** `doctor` asks a real API server through a real kubectl: red for each fault that can be made here, then green. */
describe('doctor on a real control plane', () => {
  const site = siteNamed('home/home');
  let person: Person;
  let commit: string;

  beforeAll(async () => {
    person = new Person(await clusterFor(site, committedOf('home'), '.doctor'), committedOf('home'));
    commit = person.commit();
    const folder = (await person.run('pwd')).trim();
    mkdirSync(join(folder, 'installations'));
    copyFileSync(join(runFolder(), 'installations/home.yaml'), join(folder, 'installations/home.yaml'));
  }, 1_800_000);

  afterAll(endEverything);

  /** What is told of an installation, without what is well. */
  async function look(installation = 'home'): Promise<readonly Told[]> {
    const program = join(runFolder(), 'cli.cjs');
    // It ends with 1 where something is wrong, which is no failure of the test.
    const text = await person.run(
      `"${process.execPath}" "${program}" doctor ${installation} --format json || [ $? = 1 ]`,
    );
    const report: { readonly examinations: readonly { readonly findings: readonly Told[] }[] } =
      JSON.parse(text);
    return report.examinations.flatMap(({ findings }) => findings.filter(({ state }) => state !== 'well'));
  }

  async function lines(check?: string, installation?: string): Promise<string[]> {
    const told = await look(installation);
    return told
      .filter((one) => check === undefined || one.check === check)
      .map(({ check, state, message }) => `${check}: ${state}: ${message}`);
  }

  const isError = (line: string) => /^[a-z-]+: error: /.test(line);

  const applied = (...manifests: readonly string[]) => person.run(apply(...manifests));

  const apiServer = (port: number) => `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { namespace: default, name: kubernetes, labels: { kubernetes.io/service-name: kubernetes } }
addressType: IPv4
ports: [{ name: https, port: ${port} }]
endpoints: [{ addresses: [192.0.2.10] }]`;

  /** Makes the faults of a round and sees each line, then mends them and sees none. */
  async function seeRedThenGreen(faults: readonly Fault[], installation?: string): Promise<void> {
    for (const { make } of faults) await person.run(withPaths(make));
    await eventually('each fault is told', async () => {
      const found = await lines(undefined, installation);
      const silent = faults.filter(({ line }) => !found.some((one) => one.startsWith(line)));
      if (silent.length > 0) {
        throw new Error(`${silent.map(({ line }) => line).join('\n')}\nare not among\n${found.join('\n')}`);
      }
      return true;
    });
    for (const { mend } of [...faults].reverse()) await person.run(withPaths(mend));
    await eventually('no fault is told any more', async () => {
      const found = await lines(undefined, installation);
      const left = found.filter((one) => faults.some(({ line }) => one.startsWith(line)));
      if (left.length > 0) throw new Error(left.join('\n'));
      return true;
    });
  }

  const withPaths = (commands: string) =>
    commands.replaceAll('$TRAEFIK', join(process.cwd(), 'imports/traefik/crds.yaml'));

  test('before the first apply: what is missing is red', async () => {
    await person.run(
      [
        'kubectl delete storageclass longhorn',
        'kubectl delete crd middlewares.traefik.io',
        'kubectl scale deployment --namespace cnpg-system --all --replicas=0',
        'kubectl delete services --namespace cnpg-system --selector cnpg.io/pluginName=barman-cloud.cloudnative-pg.io',
      ].join('\n'),
    );
    await applied(
      apiServer(16443),
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: immich }',
      pod('immich', 'vaultwarden', 'app: vaultwarden'),
    );
    const told = await eventually('the operator has no pod', async () => {
      const found = await lines();
      return found.some((line) => line.endsWith('does not run.')) ? found : undefined;
    });
    for (const line of [
      'kinds: error: Middleware of traefik.io/v1alpha1: not served, and in dist.',
      'operators: error: The CloudNativePG operator 1.30.0 does not run.',
      'operators: error: The Barman Cloud plugin is not in cnpg-system, where the operator looks for it: the database would not start.',
      'secrets: error: Secret immich/immich-backup is missing: store of the backups.',
      'namespaces: warning: Others live in the namespace immich: vaultwarden. The policies of dist cut them off.',
      'issuers: error: ClusterIssuer letsencrypt-prod is missing, so that there will be no certificate.',
      'flux-source: warning: GitRepository flux-system/flux-system has fetched nothing yet.',
      'flux-source: warning: No Kustomization of Flux leads to ./dist/home/home/flux yet.',
      'nodes: warning: The database has 2 instances, and there is 1 node for them: those that share a node are away together.',
      'api-server: error: The API server listens at 192.0.2.10 on 16443, which network.apiServer does not let the database and the drill reach.',
      'dns: error: There are no pods that network.dns names: no name would be found.',
      'peers: error: No pod of Traefik is in kube-system and traefik with app.kubernetes.io/name=traefik: where it runs elsewhere, policies refuse it.',
    ]) {
      expect(told).toContain(line);
    }
    expect(
      told.some((line) => line.startsWith('storage-classes: error: There is no storage class longhorn')),
    ).toBe(true);
  });

  test('and green once it is there, the Secrets by the commands that it printed', async () => {
    await applied(kind('cert-manager.io', 'v1', 'ClusterIssuer', 'clusterissuers', 'Cluster'));
    await person.run('kubectl wait crd/clusterissuers.cert-manager.io --for=condition=Established');
    const secrets = (await look()).filter(({ check }) => check === 'secrets');
    await person.run(secrets.flatMap(({ mend }) => mend).join('\n'));
    await applied(
      apiServer(6443),
      'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: longhorn }\nprovisioner: e2e.invalid/none\nallowVolumeExpansion: true\nreclaimPolicy: Retain',
      'apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: { name: letsencrypt-prod }\nstatus: { conditions: [{ type: Ready, status: "True" }] }',
      'apiVersion: v1\nkind: Service\nmetadata: { namespace: cnpg-system, name: barman-cloud, labels: { cnpg.io/pluginName: barman-cloud.cloudnative-pg.io } }\nspec: { ports: [{ port: 9090 }] }',
    );
    await person.run(
      [
        programsOfOthers,
        `kubectl apply --server-side --force-conflicts --filename "${join(process.cwd(), 'imports/traefik/crds.yaml')}"`,
        'kubectl scale deployment --namespace cnpg-system --all --replicas=1',
        'kubectl delete pod vaultwarden --namespace immich --now',
      ].join('\n'),
    );
    await eventually('nothing is wrong any more', async () => {
      const wrong = (await lines()).filter(isError);
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
      return true;
    });
    expect((await lines('namespaces')).concat(await lines('secrets'))).toEqual([]);
  });

  test.each(faultsOfNeeds.map((faults, round) => [round + 1, faults] as const))(
    'before the first apply, round %i of faults: each is red, and green when it is mended',
    async (_, faults) => {
      await seeRedThenGreen(faults);
    },
  );

  test('while it runs nothing is wrong, and no object differs from dist', async () => {
    const { cluster, tree } = person;
    const revision = await pointFluxAt(cluster, tree, site, commit);
    startInstances(cluster).archive();
    await allReady(cluster, tree, site, revision);
    const told = await eventually('nothing is wrong', async () => {
      const found = await lines();
      const wrong = found.filter(isError);
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
      return found;
    });
    expect(
      told.filter((line) => /^(layers|objects|leftovers|pods|database|flux-source): /.test(line)),
    ).toEqual([]);
    // Young as it is.
    expect(told).toContain(
      'base-backups: warning: There is no base backup yet; one is due every day at 03:00:00 UTC.',
    );
  });

  test('what RUNBOOK.md prints for when something does not work runs as it is printed, where it can run here', async () => {
    // Kinds of cert-manager, which does not run here.
    await applied(
      kind('cert-manager.io', 'v1', 'CertificateRequest', 'certificaterequests'),
      kind('acme.cert-manager.io', 'v1', 'Order', 'orders'),
      kind('acme.cert-manager.io', 'v1', 'Challenge', 'challenges'),
    );
    await person.run('kubectl wait crd --all --for=condition=Established');
    // It ends with 1 where it finds something.
    const npx = `npx() { shift; "${process.execPath}" "${join(runFolder(), 'cli.cjs')}" "$@" || [ $? = 1 ]; }`;
    const runbook = [...person.tree].find(([file]) => file.endsWith('/RUNBOOK.md'))?.[1] ?? '';
    const commands = chaptersOfTrouble.flatMap((chapter) => commandsOf(runbook, chapter));
    const runnable = [...new Set(commands)].filter((command) => reasonNotToRun(command) === undefined);
    expect(runnable.length).toBeGreaterThan(15);
    for (const command of runnable) await person.run([npx, command].join('\n'));
    await person.follow(person.chapter('Is the backup good?'));
    // Flux was asked to apply it once more, and is not to be disturbed while it looks at what came of it.
    await person.cluster.flux.reconcile('immich-home-app');
  });

  test.each(faultsOfLife.map((faults, round) => [round + 1, faults] as const))(
    'while it runs, round %i of faults: each is red, and green when it is mended',
    async (_, faults) => {
      await seeRedThenGreen(faults);
    },
  );

  test('another door, a card, drivers and programs of others: nothing is wrong', async () => {
    const folder = (await person.run('pwd')).trim();
    writeFileSync(join(folder, 'installations/others.yaml'), others);
    await person.run(`"${process.execPath}" "${join(runFolder(), 'cli.cjs')}" synth --quiet`);
    await person.run(everythingOfOthers);
    const secrets = (await look('others')).filter(({ check }) => check === 'secrets');
    await person.run(secrets.flatMap(({ mend }) => mend).join('\n'));
    const ofOthers =
      /^(placement|named-hosts|references|snapshot-classes|door|file-backups|secrets|programs): (error|warning)/;
    await eventually('nothing of it is wrong', async () => {
      const wrong = (await lines(undefined, 'others')).filter((line) => ofOthers.test(line));
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
      return true;
    });
    expect(await lines('named-hosts', 'others')).toEqual([
      'named-hosts: unseen: Valkey at valkey.example.com:6379: outside of the cluster. The server says whether it answers.',
    ]);
  });

  test.each(faultsOfOthers.map((faults, round) => [round + 1, faults] as const))(
    'of those, round %i of faults: each is red, and green when it is mended',
    async (_, faults) => {
      await seeRedThenGreen(faults, 'others');
    },
  );
});
