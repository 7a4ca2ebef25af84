import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { podSecurityViolations } from '../pod-security.ts';

const page = readFileSync(join(__dirname, '../../docs/moving-in.md'), 'utf8');
const [, printed = ''] = /```yaml\n(apiVersion: v1\nkind: PersistentVolume\n.*?)```/s.exec(page) ?? [];
const [volume, claim, job] = parseAllDocuments(printed).map((document) => document.toJS());
const [container] = job.spec.template.spec.containers;

describe('the Job of docs/moving-in.md that copies a library', () => {
  let folder: string;
  const file = (path: string) => join(folder, path);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'copy-library-'));
    mkdirSync(file('from/upload'), { recursive: true });
    mkdirSync(file('to'));
    writeFileSync(file('from/upload/one.jpg'), 'first');
    writeFileSync(file('from/upload/two words.jpg'), 'second');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs the command of the container as printed, on folders in the place of its volumes. */
  function run() {
    const [shell, ...args]: readonly string[] = container.command;
    const { status, stdout, stderr, error } = spawnSync(
      shell ?? '',
      args.map((arg) => arg.replaceAll('/from', file('from')).replaceAll('/to/', `${file('to')}/`)),
      { encoding: 'utf8' },
    );
    if (error !== undefined) throw error;
    return { status, text: `${stdout}${stderr}` };
  }

  test('is let into the namespace, and can only read the old place', () => {
    expect(podSecurityViolations(job.spec.template.spec)).toEqual([]);
    const { volumeMounts } = container;
    expect(volumeMounts.find(({ name }: { name: string }) => name === 'from').readOnly).toBe(true);
    expect(job.spec.template.spec.volumes[0].persistentVolumeClaim).toEqual({
      claimName: claim.metadata.name,
      readOnly: true,
    });
    expect(claim.spec.volumeName).toBe(volume.metadata.name);
    expect(volume.spec.nfs.readOnly).toBe(true);
  });

  test('copies, goes on where it stopped, and leaves what is there alone', () => {
    writeFileSync(file('to/.immich'), 'mark');
    const first = run();
    expect([first.status, first.text]).toEqual([
      0,
      expect.stringContaining('2 files are the same on both sides.'),
    ]);
    expect(readFileSync(file('to/upload/two words.jpg'), 'utf8')).toBe('second');
    rmSync(file('to/upload/one.jpg'));
    expect(run().status).toBe(0);
    expect(readFileSync(file('to/upload/one.jpg'), 'utf8')).toBe('first');
    expect(readFileSync(file('to/.immich'), 'utf8')).toBe('mark');
  });

  test('fails, and names the file, where a copy has the same size and time and another content', () => {
    expect(run().status).toBe(0);
    writeFileSync(file('to/upload/two words.jpg'), 'sXcond');
    for (const side of ['from', 'to']) utimesSync(file(`${side}/upload/two words.jpg`), 1, 1);
    const { status, text } = run();
    expect(status).toBe(1);
    expect(text).toContain('These differ:\nupload/two words.jpg\n');
  });
});
