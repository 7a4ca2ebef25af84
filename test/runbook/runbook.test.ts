import { parse } from 'yaml';
import { undecided } from '../../lib/installation/volume-backup.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { edited, home, homeWithoutBackup, k3s, shippedTexts, tachtit } from '../installation/example.ts';

/** The runbook of a text, and the objects of its dist. */
function runbookFrom(text: string) {
  const { files, clusters } = synthesize(new Map([['installations/x.yaml', text]]));
  const written = [...(files ?? [])];
  const [, runbook = ''] = written.find(([file]) => file.endsWith('/RUNBOOK.md')) ?? [];
  const objects = written.filter(([file]) => file.endsWith('.yaml')).map(([, yaml]) => parse(yaml));
  return { runbook, objects, plan: clusters[0]?.plan };
}

describe.each(Object.entries(shippedTexts))('%s', (_, text) => {
  const { runbook, objects, plan } = runbookFrom(text);
  const namesOf = (kind: string) =>
    objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata?.name);

  test('names what there is: every Flux Kustomization and Deployment of its commands exists', () => {
    const layers = [
      ...runbook.matchAll(/(?:suspend|resume) kustomization (\S+)/g),
      ...runbook.matchAll(/patch kustomizations\.kustomize\.toolkit\.fluxcd\.io (\S+)/g),
    ].map(([, name]) => name);
    expect(layers.length).toBeGreaterThan(2);
    expect(namesOf('Kustomization')).toEqual(expect.arrayContaining(layers));
    const deployments = [...runbook.matchAll(/deployment\/(\S+)/g)].map(([, name]) => name);
    expect(namesOf('Deployment')).toEqual(expect.arrayContaining(deployments));
  });

  test('has a command for every Secret that must exist', () => {
    for (const { namespace, name, keys } of plan?.secrets ?? []) {
      const line = runbook.split('\n').find((one) => one.includes(`${name} --namespace ${namespace} `)) ?? '';
      expect(keys.filter((key) => !line.includes(key))).toEqual([]);
    }
  });

  const database = plan?.installation.database;

  test('has every chapter, and no gap in a sentence', () => {
    expect([...runbook.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
      'Something does not work',
      'Once, after the first start',
      'Secrets to create first',
      'Is the backup good?',
      'Uploads fail',
      'The mobile app does not connect',
      'Machine learning does not work',
      'Search finds nothing',
      'A page is slow',
      'The database cannot be reached',
      'A volume is nearly full',
      'The certificate is old',
      'A layer of Flux is not ready',
      'Logs',
      'Storage and resources',
      'Scaling',
      'Restore the database to a point in time',
      'Restore a dump that Immich made',
      'Restore the library',
      'Restore both, in the right order',
      'Rebuild from git',
      'Bring the server back',
      ...(database?.kind === 'cnpg' ? ['Drain a node'] : []),
      'Upgrade Immich',
      ...(database?.kind === 'cnpg' ? ['Upgrade PostgreSQL', 'Upgrade VectorChord'] : []),
      'Roll an upgrade back',
      'Move to another cluster',
      'Delete on purpose',
      'Never',
    ]);
    expect(runbook).not.toMatch(/undefined|\[object|NaN|\$\{/);
  });

  test('says of itself that it is generated', () => {
    expect(runbook).toMatch(/^<!-- Made by immich-cdk8s from installations\/x\.yaml/);
  });
});

test('the restore is written as the installation file takes it', () => {
  const { runbook } = runbookFrom(edited(home, ['  cnpg:\n', '  cnpg:\n    lineage: v4\n']));
  expect(runbook).toContain(
    '    lineage: v5\n       restoreFrom: { lineage: v4, time: "2026-11-20T03:00:00Z" }',
  );
  const lines = '    lineage: v5\n    restoreFrom: { lineage: v4, time: "2026-11-20T03:00:00Z" }\n';
  expect(runbookFrom(edited(home, ['  cnpg:\n', `  cnpg:\n${lines}`])).runbook).not.toBe('');
});

test('a single instance has no budget that keeps a node from being drained', () => {
  expect(runbookFrom(edited(home, ['  cnpg:\n', '  cnpg:\n    instances: 1\n'])).runbook).not.toContain(
    'Drain a node',
  );
});

test('Flux holds the new commit before the old database goes, and before Immich comes back', () => {
  const { runbook } = runbookFrom(tachtit);
  const places = [
    'kubectl --context tachtit-data annotate gitrepositories.source.toolkit.fluxcd.io flux-system',
    'kubectl --context tachtit-data delete clusters.postgresql.cnpg.io',
    'kubectl --context tachtit-data wait pvc',
    `immich-tachtit-database --namespace flux-system --field-manager=flux-client-side-apply --type=merge --patch '{"spec":{"suspend":false}}'`,
    'kubectl --context tachtit annotate gitrepositories.source.toolkit.fluxcd.io flux-system',
    `immich-tachtit-app --namespace flux-system --field-manager=flux-client-side-apply --type=merge --patch '{"spec":{"suspend":false}}'`,
  ].map((text) => runbook.indexOf(text));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((one, other) => one - other));
});

