import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const store = `apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: store, namespace: immich }
spec: { configuration: { destinationPath: s3://backups } }`;

function plugin(serverName: string, isArchiver = true): string {
  return `plugins:
  - name: barman-cloud.cloudnative-pg.io
    isWALArchiver: ${isArchiver}
    parameters: { barmanObjectName: store${serverName === '' ? '' : `, serverName: ${serverName}`} }`;
}

const inTree = (path: string) => `backup: { barmanObjectStore: { destinationPath: ${path} } }`;
const immich = server('env: [{ name: DB_HOSTNAME, value: immich-db-rw }]');
const field = 'spec.plugins.0.parameters.serverName';

describe('shared-archive-folder', () => {
  test.each<[string, string, string, string[]]>([
    ['one folder', plugin('immich-db'), cluster(plugin('immich-db'), 'wiki-db'), [`error ${field}`]],
    ['the name of the other', plugin(''), cluster(plugin('immich-db'), 'wiki-db'), [`error ${field}`]],
    ['each its own', plugin(''), cluster(plugin(''), 'wiki-db'), []],
    ['one that makes no log', plugin('a'), cluster(plugin('a', false), 'wiki-db'), []],
    ['a folder that Flux names', plugin('"\u0024{A}"'), cluster(plugin('"\u0024{A}"'), 'wiki-db'), []],
    ['the same one in another overlay', plugin(''), `# other/db.yaml\n${cluster(plugin(''))}`, []],
    [
      'the same in-tree',
      `${inTree('s3://backups')}\n`,
      cluster(
        'backup: { barmanObjectStore: { destinationPath: s3://backups/, serverName: immich-db } }',
        'wiki',
      ),
      ['error spec.backup.barmanObjectStore.serverName'],
    ],
    ['other stores', inTree('s3://backups'), cluster(inTree('s3://other'), 'wiki'), []],
  ])('%s', (_, own, other, expected) => {
    expect(said('shared-archive-folder', documents(immich, store, cluster(own), other))).toEqual(expected);
  });

  test('two databases of others are theirs to mend', () => {
    const others = documents(cluster(plugin('a'), 'wiki'), cluster(plugin('a'), 'blog'));
    expect(said('shared-archive-folder', documents(immich, store, others))).toEqual([]);
  });
});
