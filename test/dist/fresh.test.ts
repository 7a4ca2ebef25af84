import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../cli/node-files.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { bundle } from '../bundle.ts';
import { committedFiles } from './committed.ts';
import { readDist } from './read-dist.ts';

const repository = join(__dirname, '../..');

/** Paths whose texts differ, or that only one of the two has. */
function differing(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((path) => one.get(path) !== other.get(path))
    .sort();
}

// When this fails: npm run synth, and read the difference before it is committed.
test('the committed dist is what synth makes of the committed installations', () => {
  const sources = readdirSync(join(repository, 'installations'))
    .sort()
    .map((name): [string, string] => [
      `installations/${name}`,
      readFileSync(join(repository, 'installations', name), 'utf8'),
    ]);
  const { files } = synthesize(new Map(sources));
  expect(differing(files ?? new Map(), committedFiles)).toEqual([]);
  expect(sources.length).toBeGreaterThan(0);
});

describe('synth as a command', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'synth-'));
    cpSync(join(repository, 'installations'), join(folder, 'installations'), { recursive: true });
    bundle('synth', join(folder, 'main.cjs'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function synth(environment: { [name: string]: string }): void {
    const env = { PATH: process.env['PATH'] ?? '', ...environment };
    execFileSync(process.execPath, ['main.cjs'], { cwd: folder, env, stdio: 'pipe' });
  }

  test.each([
    { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    {
      TZ: 'America/Los_Angeles',
      LANG: 'C',
      HOME: '/nonexistent',
      IMMICH_VERSION: 'v1.0.0',
      DB_HOSTNAME: 'elsewhere',
    },
  ])('makes the same everywhere: %j', (environment) => {
    rmSync(join(folder, 'dist'), { recursive: true, force: true });
    synth(environment);
    expect(differing(readDist(nodeFiles(join(folder, 'dist'))).files, committedFiles)).toEqual([]);
  });

  test('writes nothing when nothing has changed', () => {
    synth({});
    const times = () =>
      readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' }).map((path) => [
        path,
        statSync(join(folder, 'dist', path)).mtimeMs,
      ]);
    const before = times();
    synth({});
    expect(times()).toEqual(before);
  });
});
