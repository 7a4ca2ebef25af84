import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const repository = join(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'example-'));

beforeAll(() => {
  cpSync(join(repository, 'examples/constructs'), folder, { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  for (const peer of ['cdk8s', 'constructs']) {
    symlinkSync(join(repository, 'node_modules', peer), join(folder, 'node_modules', peer));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Compiles the example as strictly as its own configuration says, against the sources. */
function compile(): { status: number | null; stdout: string } {
  writeFileSync(
    join(folder, 'tsconfig.check.json'),
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: {
        noEmit: true,
        allowImportingTsExtensions: true,
        skipLibCheck: true,
        resolveJsonModule: true,
        types: ['node'],
        typeRoots: [join(repository, 'node_modules/@types')],
        rootDir: '/',
        paths: { 'immich-cdk8s': [join(repository, 'lib/index.ts')] },
      },
    }),
  );
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '--project', 'tsconfig.check.json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout };
}

test('is accepted by a strict compiler, and a wrong property is not', () => {
  expect(compile()).toEqual({ status: 0, stdout: '' });
  const main = join(folder, 'main.ts');
  const text = readFileSync(main, 'utf8');
  writeFileSync(main, text.replace("{ limits: { memory: '6Gi' } }", "{ limits: { memory: ['6Gi'] } }"));
  expect(compile().stdout).toContain("Type 'string[]' is not assignable to type 'string'");
  writeFileSync(main, text);
});

test('puts our objects beside its own', () => {
  execFileSync(
    join(repository, 'node_modules/.bin/esbuild'),
    [
      ...['main.ts', '--bundle', '--platform=node', '--outfile=main.cjs', '--log-level=warning'],
      `--alias:immich-cdk8s=${join(repository, 'lib/index.ts')}`,
    ],
    { cwd: folder },
  );
  execFileSync(process.execPath, ['main.cjs'], { cwd: folder });
  const objects = parseAllDocuments(readFileSync(join(folder, 'dist/photos.k8s.yaml'), 'utf8')).map(
    (document) => document.toJS(),
  );
  const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  expect(names).toEqual(
    expect.arrayContaining(['Deployment/immich-server', 'Deployment/immich-valkey', 'ConfigMap/banner']),
  );
  expect(objects.find(({ metadata }) => metadata.name === 'banner').data.text).toBe(
    'Photos are at immich-server.photos.svc:2283.',
  );
});
