import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NpmVariables, writeOverBanner } from '../../cli/npm-banner.ts';
import { show } from '../../lib/text/shown.ts';

const npm = {
  npm_lifecycle_script: 'node audit.cjs',
  npm_lifecycle_event: 'audit',
  npm_package_name: 'immich-cdk8s',
  npm_package_version: '0.1.0',
};
const given = ['--format', 'json', '.'];
const banner = '\n> immich-cdk8s@0.1.0 audit\n> node audit.cjs --format json .\n\n';

describe("npm's own lines before a report", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'banner-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What a file holds in the end that a shell opened as standard output, and npm wrote to before. */
  function written(before: string, variables: NpmVariables, flags = 'w'): { told: boolean; content: string } {
    const file = join(folder, 'output');
    rmSync(file, { force: true });
    const output = openSync(file, flags);
    try {
      if (before !== '') {
        execFileSync(process.execPath, ['-e', `process.stdout.write(${JSON.stringify(before)})`], {
          stdio: ['ignore', output, 'inherit'],
        });
      }
      return {
        told: writeOverBanner(show('[]\n'), given, variables, output),
        content: readFileSync(file, 'utf8'),
      };
    } finally {
      closeSync(output);
    }
  }

  test.each(['w', 'a'])('are taken out of a file that holds nothing else, opened with %s', (flags) => {
    expect(written(banner, npm, flags)).toEqual({ told: true, content: '[]\n' });
  });

  test('are left alone behind something else', () => {
    expect(written(`report of yesterday${banner}`, npm)).toEqual({
      told: false,
      content: `report of yesterday${banner}`,
    });
  });

  test('are not looked for where npm does not run the audit', () => {
    expect(written('', {})).toEqual({ told: false, content: '' });
    expect(written(banner, {})).toEqual({ told: false, content: banner });
  });

  test('are what the npm of this machine writes', () => {
    const file = join(folder, 'findings.json');
    const output = openSync(file, 'w');
    try {
      execFileSync('npm', ['run', 'audit', '--', '--format', 'json', 'dist'], {
        stdio: ['ignore', output, 'ignore'],
      });
    } finally {
      closeSync(output);
    }
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: 1, findings: expect.any(Array) });
  });
});
