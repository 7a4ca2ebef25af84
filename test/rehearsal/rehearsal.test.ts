import { parse } from 'yaml';
import { edited, home, k3s, tachtit } from '../installation/example.ts';
import { podSecurityViolations } from '../pod-security.ts';
import { validateStrictly } from '../schemas/validate.ts';
import { nextImage, nextVersion, plan, rehearsed } from './planned.ts';

const both = rehearsed(home, edited(home, nextImage, nextVersion));
const databaseAlone = rehearsed(home, edited(home, nextImage));
const serverAlone = rehearsed(home, edited(home, nextVersion));
const inTheTree = rehearsed(tachtit, edited(tachtit, ['v2.5.0', 'v2.5.1'], ['16.9-0.4.3', '16.9-0.4.4']));

const inCilium = (text: string) => `${text}network: { flavor: cilium }\n`;
const withCilium = rehearsed(inCilium(home), inCilium(edited(home, nextImage, nextVersion)));

const all = { withCilium, both, databaseAlone, serverAlone, inTheTree };

describe.each(Object.entries(all))('%s', (_, { objects, one, files }) => {
  test('holds objects that Kubernetes and CloudNativePG take, in the namespace of the drill', () => {
    const inside = ['cluster.yaml', 'database.yaml'].flatMap((file) =>
      files[file] === undefined ? [] : [parse(files[file])],
    );
    expect([...objects, ...inside].flatMap(validateStrictly)).toEqual([]);
    expect(new Set([...objects, ...inside].map(({ metadata }) => metadata.namespace))).toEqual(
      new Set(['immich-drill']),
    );
  });

  test('has pods that Pod Security "restricted" admits', () => {
    const pods = objects.flatMap(({ spec }) => spec?.template?.spec ?? []);
    expect(pods.length).toBeGreaterThan(0);
    expect(pods.flatMap(podSecurityViolations)).toEqual([]);
  });

  test('names nothing that the drill has', () => {
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/ immich-rehearsal(-db|-server|-valkey)?$/.test(name))).toEqual([]);
  });

  test('makes a copy that belongs to the Job and cannot archive', () => {
    const { metadata, spec } = parse(files['cluster.yaml']);
    expect(metadata.name).toBe('immich-rehearsal-db');
    expect(metadata.ownerReferences).toMatchObject([{ kind: 'Job', name: 'JOB_NAME', uid: 'JOB_UID' }]);
    expect(spec).not.toHaveProperty('backup');
    expect(spec).not.toHaveProperty('plugins');
  });

  test('gives a token to what runs kubectl alone, and a password to psql alone', () => {
    const { initContainers, containers } = one('Job').spec.template.spec;
    for (const container of [...initContainers, ...containers]) {
      const text = JSON.stringify(container);
      const usesKubectl = files[container.command[1].split('/').at(-1)].includes('kubectl ');
      expect([container.name, text.includes('serviceaccount')]).toEqual([container.name, usesKubectl]);
      expect([container.name, text.includes('secretKeyRef')]).toEqual([container.name, !usesKubectl]);
    }
  });
});

function stepsOf({ one }: typeof both): [string, string][] {
  return one('Job').spec.template.spec.initContainers.map(
    ({ name, image }: { readonly name: string; readonly image: string }) => [name, image.split(':').at(-1)],
  );
}

test('the order: the old image restores and is counted, then the next one is looked at, then the next server', () => {
  expect(stepsOf(both)).toEqual([
    ['copy', 'v2.9.4'],
    ['count', '17.10-1.1.1'],
    ['upgrade', 'v2.9.4'],
    ['look-at-upgrade', '18.1-1.1.2'],
    ['serve', 'v2.9.4'],
    ['look-at-migration', '18.1-1.1.2'],
  ]);
  expect(parse(both.files['cluster.yaml']).spec.imageName).toContain(':17.10-1.1.1');
});

test('what does not change is not rehearsed', () => {
  expect(stepsOf(databaseAlone).map(([name]) => name)).toEqual([
    'copy',
    'count',
    'upgrade',
    'look-at-upgrade',
  ]);
  expect(databaseAlone.one('Deployment')).toBeUndefined();
  expect(stepsOf(serverAlone).map(([name]) => name)).toEqual(['copy', 'count', 'serve', 'look-at-migration']);
  expect(serverAlone.files).not.toHaveProperty(['upgrade.json']);
});

test('the copy gets the next image with the settings of the file, and the extensions of that image', () => {
  const wanted = edited(home, nextImage, [
    '    backup:\n',
    '    parameters: { work_mem: 8MB }\n    backup:\n',
  ]);
  const { files } = rehearsed(home, wanted);
  expect(JSON.parse(files['upgrade.json'])).toMatchObject([
    { path: '/spec/imageName', value: 'ghcr.io/tensorchord/cloudnative-vectorchord:18.1-1.1.2' },
    { path: '/spec/postgresql', value: { parameters: { work_mem: '8MB' } } },
    { path: '/spec/resources' },
  ]);
  expect(parse(files['database.yaml']).spec).toMatchObject({
    cluster: { name: 'immich-rehearsal-db' },
    extensions: expect.arrayContaining([{ name: 'vchord', version: '1.1.2' }]),
  });
});

test('a new lineage changes nothing: the backup is in the folder of what is merged', () => {
  const { files } = rehearsed(home, edited(home, nextImage, ['  cnpg:\n', '  cnpg:\n    lineage: v2\n']));
  expect(parse(files['cluster.yaml']).spec.externalClusters[0].plugin.parameters).toEqual({
    barmanObjectName: 'immich-rehearsal',
    serverName: 'immich-db',
  });
});

