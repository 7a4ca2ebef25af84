import { readdirSync, readFileSync } from 'node:fs';
import { pictureOf } from '../../lib/overview/installation-picture.ts';
import { mermaidOf } from '../../lib/overview/mermaid.ts';
import type { Arrow } from '../../lib/overview/picture.ts';
import { mostNodes, reduceNodes } from '../../lib/overview/reduction.ts';
import { planOf } from '../../lib/plan/plan.ts';
import { installationOf } from '../components/built.ts';
import { type Edit, edited, home, homeWithoutBackup, k3s, tachtit } from '../installation/example.ts';

const of = (text: string) => pictureOf(planOf(installationOf(text)));
const add = (section: string): Edit => ['host:', `${section}\nhost:`];
const told = ({ arrows }: { readonly arrows: readonly Arrow[] }) =>
  arrows.map(({ from, to, text, isCopy }) => `${from} ${isCopy ? '..' : '--'} ${text} > ${to}`);

test('of home: from the browser to the photos, and what is copied where', () => {
  const picture = of(home);
  expect(told(picture)).toEqual([
    'Browsers and phones -- HTTPS > Traefik',
    'Traefik -- 2283 > immich-server',
    'immich-server -- 3003 > immich-machine-learning',
    'immich-server -- 6379 > immich-valkey',
    'immich-server -- 5432 > immich-db',
    'immich-machine-learning -- 443 > the internet',
    'immich-server -- files > immich-library',
    'immich-machine-learning -- files > immich-models',
    'immich-db .. every day at 03:00:00 UTC, and the log all the time > s3://immich-backups/immich',
    's3://immich-backups/immich .. every Sunday at 04:30 UTC > immich-drill',
  ]);
  expect(picture.frames).toEqual(['namespace immich', 'namespace immich-drill']);
});

test('of two clusters: each sees the pods of the other, and not addresses', () => {
  const picture = of(tachtit);
  expect(told(picture)).toContain('immich-server -- 5432 > immich-db-tachtit-cnpg-v0');
  expect(picture.nodes.map(({ name }) => name)).not.toContain('Immich in its own cluster');
  expect(picture.frames).toContain('cluster tachtit-data, namespace immich');
});

test('a database of others is outside, with its host', () => {
  expect(of(k3s).nodes).toContainEqual({
    name: 'the database',
    shape: 'outside',
    details: ['postgres-cluster-rw.database.svc.cluster.local', 'backed up by those who run it'],
    frame: undefined,
    isUnsaved: false,
  });
});

describe('a Cluster that others own', () => {
  const existing = (store: string) => `${home.slice(0, home.indexOf('database:'))}database:
  cnpg:
    image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1
    existing:
      cluster: shared
      namespace: databases
      ${store}
${home.slice(home.indexOf('route:'))}`;
  const databaseIn = (text: string) => of(text).nodes.find(({ name }) => name === 'the database')?.details;

  test('is told with its namespace, and where its backups are', () => {
    const text = existing(
      'store: { s3: { bucket: theirs, endpoint: https://s3.example.com, credentials: theirs } }\n      storage: { storageClass: longhorn, size: 50Gi }',
    );
    expect(databaseIn(text)).toEqual([
      'shared-rw.databases.svc.cluster.local',
      'Cluster shared of others, in the namespace databases',
    ]);
    expect(told(of(text))).toContain('the database .. by those who own it > s3://theirs/immich');
  });

  test('is told to be backed up by others where nothing is known of that', () => {
    expect(databaseIn(existing('store: none\n      reason: theirs'))).toEqual([
      'shared-rw.databases.svc.cluster.local',
      'Cluster shared of others, in the namespace databases',
      'backed up by those who own it',
    ]);
  });
});

describe('Secrets', () => {
  test('that a person makes are in the table alone', () => {
    expect(of(home).nodes.filter(({ name }) => name.startsWith('Secret'))).toEqual([]);
  });

  test('that are encrypted in git come from there, into each namespace', () => {
    const picture = of(edited(home, add('secrets: { sops: { folder: ./secrets/home } }')));
    expect(told(picture)).toEqual(
      expect.arrayContaining([
        'secrets/home .. decrypted by Flux, with sops-age > Secrets',
        'secrets/home .. decrypted by Flux, with sops-age > Secrets of the drill',
      ]),
    );
    expect(picture.nodes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Secrets', details: ['immich-backup'], frame: 'namespace immich' }),
        expect.objectContaining({ details: ['immich-backup-read'], frame: 'namespace immich-drill' }),
      ]),
    );
  });

  test('that are in a store come from there, and many are counted', () => {
    const text = edited(
      home,
      add('secrets: { externalSecrets: { store: { name: vault } } }'),
      add('valkey: { password: { secret: immich-valkey, key: password } }'),
      add('server: { environmentFrom: { A_URL: { secret: a, key: url }, B_URL: { secret: b, key: url } } }'),
    );
    const picture = of(text);
    expect(told(picture)).toContain('ClusterSecretStore vault .. External Secrets > Secrets');
    expect(picture.nodes.find(({ name }) => name === 'Secrets')?.details).toEqual(['4 of them']);
  });
});

