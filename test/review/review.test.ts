import { reviewOf } from '../../lib/review/review.ts';
import { stepsOf } from '../../lib/review/words.ts';
import { edited, home } from '../installation/example.ts';
import { change, installed, type Texts } from './trees.ts';

const smaller = edited(home, ['size: 500Gi', 'size: 400Gi']);
const id = 'home:volumes.library.size:shrink:500Gi->400Gi';
const accepting = `accept: [{ change: "${id}", because: "it is empty" }]\n`;
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

describe('dist of ours', () => {
  test('nothing changes', () => {
    const texts = installed(home);
    expect(reviewOf(change(texts, texts))).toEqual({
      verdict: 'routine',
      changes: [],
      added: [],
      stale: [],
      pictures: [],
      unmatched: [],
      rehearsals: [],
    });
  });

  test.each(['', 'kubernetes/'])(
    'a refused change stands at its line of the installation file, in "%s"',
    (folder) => {
      const review = reviewOf(change(installed(home, 'home', folder), installed(smaller, 'home', folder)));
      expect(review.verdict).toBe('refused');
      expect(review.changes).toMatchObject([
        {
          id,
          accepted: undefined,
          place: { file: `${folder}installations/home.yaml`, line: lineOf(smaller, '400Gi') },
        },
      ]);
    },
  );

  test('a change without a key stands in the manifest', () => {
    const texts = installed(home);
    const path = Object.keys(texts).find((one) => /persistentvolumeclaim\.immich-library/.test(one)) ?? '';
    const { [path]: _, ...others } = texts;
    const [gone] = reviewOf(change(texts, others)).changes;
    expect(gone).toMatchObject({ topic: 'data', place: { file: path, line: 2 } });
  });

  test('what is accepted needs steps', () => {
    const review = reviewOf(change(installed(home), installed(smaller + accepting)));
    expect(review.verdict).toBe('steps');
    expect(review.changes).toMatchObject([{ id, grade: 'refused', accepted: 'it is empty' }]);
    expect(review.unmatched).toEqual([]);
    // How it is avoided is nothing that is left to do.
    expect(stepsOf(review)).toEqual([]);
  });

  test('an acceptance of nothing is told with its line', () => {
    const text = `${edited(home, ['photos.example.com', 'pictures.example.com'])}${accepting}`;
    const review = reviewOf(change(installed(home), installed(text)));
    expect(review.unmatched).toEqual([
      { change: id, because: 'it is empty', file: 'installations/home.yaml', line: lineOf(text, 'accept:') },
    ]);
  });

  test('a new installation is told, and changes nothing', () => {
    const texts = installed(home);
    const other = installed(
      edited(home, ['name: home', 'name: photos'], ['immich-backups', 'other']),
      'photos',
    );
    expect(reviewOf(change(texts, { ...texts, ...other }))).toMatchObject({
      verdict: 'routine',
      changes: [],
      added: ['photos'],
    });
  });

  test('a removed installation is refused', () => {
    const review = reviewOf(change(installed(home), { 'README.md': '' }));
    expect(review.changes).toMatchObject([
      { id: 'home:installation:remove:home->nothing', grade: 'refused' },
    ]);
  });

  test('installations without a change are not read', () => {
    const texts = installed(home);
    const tree = change(
      { ...texts, ...installed(home, 'home', 'other/') },
      { ...texts, ...installed(smaller, 'home', 'other/') },
    );
    const read: string[] = [];
    const spied = (files: typeof tree.before) => ({
      ...files,
      read: (path: string) => {
        read.push(path);
        return files.read(path);
      },
    });
    expect(reviewOf({ ...tree, before: spied(tree.before), after: spied(tree.after) }).verdict).toBe(
      'refused',
    );
    expect(read.filter((path) => path.startsWith('dist/'))).toEqual([]);
  });
});