describe('the next server', () => {
  const deployments = both.objects.filter(({ kind }) => kind === 'Deployment');
  const server = both.one('Deployment', 'immich-rehearsal-server').spec.template.spec.containers[0];

  test('waits for the Job, and then answers for itself', () => {
    expect(deployments.map(({ spec }) => spec.replicas)).toEqual([0, 0]);
    expect(server.image).toMatch(/:v3\.3\.2$/);
    expect(server.readinessProbe.httpGet.path).toBe('/api/server/ping');
    expect(both.text).not.toContain('sleeps');
  });

  test('has no library, and does not look for its marks', () => {
    const { volumes } = both.one('Deployment', 'immich-rehearsal-server').spec.template.spec;
    expect(volumes.every((volume: object) => 'emptyDir' in volume)).toBe(true);
    expect(server.env).toContainEqual({ name: 'IMMICH_IGNORE_MOUNT_CHECK_ERRORS', value: 'true' });
  });

  test('cannot be told by the file to look for them', () => {
    const written = edited(home, nextVersion);
    const { one } = rehearsed(home, `${written}valkey: { password: { secret: queue, key: password } }\n`);
    const [valkey] = one('Deployment', 'immich-rehearsal-valkey').spec.template.spec.containers;
    expect(JSON.stringify(valkey)).not.toContain('secretKeyRef');
  });

  const policy = (name: string, from = both) => from.one('NetworkPolicy', `immich-rehearsal-${name}`)?.spec;

  test('reaches the copy, its Valkey and DNS, and nobody reaches it', () => {
    const { egress, ingress } = policy('server');
    const ports = egress.flatMap((rule: { ports: { port: number }[] }) => rule.ports.map(({ port }) => port));
    expect([...new Set(ports)]).toEqual([5432, 6379, 53]);
    expect(ingress).toBeUndefined();
    expect(policy('valkey').egress).toBeUndefined();
    expect(JSON.stringify(policy('db').ingress)).toContain('immich-rehearsal-server');
  });

  test('has its policy where the installation has none', () => {
    const without = (text: string) => `${text}network: { policies: false }\n`;
    const open = rehearsed(without(home), without(edited(home, nextImage, nextVersion)));
    expect(policy('server', open).egress).toBeDefined();
    expect(policy('db', open)).toBeUndefined();
  });
});

describe('the account', () => {
  const rulesOf = ({ one }: typeof both) =>
    one('Role').rules.map((rule: { resources: string[]; verbs: string[]; resourceNames?: string[] }) => [
      rule.resources.join(),
      rule.verbs.join(),
      rule.resourceNames?.join() ?? '*',
    ]);

  test('may do with its own copy what the steps do', () => {
    expect(rulesOf(databaseAlone)).toEqual([
      ['clusters', 'create', '*'],
      ['clusters', 'get,patch,delete', 'immich-rehearsal-db'],
      ['databases', 'create', '*'],
      ['databases', 'get,delete', 'immich-rehearsal-db'],
      ['jobs', 'get', 'immich-rehearsal-db-1-major-upgrade'],
      ['persistentvolumeclaims', 'list', '*'],
      ['pods', 'get,list', '*'],
      ['pods/log', 'get', '*'],
    ]);
  });

  test('may start its own server, and make none', () => {
    expect(
      rulesOf(serverAlone).filter(([resource]: string[]) => resource?.startsWith('deployments')),
    ).toEqual([
      ['deployments', 'get', 'immich-rehearsal-server,immich-rehearsal-valkey'],
      ['deployments/scale', 'get,update,patch', 'immich-rehearsal-server,immich-rehearsal-valkey'],
    ]);
  });
});

describe('there is no rehearsal', () => {
  const withoutBackup = home.replace(
    /^ {4}backup:\n {6}.*\n/m,
    '    backup: none\n    reason: photos are on phones\n',
  );
  const withoutDrill = edited(home, ['    backup:\n', '    backup:\n      drill: none\n']);

  test('where neither image changes', () => {
    expect(plan(home, edited(home, ['size: 500Gi', 'size: 600Gi']))).toMatchObject({
      kind: 'needless',
      reason: expect.stringContaining('nothing to rehearse'),
    });
  });

  test.each([
    ['others run the database', k3s, edited(k3s, nextVersion), /others run/],
    [
      'there is no backup',
      withoutBackup,
      edited(withoutBackup, nextVersion),
      /Write a backup with its store/,
    ],
    ['there is no drill', withoutDrill, edited(withoutDrill, nextVersion), /Take "drill: none" out/],
    ['the drill comes with the change', withoutDrill, edited(home, nextVersion), /merge that/],
  ])('where %s', (_what, before, after, reason) => {
    expect(plan(before, after)).toMatchObject({ kind: 'impossible', reason: expect.stringMatching(reason) });
  });
});

test('variables of Flux are told, and the dollars of scripts are safe from them', () => {
  const variable = `https://\${STORE}`;
  const filled = edited(home, ['https://s3.example.com', `"${variable}"`]);
  const text = `${filled.trimEnd()}\nflux: { substitute: { from: [{ kind: Secret, name: cluster }], variables: [STORE] } }\n`;
  const { hasVariables, text: written } = rehearsed(text, edited(text, nextVersion));
  expect(hasVariables).toBe(true);
  expect(written).toContain(variable);
  expect(written).not.toMatch(/(?<!\$)\$\{(?!STORE)/);
  expect(both.hasVariables).toBe(false);
});
