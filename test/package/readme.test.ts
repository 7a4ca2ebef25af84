import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

const repository = join(__dirname, '../..');

/** The walks of README, as printed, but with other values than the examples have. */
const [ownRepository = '', copy = ''] = [
  ...readFileSync(join(repository, 'README.md'), 'utf8').matchAll(/```sh\n(.*?)```/gs),
].map(([, commands]) => valued(commands ?? ''));

let temporary: string;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'readme-'));
});

afterAll(() => rmSync(temporary, { recursive: true }));

function valued(text: string): string {
  return text
    .replaceAll('photos.example.com', 'bilder.example.net')
    .replaceAll('longhorn', 'local-path')
    .replaceAll('500Gi', '123Gi')
    .replaceAll('immich-backups', 'a-bucket')
    .replaceAll('s3.example.com', 'minio.example.net')
    .replaceAll('letsencrypt-prod', 'own-issuer');
}

/** Runs commands as a person does, one after the other, to the first that fails. */
function walk(commands: string, prelude = ''): string {
  const { PATH, HOME } = process.env;
  return execFileSync('bash', ['-euo', 'pipefail', '-c', `${prelude}\n${commands}`], {
    cwd: temporary,
    encoding: 'utf8',
    env: {
      ...{ PATH, HOME, npm_config_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' },
      ...{ GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com' },
      ...{ GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function check(folder: string, synth: string): void {
  const { metadata, spec } = parse(
    readFileSync(join(folder, 'dist/home/home/storage/persistentvolumeclaim.immich-library.yaml'), 'utf8'),
  );
  expect(metadata.name).toBe('immich-library');
  expect([spec.storageClassName, spec.resources.requests.storage]).toEqual(['local-path', '123Gi']);
  const runbook = readFileSync(join(folder, 'dist/home/RUNBOOK.md'), 'utf8');
  expect(runbook).toContain('a-bucket');
  const told = walk(`cd '${folder}' && ${synth} && git status --porcelain`);
  expect(told).toMatch(/dist: \d+ unchanged\.\n$/);
}

test('the walk with the package leads to a dist that is committed and fresh', () => {
  mkdirSync(join(temporary, 'immich-cdk8s'));
  walk(`cd '${repository}' && npm pack --silent --pack-destination '${temporary}/immich-cdk8s'`);
  const told = walk(ownRepository);
  expect(told).toContain('home: Immich v3.3.1 at https://bilder.example.net\n');
  expect(told).toContain('home: immich-drill/immich-backup-read (ACCESS_KEY_ID, ACCESS_SECRET_KEY)');
  check(join(temporary, 'photos'), 'npx --no-install immich-cdk8s synth --check 2> /dev/null');
  rmSync(join(temporary, 'immich-cdk8s'), { recursive: true });
});

test('the walk with a copy of this repository does too', () => {
  const origin = join(temporary, 'origin');
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: repository,
    encoding: 'utf8',
  });
  for (const file of files.split('\0').filter((path) => path !== '' && existsSync(join(repository, path)))) {
    mkdirSync(dirname(join(origin, file)), { recursive: true });
    cpSync(join(repository, file), join(origin, file));
  }
  walk(`cd '${origin}' && git init --quiet && git add --all && git commit --quiet --message origin`);
  // What a test cannot do as printed: the network, and a person in an editor.
  const standIns = `
npm() { if [ "$1" = ci ]; then ln -s '${repository}/node_modules' node_modules; else command npm "$@"; fi; }
nano() { sed -i -e 's/photos.example.com/bilder.example.net/' -e 's/longhorn/local-path/' -e 's/500Gi/123Gi/' \\
  -e 's/immich-backups/a-bucket/' -e 's/letsencrypt-prod/own-issuer/' "$1"; }`;
  const told = walk(
    copy.replace('git clone https://github.com/YOU/', `git clone --quiet '${origin}' `),
    standIns,
  );
  expect(told).toContain('home: Immich v3.3.1 at https://bilder.example.net\n');
  const folder = join(temporary, 'immich-cdk8s');
  expect(existsSync(join(folder, 'dist/k3s'))).toBe(false);
  check(folder, 'npm run --silent synth -- --check 2> /dev/null');
});
