import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { edited, home, homeWithoutBackup, k3s } from '../installation/example.ts';
import { podSecurityViolations } from '../pod-security.ts';

function runbookOf(text: string): string {
  const { files } = synthesize(new Map([['installations/x.yaml', text]]));
  return [...(files ?? [])].find(([file]) => file.endsWith('/RUNBOOK.md'))?.[1] ?? '';
}

const withVolSync = runbookOf(edited(home, [homeWithoutBackup, 'backup: { volsync: {} }']));
/** Every block of commands. */
const blocks = [...withVolSync.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block ?? '');

function blockWith(text: string): string {
  const found = blocks.filter((block) => block.includes(text));
  if (found.length !== 1) throw new Error(`${found.length} blocks with ${text}`);
  return found[0] ?? '';
}

test('the backups of files are looked at beside a database of others, too', () => {
  const text = edited(k3s, [
    'backup: none\n    reason: nothing copies it yet, and the snapshots below only undo a mistake',
    'backup: { longhorn: {} }',
  ]);
  expect(runbookOf(text)).toContain('kubectl get backuptargets.longhorn.io');
  expect(runbookOf(home)).not.toContain('longhorn.io');
});

test('the pod with restic is let into the namespace, and out to the store', () => {
  const [, manifest = ''] = /<<EOF\n(.*?)\nEOF/s.exec(blockWith('name: restic-by-hand')) ?? [];
  const pod = parse(manifest);
  expect(podSecurityViolations(pod.spec)).toEqual([]);
  expect(pod.metadata.labels).toEqual({ 'app.kubernetes.io/name': 'immich-library-backup' });
  expect(pod.spec.containers[0].envFrom).toEqual([{ secretRef: { name: 'immich-library-restic' } }]);
});

test("Google's key file is a file in the pod with restic, as in VolSync's own", () => {
  const text = runbookOf(edited(home, [homeWithoutBackup, 'backup: { volsync: { store: gcs } }']));
  const [, manifest = ''] =
    /<<EOF\n(apiVersion: v1\nkind: Pod\nmetadata: \{ name: restic-by-hand.*?)\nEOF/s.exec(text) ?? [];
  const { spec } = parse(manifest);
  const name = 'GOOGLE_APPLICATION_CREDENTIALS';
  expect(spec.containers[0].env).toContainEqual({ name, value: `/credentials/${name}` });
  expect(spec.containers[0].volumeMounts).toContainEqual({
    name: 'credentials',
    mountPath: '/credentials',
    readOnly: true,
  });
  expect(spec.volumes).toContainEqual({
    name: 'credentials',
    secret: { secretName: 'immich-library-restic', items: [{ key: name, path: name }] },
  });
  expect(withVolSync).not.toContain('/credentials');
});

/** A library, and a repository that VolSync's mover would have written: of `.`, seen from inside of the volume. */
describe('with restic', () => {
  const folder = mkdtempSync(join(tmpdir(), 'restic-'));
  const library = join(folder, 'data');
  const photos = { 'upload/1/a b.jpg': 'first', 'library/admin/2026/c.jpg': 'second' };
  const environment = {
    PATH: process.env['PATH'],
    RESTIC_REPOSITORY: join(folder, 'repository'),
    RESTIC_PASSWORD: 'a password of this test',
    RESTIC_CACHE_DIR: join(folder, 'cache'),
  };

  /** Runs commands of the runbook as they are printed, with restic here in the place of the pod. */
  function run(commands: string): { status: number | null; output: string } {
    const here = commands.replaceAll('kubectl exec restic-by-hand --namespace immich -- ', '');
    expect(here).not.toContain('kubectl');
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-e', '-c', here], {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
    });
    return { status, output: stdout + stderr };
  }

  beforeAll(() => {
    if (spawnSync('restic', ['version']).error !== undefined) {
      throw new Error(
        'restic is not installed, and without it the commands of the runbook cannot be tried: "apt-get install restic", "brew install restic".',
      );
    }
    for (const [path, content] of Object.entries(photos)) {
      mkdirSync(dirname(join(library, path)), { recursive: true });
      writeFileSync(join(library, path), content);
    }
    const { status, output } = run('restic init && cd data && restic backup --host volsync .');
    expect([status, output]).toEqual([0, expect.stringContaining('saved')]);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('the repository is read', () => {
    const { status, output } = run(blockWith('check --read-data-subset'));
    expect([status, output]).toEqual([0, expect.stringContaining('no errors were found')]);
  });

  const checksum = (text: string) => createHash('sha1').update(text).digest('hex');
  /** The loop of the runbook, over what the database said. */
  function compare(rows: readonly (readonly [sum: string, path: string])[]): string {
    writeFileSync(join(folder, 'checksums.txt'), rows.map((row) => `${row.join('\t')}\n`).join(''));
    const [, loop = ''] = blockWith('checksums.txt').split('> checksums.txt\n');
    return run(loop).output;
  }

  test('photos that are what Immich was given are passed over in silence', () => {
    const rows = Object.entries(photos).map(([path, content]) => [checksum(content), path] as const);
    expect(compare(rows)).toBe('');
  });

  test('a photo with another content, and one that is not there, are told', () => {
    const told = compare([
      [checksum('another'), 'upload/1/a b.jpg'],
      [checksum('second'), 'library/admin/2026/gone.jpg'],
      [checksum('second'), 'library/admin/2026/c.jpg'],
    ]);
    expect(told).toContain('differs or missing: upload/1/a b.jpg');
    expect(told).toContain('differs or missing: library/admin/2026/gone.jpg');
    expect(told).not.toContain('library/admin/2026/c.jpg');
  });

  test('the lock of a mover that was killed keeps others out until it is unlocked', async () => {
    // While restic writes a lock, its file has another name.
    const locks = () =>
      readdirSync(join(folder, 'repository/locks')).filter((name) => /^[0-9a-f]{64}$/.test(name));
    const mover = spawn('restic', ['backup', '--host', 'volsync', '--stdin'], { env: environment });
    while (locks().length === 0) await new Promise((done) => setTimeout(done, 100));
    mover.kill('SIGKILL');
    await new Promise((done) => mover.once('exit', done));

    const before = run('restic prune');
    expect([before.status, before.output]).toEqual([1, expect.stringContaining('unable to create lock')]);
    expect(run(blockWith('restic unlock')).status).toBe(0);
    expect(locks()).toEqual([]);
    expect(run('restic prune').status).toBe(0);
  });
});