describe('one without the other', () => {
  const before = installed(home);
  const edit = (path: RegExp, from: string, to: string): Texts =>
    Object.fromEntries(
      Object.entries(before).map(([one, text]) => [one, path.test(one) ? text.replaceAll(from, to) : text]),
    );

  test('dist that is edited without its file is refused, with the line of the file', () => {
    const { verdict, changes } = reviewOf(
      change(before, edit(/app\/deployment\.immich/, 'v3.3.1', 'v3.4.0')),
    );
    expect(verdict).toBe('refused');
    expect(changes[0]).toMatchObject({
      id: 'home:version:edited:v3.3.1->v3.4.0',
      place: { file: 'installations/home.yaml', line: lineOf(home, 'version:') },
    });
    expect(changes[0]?.sentence).toMatch(
      /^dist is edited without its installation file, which says v3\.3\.1 at version: /,
    );
  });

  test('dist and file together are no edit', () => {
    const after = installed(edited(home, ['version: v3.3.1', 'version: v3.4.0']));
    expect(reviewOf(change(before, after)).verdict).toBe('steps');
  });

  test('a file without its dist needs synth', () => {
    const { verdict, stale, changes } = reviewOf(change(before, edit(/installations/, 'v3.3.1', 'v3.4.0')));
    expect(verdict).toBe('steps');
    expect(stale).toEqual([{ installation: 'home', file: 'installations/home.yaml' }]);
    expect(changes).toEqual([]);
  });

  test.each([
    ['a comment', '# a comment\n'],
    ['what is accepted', accepting],
  ])('%s alone does not', (_, more) => {
    const after = { ...before, 'installations/home.yaml': `${home}${more}` };
    expect(reviewOf(change(before, after))).toMatchObject({ verdict: 'routine', stale: [] });
  });
});

describe('manifests of others', () => {
  const claim = (size: string, name = 'library') => `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: ${name}
  namespace: photos
spec:
  storageClassName: fast
  resources:
    requests:
      storage: ${size}
`;
  const server = (version: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: immich-server
  namespace: photos
spec:
  template:
    spec:
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:${version}
`;
  const release = (version: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: immich
  namespace: photos
spec:
  chart:
    spec:
      chart: app-template
      version: 4.0.0
  values:
    controllers:
      server:
        containers:
          app:
            image:
              repository: ghcr.io/immich-app/immich-server
              tag: ${version}
`;
  const cluster = (image: string) => `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: immich
  namespace: photos
spec:
  imageName: ghcr.io/tensorchord/cloudnative-vectorchord:${image}
`;
  const sentences = (before: Texts, after: Texts) =>
    reviewOf(change(before, after)).changes.map(({ grade, sentence }) => `${grade}: ${sentence}`);

  test('plain manifests: a version goes down', () => {
    const review = reviewOf(change({ 'a/b.yaml': server('v3.3.1') }, { 'a/b.yaml': server('v3.2.0') }));
    expect(review.verdict).toBe('refused');
    expect(review.changes[0]).toMatchObject({
      id: 'repository:Deployment/immich-server:downgrade:v3.3.1->v3.2.0',
      key: undefined,
      place: { file: 'a/b.yaml', line: 11 },
    });
  });

  test('a Helm release of app-template is told as what it becomes', () => {
    const told = sentences({ 'immich/hr.yaml': release('v3.2.0') }, { 'immich/hr.yaml': release('v3.3.1') });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^steps: Immich goes from v3\.2\.0 to v3\.3\.1/);
  });

  test('a database of CloudNativePG', () => {
    expect(sentences({ 'db.yaml': cluster('18.6-1.1.1') }, { 'db.yaml': cluster('17.10-1.1.1') })[0]).toMatch(
      /^refused: PostgreSQL 17 cannot read/,
    );
  });

  test('other applications are not spoken of', () => {
    const other = (tag: string) =>
      server(tag)
        .replaceAll('immich-app/immich', 'it/it')
        .replaceAll('immich', 'it')
        .replace('photos', 'media');
    const before = { 'a/server.yaml': server('v3.3.1'), 'media/it.yaml': other('v1.0.0') };
    expect(sentences(before, { ...before, 'media/it.yaml': other('v2.0.0') })).toEqual([]);
    expect(sentences(before, { 'a/server.yaml': server('v3.3.1') })).toEqual([]);
  });

  test('what begins to matter, because Immich comes beside it, does not seem to change', () => {
    const before = { 'photos/claim.yaml': claim('5Gi') };
    const after = { ...before, 'photos/server.yaml': server('v3.3.1') };
    expect(sentences(before, after).filter((one) => one.includes('PersistentVolumeClaim'))).toEqual([]);
  });

  test('an object of one name in each of two Kubernetes clusters is compared with its own', () => {
    const before = { 'one/a.yaml': server('v3.3.1'), 'two/a.yaml': server('v3.3.1') };
    expect(sentences(before, { ...before, 'one/a.yaml': server('v3.2.0') })[0]).toMatch(/^refused/);
    expect(sentences(before, { ...before, 'two/a.yaml': server('v3.2.0') })[0]).toMatch(/^refused/);
  });

  test('beside dist of ours, which is not read twice', () => {
    const before = { ...installed(home), 'flux/a.yaml': server('v3.3.1') };
    const review = reviewOf(change(before, { ...installed(smaller), 'flux/a.yaml': server('v3.2.0') }));
    expect(review.changes.map((one) => one.id).sort()).toEqual([
      id,
      'repository:Deployment/immich-server:downgrade:v3.3.1->v3.2.0',
    ]);
  });
});