test('who a way into a namespace leads to is told by what the file says of a host there, and else by the namespace', () => {
  const namesOf = (text: string) => of(text).nodes.map(({ name, details }) => [name, ...details].join(': '));
  const way = (port: number) =>
    `network: { egress: [{ from: server, to: { namespace: caches }, ports: [${port}], why: Dragonfly }] }`;
  const named = namesOf(
    edited(home, add(`valkey: { external: { host: dragonfly.caches.svc.cluster.local } }\n${way(6379)}`)),
  );
  expect(named).toContain('Valkey: dragonfly.caches.svc.cluster.local');
  expect(named).not.toContain('caches');
  expect(namesOf(edited(home, add(way(8080))))).toContain('caches');
});

test('background jobs of their own have the files of the server, and not the models', () => {
  const separate = edited(tachtit, ['server:\n', 'server:\n  microservices: { separate: true }\n']);
  const files = (text: string) =>
    told(of(text)).filter((arrow) => arrow.startsWith('immich-microservices -- files'));
  expect(files(separate)).toEqual([
    'immich-microservices -- files > immich-library',
    'immich-microservices -- files > immich-generated',
  ]);
  expect(files(tachtit)).toEqual([]);
});

describe('what stands in a box', () => {
  const detailsOf = (text: string, name: string) =>
    of(text).nodes.find((node) => node.name === name)?.details;
  const inTachtit = (section: string) => edited(tachtit, ['server:\n', `server:\n  ${section}\n`]);

  test('the graphics card is in the box of who transcodes videos, and in that of machine learning', () => {
    const both = edited(home, add('server: { gpu: intel }\nmachineLearning: { gpu: nvidia }'));
    expect(detailsOf(both, 'immich-server')).toEqual(['Immich v3.3.1', 'videos by gpu.intel.com/i915']);
    expect(detailsOf(both, 'immich-machine-learning')).toEqual(['search, faces, text', 'by nvidia.com/gpu']);
    const separate = edited(inTachtit('microservices: { separate: true, gpu: intel-dra }'), [
      'host: photos',
      'kubernetes: "1.34"\nhost: photos',
    ]);
    expect(detailsOf(separate, 'immich-microservices')).toEqual([
      'background jobs',
      'videos by a device of gpu.intel.com',
    ]);
    expect(detailsOf(separate, 'immich-server')).toEqual(['Immich v2.5.0']);
  });

  test('a card is in the box of its own pool, and not in that of the next', () => {
    const pools = edited(tachtit, [
      'server:\n',
      'machineLearning: { pools: [{ name: gpu, gpu: nvidia }, { name: cpu }] }\nserver:\n',
    ]);
    expect(detailsOf(pools, 'immich-machine-learning-gpu')).toContain('by nvidia.com/gpu');
    expect(detailsOf(pools, 'immich-machine-learning-cpu')).toEqual(['search, faces, text']);
  });

  test('that nothing of Immich runs is in the boxes of Immich, and not in that of the database', () => {
    const stopped = edited(home, add('stopped: true'));
    for (const name of ['immich-server', 'immich-machine-learning', 'immich-valkey']) {
      expect(detailsOf(stopped, name)).toContain('stopped: no pods');
      expect(detailsOf(home, name)).not.toContain('stopped: no pods');
    }
    expect(detailsOf(stopped, 'immich-db')).toEqual(detailsOf(home, 'immich-db'));
  });

  test('each Gateway and each host is in the box of the door', () => {
    const gateways = edited(home, add('hosts: [{ host: share.example.org }]'), [
      'route:\n  certificate: { clusterIssuer: letsencrypt-prod }',
      'route: { gateway: { class: envoy, parents: [{ name: internal, namespace: network }, { name: external, namespace: edge }] } }',
    ]);
    expect(detailsOf(gateways, 'Envoy Gateway')).toEqual([
      'Gateway internal',
      'Gateway external',
      'photos.example.com',
      'share.example.org',
    ]);
    expect(detailsOf(home, 'Traefik')).toEqual(['photos.example.com']);
  });

  test('photos that stand elsewhere are one box, of which the first are named', () => {
    const withLibraries = (count: number) => {
      const libraries = Array.from(
        { length: count },
        (_, index) => `drive${index}: { existingClaim: old-${index}, path: /mnt/${index} }`,
      );
      return edited(home, ['  models:', `  externalLibraries: { ${libraries.join(', ')} }\n  models:`]);
    };
    expect(detailsOf(withLibraries(1), 'external libraries')).toEqual([
      '/mnt/0: the claim old-0',
      'in no backup here',
    ]);
    expect(detailsOf(withLibraries(12), 'external libraries')?.slice(2)).toEqual([
      '/mnt/2: the claim old-2',
      'and 9 more',
      'in no backup here',
    ]);
    expect(told(of(withLibraries(1)))).toContain('immich-server -- files, read only > external libraries');
    expect(detailsOf(home, 'external libraries')).toBeUndefined();
  });
});