test.each([
  [
    'GitRepository',
    "until kubectl get gitrepositories.source.toolkit.fluxcd.io apps --namespace flux-system --output jsonpath='{.status.artifact.revision}' | grep",
    'flux reconcile source git apps',
  ],
  [
    'OCIRepository',
    "until kubectl get ocirepositories.source.toolkit.fluxcd.io apps --namespace flux-system --output jsonpath='{.status.artifact.metadata}' | grep",
    'flux reconcile source oci apps',
  ],
  [
    'Bucket',
    "kubectl get buckets.source.toolkit.fluxcd.io apps --namespace flux-system --output jsonpath='{.status.artifact.revision}",
    'flux reconcile source bucket apps',
  ],
])('the commit is looked for in a %s', (kind, kubectl, flux) => {
  const { runbook } = runbookFrom(`${home}flux: { source: { kind: ${kind}, name: apps } }\n`);
  expect(runbook).toContain(kubectl);
  expect(runbook).toContain(flux);
});

test('two clusters have two contexts, and one has none', () => {
  expect(runbookFrom(tachtit).runbook).toContain(
    'kubectl --context tachtit-data annotate clusters.postgresql.cnpg.io',
  );
  expect(runbookFrom(tachtit).runbook).toContain(
    'flux --context tachtit suspend kustomization immich-tachtit-app',
  );
  expect(runbookFrom(home).runbook).not.toContain('--context');
});

test('the read-only credentials are those of the store', () => {
  expect(runbookFrom(tachtit).runbook).toContain('--account-name seyzahldata --name immich --permissions rl');
  expect(runbookFrom(home).runbook).toContain('`s3:ListBucket`');
});

test('a database of somebody else is theirs to restore', () => {
  const { runbook } = runbookFrom(k3s);
  expect(runbook).toContain('is restored by the people who run it');
  expect(runbook).not.toContain('restoreFrom');
});

test('a dump is read by a superuser who becomes the owner, and one of v2.4 is told apart first', () => {
  for (const [text, owner] of [
    [home, 'immich'],
    [edited(k3s, ['username: immich', 'username: photo-app']), '"photo-app"'],
  ] as const) {
    const { runbook } = runbookFrom(text);
    const places = [
      "grep 'PostgreSQL database cluster dump'",
      "--command 'drop schema public cascade'",
      "--command 'create extension vchord'",
      `--command 'create extension "uuid-ossp"'`,
      `--command 'set session authorization ${owner}'`,
      '--file - < dump.sql',
    ].map((part) => runbook.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
  }
});

test('the button of the web interface is described for the versions that it was tried with', () => {
  const way = 'immich-admin disable-maintenance-mode';
  expect(runbookFrom(tachtit).runbook).toContain(way);
  expect(runbookFrom(edited(k3s, ['version: v3.3.1', 'version: v3.0.3'])).runbook).toContain(way);
  expect(runbookFrom(k3s).runbook).not.toContain(way);
});

test('markers are made by hand, each in the volume that has its folder', () => {
  const marked = (text: string) =>
    [...runbookFrom(text).runbook.matchAll(/-- touch (.*)/g)].map(([, paths]) => paths);
  const [all] = marked(home);
  expect(all?.split(' ')).toHaveLength(6);
  expect(marked(tachtit)).toEqual([
    '/volume/upload/.immich /volume/library/.immich /volume/profile/.immich /volume/backups/.immich',
    '/volume/thumbs/.immich /volume/encoded-video/.immich',
  ]);
  const { objects } = runbookFrom(tachtit);
  expect(JSON.stringify(objects)).not.toContain('.immich"');
});

test('files are restored by what backs them up', () => {
  const runbookWith = (backup: string) =>
    runbookFrom(edited(home, [homeWithoutBackup, `backup: ${backup}`])).runbook;
  expect(runbookWith('{ volsync: {} }')).toContain('kind: ReplicationDestination\n');
  expect(runbookWith('{ longhorn: {} }')).toContain("restore the backup in Longhorn's interface");
  expect(runbookWith('none, reason: the NAS copies them')).toContain(
    'has no backup of ours: the NAS copies them',
  );
  expect(runbookWith(`none, reason: ${undecided}`)).toContain('has no backup of ours. Restore it');
});

describe('upgrades', () => {
  const chapterOf = (text: string, title: string) => {
    const { files } = synthesize(new Map([['installations/x.yaml', text]]));
    const [, runbook = ''] = [...(files ?? [])].find(([path]) => path.endsWith('RUNBOOK.md')) ?? [];
    return runbook.split(/^## /m).find((chapter) => chapter.startsWith(`${title}\n`)) ?? '';
  };

  test('of PostgreSQL have a new lineage, and a base backup before and after', () => {
    const chapter = chapterOf(home, 'Upgrade PostgreSQL');
    expect(chapter.match(/kind: Backup/g)).toHaveLength(2);
    expect(chapter).toContain('    lineage: v1\n');
    expect(chapter).toContain('VectorChord 1.1.1, made from the same distribution');
    expect(chapter).toContain("--command 'analyze'");
    expect(chapter).toContain('update_extensions.sql');
  });

  test('of VectorChord wait for the Job, and say what it does by hand', () => {
    const chapter = chapterOf(home, 'Upgrade VectorChord');
    expect(chapter).toContain('flux reconcile kustomization immich-home-indexes --namespace flux-system');
    expect(chapter).toContain("--command 'REINDEX INDEX CONCURRENTLY face_index'");
    expect(chapter).toContain('Immich starts after it.');
    expect(chapterOf(tachtit, 'Upgrade VectorChord')).toContain('cannot wait for it');
  });

  test('of a database of others are theirs', () => {
    expect(chapterOf(k3s, 'Upgrade Immich')).toContain('Update the apps'.toLowerCase());
    expect(chapterOf(k3s, 'Upgrade PostgreSQL')).toBe('');
  });
});