describe('dist that changes alone', () => {
  const texts = installed(home);
  const runbook = 'dist/home/RUNBOOK.md';
  const page = { ...texts, [runbook]: `${texts[runbook] ?? ''}\nAsk Anna.\n` };

  test('a page, by whoever edits it, is told with the file to edit', () => {
    expect(reviewOf(change(texts, page)).changes).toMatchObject([
      {
        id: 'home:installation:handmade',
        grade: 'steps',
        place: { file: runbook },
        sentence: expect.stringMatching(
          /^RUNBOOK\.md of dist changes and installations\/home\.yaml does not/,
        ),
      },
    ]);
  });

  const edit = (path: string, from: string, to: string, more: { readonly [path: string]: string } = {}) => ({
    ...texts,
    [path]: edited(texts[path] ?? '', [from, to]),
    ...more,
  });
  const cluster = 'dist/home/home/database/cluster.immich-db.yaml';
  const valkey = 'dist/home/home/app/deployment.immich-valkey.yaml';
  const digest = `@sha256:${'0'.repeat(64)}`;

  test('the image of the database, by a manager for CloudNativePG, is refused with what to write', () => {
    const [refused] = reviewOf(change(texts, edit(cluster, ':17.10-1.1.1', ':17.11-1.1.1'))).changes;
    expect(refused).toMatchObject({
      id: 'home:database.cnpg.image:edited:17.10->17.11',
      grade: 'refused',
      place: { file: 'installations/home.yaml' },
    });
    expect(refused?.steps[0]).toBe(
      'If 17.11 is meant, write ghcr.io/tensorchord/cloudnative-vectorchord:17.11-1.1.1 at database.cnpg.image of installations/home.yaml and run synth.',
    );
  });

  test('an image that the file leaves to us is refused with the line to add, unless the program changes', () => {
    const [from, to] = ['valkey:9.1-alpine', `valkey:9.1-alpine${digest}`];
    const [refused] = reviewOf(change(texts, edit(valkey, from, to))).changes;
    expect(refused?.grade).toBe('refused');
    expect(refused?.steps[0]).toBe(
      `If docker.io/valkey/valkey:9.1-alpine${digest} is meant, write valkey: { image: "docker.io/valkey/valkey:9.1-alpine${digest}" } into installations/home.yaml and run synth.`,
    );
    const upgraded = edit(valkey, from, to, { 'package-lock.json': '{ "newer": true }' });
    expect(reviewOf(change(texts, upgraded)).changes.map(({ grade }) => grade)).not.toContain('refused');
  });

  test('a manifest that is no YAML is not told to be gone', () => {
    const marks = `<<<<<<< HEAD\n${texts[valkey] ?? ''}=======\n`;
    const { changes } = reviewOf(change(texts, { ...texts, [valkey]: marks }));
    expect(changes[0]).toMatchObject({
      grade: 'refused',
      sentence: `${valkey} is not YAML any more: Flux applies nothing of its layer, and takes nothing away.`,
    });
    expect(changes.map(({ sentence }) => sentence).join(' ')).not.toContain('is gone');
  });

  test('the folder of an installation whose file is still there', () => {
    const left = Object.fromEntries(Object.entries(texts).filter(([path]) => !path.startsWith('dist/home/')));
    const [gone] = reviewOf(change(texts, left)).changes;
    expect(gone?.grade).toBe('refused');
    expect(gone?.sentence).toMatch(
      /^The folder home of dist is gone while installations\/home\.yaml is still there/,
    );
    const without = Object.fromEntries(Object.entries(left).filter(([path]) => !path.startsWith('inst')));
    expect(reviewOf(change(texts, without)).changes[0]?.sentence).toMatch(
      /^No installation file says name: home/,
    );
  });

  test('with its installation file, or with the program that makes it, it is as it should be', () => {
    const file = 'installations/home.yaml';
    const commented = { ...page, [file]: `# Ours\n${texts[file] ?? ''}` };
    const upgraded = { ...page, 'package-lock.json': '{}' };
    expect(reviewOf(change(texts, commented)).changes).toEqual([]);
    expect(reviewOf(change(texts, upgraded)).changes).toEqual([]);
  });
});