test('a dump that fills a new database comes out of the library', () => {
  const dump = 'importFrom: { dump: backups/immich-db-backup-20261120T020000-v3.3.1-pg17.5.sql.gz }';
  const imported = edited(home, ['  cnpg:\n', `  cnpg:\n    ${dump}\n`]);
  const way = 'immich-library .. a dump, into the empty database > immich-db';
  expect(told(of(imported))).toContain(way);
  expect(told(of(home))).not.toContain(way);
});

describe('a database in a Cluster that others own', () => {
  const existing = (store: string) =>
    edited(shared, [
      'store: { s3: { bucket: backups-of-shared, endpoint: https://s3.example.org, credentials: theirs } }',
      store,
    ]);
  const shared = readFileSync('test/field/shared-cluster/installation.yaml', 'utf8');

  test('is restored by the drill from where they back it up', () => {
    expect(told(of(shared)).slice(-3, -1)).toEqual([
      'the database .. by those who own it > s3://backups-of-shared/immich',
      's3://backups-of-shared/immich .. every Sunday at 04:30 UTC > immich-drill',
    ]);
  });

  test('without a store of theirs has no drill, and no empty frame for one', () => {
    const picture = of(existing('store: none\n      reason: they restore it themselves'));
    expect(picture.frames).toEqual(['namespace immich']);
    expect(told(picture).filter((arrow) => arrow.includes('drill'))).toEqual([]);
  });
});

test('every arrow has nodes at both ends, and every node a frame that is there', () => {
  const field = readdirSync('test/field', { withFileTypes: true }).filter((one) => one.isDirectory());
  const described = field.map(({ name }) => readFileSync(`test/field/${name}/installation.yaml`, 'utf8'));
  expect(described.length).toBeGreaterThan(20);
  for (const text of [home, k3s, tachtit, ...described]) {
    const { nodes, arrows, frames } = of(text);
    const names = nodes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { from, to } of arrows) expect(names).toEqual(expect.arrayContaining([from, to]));
    const standIn = nodes.flatMap(({ frame }) => frame ?? []);
    expect(new Set(frames)).toEqual(new Set(standIn));
    expect(nodes.length).toBeLessThanOrEqual(mostNodes);
  }
});

test('a volume without a backup is marked, and one with a backup is not', () => {
  const libraryOf = (text: string) => of(text).nodes.find(({ name }) => name === 'immich-library');
  const saved = edited(home, [homeWithoutBackup, 'backup: { volsync: {} }']);
  expect(libraryOf(saved)).toMatchObject({ isUnsaved: false });
  expect(libraryOf(home)).toMatchObject({ isUnsaved: true });
  expect(told(of(saved))).toContain(
    'immich-library .. every day at 04:00 UTC > restic repository of immich-library',
  );
});

test('more than fifteen things become fewer: places outside, never data or programs', () => {
  const egress = Array.from(
    { length: 12 },
    (_, index) => `{ from: server, to: { cidr: 192.0.2.${index}/32 }, ports: [443], why: test }`,
  );
  const picture = of(edited(home, add(`network: { egress: [${egress.join(', ')}] }`)));
  expect(picture.nodes).toHaveLength(mostNodes);
  const names = picture.nodes.map(({ name }) => name);
  const kept = of(home).nodes.filter(({ name }) => name !== 'the internet');
  expect(names).toEqual(expect.arrayContaining(kept.map(({ name }) => name)));
  expect(names.filter((name) => /^\d+ others$/.test(name))).toHaveLength(1);
});

test('fifteen things stay as they are', () => {
  const nodes = Array.from({ length: mostNodes }, (_, index) => ({
    name: `place ${index}`,
    shape: 'outside' as const,
    details: [],
    frame: undefined,
    isUnsaved: false,
  }));
  expect(reduceNodes({ frames: [], nodes, arrows: [] }).nodes).toEqual(nodes);
});

test('no name can leave its box: signs of Mermaid, HTML and Markdown are written as numbers', () => {
  const node = {
    shape: 'program' as const,
    details: ['a"]; click x "javascript:alert(1)"'],
    frame: undefined,
  };
  const text = mermaidOf({
    frames: ['<b>frame</b>'],
    nodes: [
      { ...node, name: 'end' },
      { ...node, name: 'End' },
    ],
    arrows: [{ from: 'end', to: 'End', text: '`|"', isCopy: false }],
  });
  expect(text.split('\n')).toEqual([
    '%%{init: {"flowchart": {"wrappingWidth": 340}}}%%',
    'flowchart LR',
    '  end-2["<b>end</b><br/>a#34;#93;#59; click x #34;javascript:alert(1)#34;"]',
    '  End-3["<b>End</b><br/>a#34;#93;#59; click x #34;javascript:alert(1)#34;"]',
    '  subgraph frame1["#60;b#62;frame#60;/b#62;"]',
    '  end',
    '  end-2 -->|"#96;#124;#34;"| End-3',
  ]);
});
