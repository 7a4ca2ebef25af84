import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { nodeFiles } from '../../cli/node-files.ts';
import { bundle } from '../bundle.ts';
import { readDist } from '../dist/read-dist.ts';
import { edited, home, k3s } from '../installation/example.ts';

let program: string;
let folder: string;

beforeAll(() => {
  program = join(mkdtempSync(join(tmpdir(), 'synth-bundle-')), 'synth.cjs');
  bundle('synth', program);
});

afterAll(() => {
  rmSync(dirname(program), { recursive: true });
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synth-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a file of the temporary folder. */
function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Runs synth there, as a user would. */
function synth(environment: { readonly [name: string]: string } = {}) {
  return synthWith([], environment);
}

function synthWith(args: readonly string[], environment: { readonly [name: string]: string } = {}) {
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** The text of every file in dist. */
function dist(): ReadonlyMap<string, string> {
  return readDist(nodeFiles(join(folder, 'dist'))).files;
}

const oneFile = 'dist/home/home/app/service.immich-server.yaml';

describe('what cannot be synthesized', () => {
  test('a typo is told with its place, by exit code 1, and nothing is written', () => {
    write('installations/home.yaml', edited(home, ['route:', 'rout:']));
    const { status, stdout, stderr } = synth();
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(
      'installations/home.yaml:14:1: error: rout: "rout" is not a known key. Did you mean "route"?\n',
    );
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^1 error(, \d+ warnings?)?\. Nothing was written: dist\/ is unchanged\.$/,
    );
    expect(dist().size).toBe(0);
  });

  test('a typo in one file keeps all of them from being written', () => {
    write('installations/home.yaml', home);
    synth();
    const before = dist();
    write('installations/home.yaml', edited(home, ['500Gi', '600Gi']));
    write('installations/k3s.yaml', edited(k3s, ['500Gi', '500gb']));
    expect(synth().status).toBe(1);
    expect(dist()).toEqual(before);
  });

  test('no folder of installations, or an empty one', () => {
    const told =
      'installations/ holds no installation. Write one, such as installations/home.yaml, by hand or by the command init; see README.md.\n';
    expect(synth()).toEqual({ status: 2, stdout: '', stderr: told });
    mkdirSync(join(folder, 'installations'));
    expect(synth()).toEqual({ status: 2, stdout: '', stderr: told });
    write('installations/README.md', '# none yet\n');
    expect(synth()).toEqual({ status: 2, stdout: '', stderr: told });
  });

  test('no installation any more leaves dist as it was', () => {
    write('installations/home.yaml', home);
    synth();
    const before = dist();
    rmSync(join(folder, 'installations/home.yaml'));
    expect(synth().status).toBe(2);
    expect(dist()).toEqual(before);
  });

  test.each([
    [
      'a folder that is called like a file',
      () => mkdirSync(join(folder, 'installations/home.yaml'), { recursive: true }),
    ],
    ['a file in place of the folder', () => write('installations', 'home')],
    [
      'a link to nowhere',
      () => {
        mkdirSync(join(folder, 'installations'));
        symlinkSync('nowhere.yaml', join(folder, 'installations/home.yaml'));
      },
    ],
  ])('%s is told without a stack trace', (_what, make) => {
    make();
    const { status, stdout, stderr } = synth();
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('installations');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('text that is not UTF-8', () => {
    write('installations/home.yaml', '');
    writeFileSync(join(folder, 'installations/home.yaml'), Buffer.from(`\uFEFF${home}`, 'utf16le'));
    const { status, stderr } = synth();
    expect(status).toBe(1);
    expect(stderr).toContain('installations/home.yaml:1:1: error: The file is not text');
  });
});

describe('dist', () => {
  beforeEach(() => {
    write('installations/home.yaml', home);
    expect(synth().status).toBe(0);
  });

  test('keeps the time of files that stay as they are', () => {
    const long = new Date('2020-02-02T02:02:02Z');
    for (const path of dist().keys()) utimesSync(join(folder, 'dist', path), long, long);
    write('installations/home.yaml', edited(home, ['500Gi', '600Gi']));
    expect(synth().status).toBe(0);
    const changed = [...dist().keys()].filter((path) => statSync(join(folder, 'dist', path)).mtime > long);
    expect(changed).toEqual([
      'home/README.md',
      'home/home/storage/persistentvolumeclaim.immich-library.yaml',
    ]);
  });

  test('has nothing to write when nothing changed', () => {
    const before = statSync(join(folder, oneFile)).mtimeMs;
    const { status, stdout } = synth();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+ warnings?\. dist: \d+ unchanged\.\n$/);
    expect(statSync(join(folder, oneFile)).mtimeMs).toBe(before);
  });

  test('loses the files of an installation that is no more, and of no other', () => {
    write('installations/k3s.yaml', k3s);
    synth();
    expect([...dist().keys()].some((path) => path.startsWith('k3s/'))).toBe(true);
    rmSync(join(folder, 'installations/k3s.yaml'));
    const refused = synth();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('git rm -r dist/k3s');
    expect(() => statSync(join(folder, 'dist/k3s'))).not.toThrow();
    const meant =
      'accept: [{ change: "k3s:installation:remove:k3s->nothing", because: "it moved elsewhere" }]';
    write('installations/home.yaml', `${home}${meant}\n`);
    expect(synth().status).toBe(0);
    expect(new Set([...dist().keys()].map((path) => path.split('/')[0]))).toEqual(new Set(['home']));
    expect(() => statSync(join(folder, 'dist/k3s'))).toThrow('ENOENT');
  });

  test('with a file of somebody else is left alone, and the file is named', () => {
    write('dist/home/home/app/secret.mine.yaml', 'kind: Secret\n');
    write('installations/home.yaml', edited(home, ['500Gi', '600Gi']));
    const before = dist();
    const { status, stderr } = synth();
    expect(status).toBe(1);
    expect(stderr).toContain('home/home/app/secret.mine.yaml');
    expect(dist()).toEqual(before);
  });

  test('with a link is left alone, and what the link points at too', () => {
    write('elsewhere/precious.yaml', 'kind: Precious\n');
    rmSync(join(folder, 'dist/home/home/app'), { recursive: true });
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'dist/home/home/app'));
    const { status, stderr } = synth();
    expect(status).toBe(1);
    expect(stderr).toContain('home/home/app');
    expect(readFileSync(join(folder, 'elsewhere/precious.yaml'), 'utf8')).toBe('kind: Precious\n');
    expect(() => statSync(join(folder, 'elsewhere/service.immich-server.yaml'))).toThrow('ENOENT');
  });

  test('is repaired where somebody edited it by hand', () => {
    const text = readFileSync(join(folder, oneFile), 'utf8');
    write(oneFile, text.replace('2283', '3001'));
    expect(synth().status).toBe(0);
    expect(readFileSync(join(folder, oneFile), 'utf8')).toBe(text);
  });

  test('does not depend on the environment', () => {
    const before = dist();
    rmSync(join(folder, 'dist'), { recursive: true });
    const { status, stdout, stderr } = synth({
      CDK8S_DISABLE_SORT: '1',
      CDK8S_OUTDIR: 'dist',
      CDK8S_RECORD_CONSTRUCT_METADATA: 'true',
      FORCE_COLOR: '1',
      TZ: 'Asia/Kathmandu',
      LANG: 'ja_JP.UTF-8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: synth().stderr });
    expect(dist()).toEqual(before);
    expect(stdout).not.toContain('\u001b');
  });

  test('goes where cdk8s says', () => {
    const before = dist();
    rmSync(join(folder, 'dist'), { recursive: true });
    expect(synth({ CDK8S_OUTDIR: 'out' }).status).toBe(0);
    expect(readDist(nodeFiles(join(folder, 'out'))).files).toEqual(before);
    expect(dist().size).toBe(0);
  });
});

describe('what is said when all is well', () => {
  beforeEach(() => write('installations/home.yaml', home));

  test('is what there is and which secrets must exist, in a pipe too, without colours', () => {
    const { status, stdout, stderr } = synth({ FORCE_COLOR: '1' });
    expect(status).toBe(0);
    expect(stdout).toContain('home: Immich v3.3.1 at https://photos.example.com\n');
    expect(stdout).toContain(
      'home: immich/immich-backup (ACCESS_KEY_ID, ACCESS_SECRET_KEY): store of the backups\n',
    );
    expect(stdout).toContain('flux create kustomization immich-home ');
    expect(stdout).toMatch(/\n\d+ warnings?\. dist: \d+ added\.\n$/);
    expect(stderr).toMatch(/^(installations\/home\.yaml:\d+:\d+: warning: [^\n]+\n)+$/);
    expect(stdout + stderr).not.toContain('\u001b');
  });

  test('is one line when nothing has changed, and all of it with --verbose', () => {
    const first = synth();
    const again = synth();
    expect(again.stdout).toMatch(/^\d+ warnings?\. dist: \d+ unchanged\.\n$/);
    expect(again.stderr).toBe(first.stderr);
    expect(synthWith(['--verbose']).stdout).toBe(first.stdout.replace(/added\.\n$/, 'unchanged.\n'));
  });

  test('leaves out the secrets and the first steps where those have not changed', () => {
    synth();
    write('installations/home.yaml', edited(home, ['500Gi', '600Gi']));
    const { stdout } = synth();
    expect(stdout).toContain('home: Immich v3.3.1');
    expect(stdout).not.toContain('Secrets that must exist');
    expect(stdout).not.toContain('flux create');
    write(
      'installations/home.yaml',
      edited(home, ['500Gi', '600Gi'], ['credentials: immich-backup', 'credentials: my-backup']),
    );
    expect(synth().stdout).toContain('home: immich/my-backup (');
  });

  test('is nothing with --quiet, not even warnings', () => {
    expect(synthWith(['--quiet'])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(dist().size).toBeGreaterThan(0);
  });

  test('is an object for programs with --format json, as its schema says', () => {
    const matches = new Ajv2020({ strict: true }).compile(
      JSON.parse(readFileSync('schema/synth-report.json', 'utf8')),
    );
    const reportOf = (...args: string[]) => JSON.parse(synthWith(['--format', 'json', ...args]).stdout);
    const stale = reportOf('--check');
    const written = reportOf();
    const unchanged = reportOf();
    write('installations/home.yaml', edited(home, ['500Gi', '400Gi']));
    const refused = reportOf();
    write('installations/home.yaml', edited(home, ['500Gi', '500gb']));
    const invalid = reportOf();
    for (const report of [stale, written, unchanged, refused, invalid]) {
      expect([matches(report), matches.errors]).toEqual([true, null]);
    }
    expect([stale, written, unchanged, refused, invalid].map(({ status }) => status)).toEqual([
      'stale',
      'written',
      'unchanged',
      'refused',
      'refused',
    ]);
    expect(written.files.added).toContain(oneFile.replace('dist/', ''));
    expect(written.secrets[0]).toMatchObject({ installation: 'home', name: 'immich-backup' });
    expect(refused.changes[0]).toMatchObject({
      id: 'home:volumes.library.size:shrink:500Gi->400Gi',
      grade: 'refused',
      impossible: true,
      key: 'volumes.library.size',
    });
    expect(invalid.problems).toContainEqual(
      expect.objectContaining({ line: 6, key: 'volumes.library.size', severity: 'error' }),
    );
  });
});

describe('options', () => {
  beforeEach(() => write('installations/home.yaml', home));

  test('--help and --version write nothing, and neither does a mistake', () => {
    expect(synthWith(['--help']).stdout).toMatch(/^Usage: immich-cdk8s synth /);
    expect(synthWith(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(synthWith(['--chek'])).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'The option --chek is not known. Did you mean --check?\n"immich-cdk8s synth --help" says what can be written.\n',
    });
    expect(synthWith(['--format', 'xml']).status).toBe(2);
    expect(synthWith(['--output']).stderr).toContain('The option --output needs a value.');
    expect(synthWith(['--check=yes']).stderr).toContain('The option --check takes no value.');
    expect(dist().size).toBe(0);
  });

  test('--check writes nothing, says which files are stale, and is silent about a fresh dist', () => {
    const none = synthWith(['--check']);
    expect(none.status).toBe(1);
    expect(none.stderr).toContain(`${oneFile} is missing.\n`);
    expect(dist().size).toBe(0);
    synth();
    const fresh = synthWith(['--check']);
    expect([fresh.status, fresh.stdout]).toEqual([0, synth().stdout]);
    write('installations/home.yaml', edited(home, ['500Gi', '600Gi']));
    const stale = synthWith(['--check']);
    expect(stale.status).toBe(1);
    expect(stale.stderr).toContain(
      'dist/home/home/storage/persistentvolumeclaim.immich-library.yaml is out of date.\n',
    );
    expect(stale.stderr.trimEnd().split('\n').at(-1)).toBe(
      'dist/ is not what synth writes. Run synth, and commit what it changes.',
    );
  });

  test('--installations and --output name other folders', () => {
    write('ours/home.yaml', home);
    rmSync(join(folder, 'installations'), { recursive: true });
    expect(synthWith(['--installations', 'ours/', '--output=out/immich/']).status).toBe(0);
    expect(readDist(nodeFiles(join(folder, 'out/immich'))).files.has('home/RUNBOOK.md')).toBe(true);
    expect(dist().size).toBe(0);
  });

  test('a single file writes and removes its own folder alone', () => {
    write('installations/k3s.yaml', k3s);
    synth();
    const before = dist();
    write('installations/k3s.yaml', edited(k3s, ['host: photos.', 'host: pictures.']));
    write('installations/home.yaml', edited(home, ['500Gi', '600Gi']));
    expect(synthWith(['installations/home.yaml']).status).toBe(0);
    const changed = [...dist()].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    expect(changed).toEqual([
      'home/README.md',
      'home/home/storage/persistentvolumeclaim.immich-library.yaml',
    ]);
    expect(dist().size).toBe(before.size);
    expect(synthWith(['installations/none.yaml']).status).toBe(2);
  });
});

test('what to merge into a HelmChartConfig that is there already is told when ours is new, and not again', () => {
  const file = 'installations/k3s.yaml';
  const told = () => synth().stdout;
  write(file, edited(k3s, ['k3s: true', 'k3s: false']));
  expect(told()).not.toContain('A HelmChartConfig for the Traefik of k3s');
  write(file, k3s);
  expect(told()).toContain(
    `Where it is, write route: { traefik: { k3s: false } }, and merge this into its spec.valuesContent:
    ports:
      websecure:
        transport:
          respondingTimeouts:
            readTimeout: 12h
            idleTimeout: 600s
`,
  );
  write(file, edited(k3s, ['retain: 14', 'retain: 7']));
  expect(told()).not.toContain('A HelmChartConfig for the Traefik of k3s');
});

describe('Secrets that are encrypted in git', () => {
  const example = 'secrets/home/immich/immich-backup.sops.yaml.example';
  const own = () => readFileSync(join(folder, example), 'utf8');

  beforeEach(() => write('installations/home.yaml', `${home}secrets: { sops: { folder: ./secrets } }\n`));

  test('each gets an example once, and what is missing is told', () => {
    expect(synthWith(['--check']).stderr).toContain('secrets.sops.folder: Missing, without which Flux');
    expect(statSync(join(folder, 'secrets'), { throwIfNoEntry: false })).toBeUndefined();
    expect(synth().status).toBe(0);
    expect(own()).toContain('ACCESS_KEY_ID: "<fill in: ACCESS_KEY_ID>"');
    write(example, 'mine\n');
    expect(synth().status).toBe(0);
    expect(own()).toBe('mine\n');
  });

  test('one in clear text is told without its values, and nothing is written', () => {
    const file = 'secrets/home/immich/immich-backup.sops.yaml';
    write(file, 'kind: Secret\nstringData: { ACCESS_KEY_ID: open-sesame }\n');
    const { status, stdout, stderr } = synth();
    expect(status).toBe(1);
    expect(stderr).toContain(`${file} is not encrypted`);
    expect(stdout + stderr).not.toContain('open-sesame');
    expect(dist().size).toBe(0);
  });
});
