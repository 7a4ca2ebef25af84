import { checkNeighbours } from '../../lib/installation/neighbours.ts';
import { parseInstallation, problemText } from '../../lib/installation/parse.ts';
import { type Edit, edited, home, k3s, tachtit } from './example.ts';

/** What is told of two installation files, one after the other. */
function told(one: string, other: string): string[] {
  const files = [parseInstallation('one.yaml', one), parseInstallation('two.yaml', other)];
  return checkNeighbours(files).map(problemText);
}

const otherName: Edit = ['name: home', 'name: cabin'];
const otherBucket: Edit = ['bucket: immich-backups', 'bucket: cabin-backups'];
const sameCluster: Edit = ['host:', 'clusters: { app: home }\nhost:'];
const otherNamespace: Edit = ['host:', 'namespace: cabin\nhost:'];
const otherHost: Edit = ['photos.example.com', 'cabin.example.com'];
const otherHostOfK3s: Edit = ['photos.mikey-liang.com', 'cabin.mikey-liang.com'];

test('two installations that share nothing are left alone', () => {
  expect(told(home, edited(home, otherName, otherBucket))).toEqual([]);
  expect(told(home, edited(home, otherName, otherBucket, otherNamespace, sameCluster, otherHost))).toEqual(
    [],
  );
  expect(told(home, tachtit)).toEqual([]);
});

test('two installations with one host in one cluster', () => {
  const beside = edited(home, otherName, otherBucket, otherNamespace, sameCluster);
  expect(told(home, beside)).toEqual([
    'two.yaml:6:7: host: The host "photos.example.com" of the cluster "home" is used by one.yaml too. A request would reach either of them; give each a host of its own.',
  ]);
  const further: Edit = ['cabin.example.com', 'cabin.example.com\nhosts: [{ host: photos.example.com }]'];
  expect(told(home, edited(beside, otherHost, further))).toEqual([
    expect.stringMatching(
      /^two\.yaml:7:\d+: hosts\[0\]\.host: The host "photos\.example\.com" of the cluster/,
    ),
  ]);
});

test('two installations with one name', () => {
  expect(told(home, edited(home, otherBucket, ['host:', 'clusters: { app: cabin }\nhost:']))).toEqual([
    'two.yaml:2:7: name: The name "home" is used by one.yaml too. Both would write to the same folder of dist; rename one.',
  ]);
});

test('two installations in one namespace of one cluster', () => {
  expect(told(home, edited(home, otherName, otherBucket, sameCluster))).toEqual([
    'two.yaml:2:1: namespace: The namespace "immich" of the cluster "home" is used by one.yaml too. Their objects have the same names; give one another namespace.',
  ]);
});

test('two databases that would archive to one folder', () => {
  expect(told(home, edited(home, otherName))).toEqual([
    'two.yaml:13:11: database.cnpg.backup.s3: The backup folder "immich-db" below "s3://immich-backups/immich" is used by one.yaml too. Neither could be restored; write another name, lineage or store.',
  ]);
  expect(told(home, edited(home, otherName, ['cnpg:', 'cnpg:\n    lineage: v1']))).toEqual([]);
});

test('two libraries on one export', () => {
  const cabin = edited(
    tachtit,
    ['name: tachtit', 'name: cabin'],
    ['{ app: tachtit, database: tachtit-data }', '{ app: cabin, database: cabin-data }'],
    ['name: immich-db-tachtit-cnpg-v0', 'name: immich-db-cabin'],
    ['/export/immich/generated', '/export/cabin/generated'],
    ['/export/immich/models', '/export/cabin/models'],
  );
  expect(told(tachtit, cabin)).toEqual([
    'two.yaml:9:21: volumes.library.nfs: The export "/export/immich/library" of "nas.example.net" is used by one.yaml too. Each would overwrite the files of the other; export another folder.',
  ]);
  expect(told(tachtit, edited(cabin, ['/export/immich/library', '/export/cabin/library']))).toEqual([]);
});

test('two installations in one existing database', () => {
  const message = (line: number, where: string) =>
    `two.yaml:${line}:15: database.external.database: The database "immich" of "${where} is used by one.yaml too. Two Immich in one database destroy it; give each a database of its own.`;
  const cabin = edited(k3s, ['name: k3s', 'name: cabin'], ['traefik: { k3s: true }', 'traefik: {}']);
  const beside = edited(
    cabin,
    ['name: cabin', 'name: cabin\nclusters: { app: k3s }'],
    ['app-internal', 'cabin'],
    otherHostOfK3s,
  );
  const host = 'postgres-cluster-rw.database.svc.cluster.local';
  expect(told(k3s, beside)).toEqual([message(23, `${host}:5432" in the cluster "k3s"`)]);
  expect(told(k3s, edited(beside, ['database: immich', 'database: cabin']))).toEqual([]);
  // The same name in another cluster is another database; a name that holds everywhere is not.
  expect(told(k3s, cabin)).toEqual([]);
  const everywhere = (text: string) => edited(text, [host, 'db.example.net']);
  expect(told(everywhere(k3s), everywhere(cabin))).toEqual([message(22, 'db.example.net:5432"')]);
});

test('two installations that set the timeout of one Traefik', () => {
  const cabin = edited(
    k3s,
    ['name: k3s', 'name: cabin\nclusters: { app: k3s }'],
    ['app-internal', 'cabin'],
    otherHostOfK3s,
    ['database: immich', 'database: cabin'],
  );
  expect(told(k3s, cabin)).toEqual([
    'two.yaml:33:19: route.traefik.k3s: The Traefik of the cluster "k3s" is used by one.yaml too. One of them sets its timeout for all; write k3s: false here.',
  ]);
});

test('a file with errors has nothing to share', () => {
  expect(told(home, edited(home, ['v3.3.1', 'latest']))).toEqual([]);
});

test('two installations whose Kustomizations have one name, in the layout of cluster-template', () => {
  const template: Edit = ['host:', 'flux: { layout: cluster-template }\nhost:'];
  const beside = (name: string) =>
    edited(home, ['name: home', `name: ${name}`], otherBucket, otherHost, [
      'host:',
      `namespace: cabin\nclusters: { app: home }\nflux: { layout: cluster-template }\nhost:`,
    ]);
  expect(told(edited(home, template), beside('home-database'))).toEqual([
    'two.yaml:2:7: name: The Kustomization "home-database" in the namespace "flux-system" of the cluster "home" is used by one.yaml too. Of two with one name Flux has one; rename one of the installations.',
  ]);
  expect(told(edited(home, template), beside('home-two'))).toEqual([]);
});
