import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('start.cjs', () => {
  let folder: string;
  let bundle: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'start-'));
    bundle = join(folder, 'bundle.cjs');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (...given: string[]) =>
    execFileSync(process.execPath, ['start.cjs', bundle, ...given], { encoding: 'utf8' });

  test('runs a bundle as node would, with its arguments, modules and place', () => {
    writeFileSync(
      bundle,
      "console.log(process.argv.slice(1).join(' '), require('node:path').basename(__filename), __dirname);",
    );
    expect(run('--one', 'two')).toBe(`${bundle} --one two bundle.cjs ${folder}\n`);
  });

  test('keeps what V8 made of it, and uses it again', () => {
    writeFileSync(bundle, "console.log('first');");
    run();
    const kept = readFileSync(`${bundle}.v8`);
    expect(run()).toBe('first\n');
    expect(readFileSync(`${bundle}.v8`)).toEqual(kept);
  });

  test('runs a bundle anew that was changed without becoming longer', () => {
    writeFileSync(bundle, "console.log('first');");
    run();
    writeFileSync(bundle, "console.log('other');");
    expect(run()).toBe('other\n');
  });

  test('runs with a kept file that is spoiled, and replaces it', () => {
    writeFileSync(bundle, "console.log('first');");
    run();
    const kept = readFileSync(`${bundle}.v8`);
    writeFileSync(`${bundle}.v8`, kept.subarray(0, 100));
    expect(run()).toBe('first\n');
    expect(readFileSync(`${bundle}.v8`).length).toBeGreaterThan(100);
  });

  test('passes the exit code on', () => {
    writeFileSync(bundle, 'process.exitCode = 3;');
    expect(() => run()).toThrow(expect.objectContaining({ status: 3 }));
  });
});
