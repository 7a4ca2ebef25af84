import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('A bundle is made again', () => {
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'up-to-date-'));
    mkdirSync(join(folder, 'node_modules/one/lib'), { recursive: true });
    for (const file of [
      'main.ts',
      'node_modules/one/lib/one.js',
      'node_modules/one/package.json',
      'build.mjs',
    ]) {
      writeFileSync(join(folder, file), 'first');
    }
    await later();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const later = () => new Promise((done) => setTimeout(done, 50));
  const run = (script: string) =>
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { writeFileSync } from 'node:fs';
        import { isUpToDate, keepingRecord } from '${join(__dirname, '../bundling/up-to-date.mjs')}';
        ${script}`,
      ],
      { cwd: folder, encoding: 'utf8' },
    );
  /** Makes the bundle. `meanwhile` is done before it is finished. */
  const make = (meanwhile = '') =>
    run(`await keepingRecord('.', 'bundle.cjs', ['build.mjs'], (part, metafile) => {
      writeFileSync(part, 'bundle');
      writeFileSync(metafile, '{ "inputs": { "main.ts": {}, "node_modules/one/lib/one.js": {}, "(disabled):fs": {} } }');
      ${meanwhile}
    });`);
  const isUpToDate = () => run("console.log(isUpToDate('.', 'bundle.cjs'));") === 'true\n';

  test('not when nothing has changed', () => {
    make();
    expect(isUpToDate()).toBe(true);
  });

  test('when there is none, or no record of it', () => {
    expect(isUpToDate()).toBe(false);
    make();
    rmSync(join(folder, 'bundle.cjs.json'));
    expect(isUpToDate()).toBe(false);
  });

  test.each(['main.ts', 'node_modules/one/lib/one.js', 'node_modules/one/package.json', 'build.mjs'])(
    'when %s has changed, also in its text alone',
    (name) => {
      make();
      const file = join(folder, name);
      const { atime, mtime, size } = statSync(file);
      writeFileSync(file, 'other');
      utimesSync(file, atime, mtime);
      expect(statSync(file)).toMatchObject({ size, mtime });
      expect(isUpToDate()).toBe(false);
    },
  );

  test.each(['package.json', 'tsconfig.json', 'node_modules/.package-lock.json'])(
    'when %s has come',
    (name) => {
      make();
      writeFileSync(join(folder, name), '{}');
      expect(isUpToDate()).toBe(false);
    },
  );

  test('when a source is gone', () => {
    make();
    rmSync(join(folder, 'main.ts'));
    expect(isUpToDate()).toBe(false);
  });

  test('when another has been put in its place', () => {
    make();
    writeFileSync(join(folder, 'bundle.cjs'), 'other!');
    expect(isUpToDate()).toBe(false);
  });

  test('when a source changed while it was made', () => {
    make("writeFileSync('main.ts', 'other');");
    expect(isUpToDate()).toBe(false);
  });

  test('when it could not be made, and the older one stays', () => {
    make();
    expect(() => make("throw new Error('no');")).toThrow('no');
    expect(isUpToDate()).toBe(true);
  });
});
