import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { checkovConfiguration, checkovExcuses } from '../../lib/reference/checkov.ts';
import { ownFolder, runFolder } from '../control-plane/processes.ts';
import { toolPath } from '../control-plane/tools.ts';
import { committed, type DistObject, objectsOf, type Site, sitesOf } from './dist.ts';
import { writeSchemas } from './openapi-schemas.ts';
import { kubeScoreExcuses, scannedTogether } from './scanner-excuses.ts';
import { applied } from './sites.ts';

/** Scanners that others run report nothing but what the tables of excuses name, with reasons. */
export function scannersReportNothing(): void {
  describe('11. Scanners', () => {
    const tree = committed();
    const sites = sitesOf(tree);

    test('kubeconform: every object is valid by the schemas that the API server itself publishes', async () => {
      const folder = await schemas();
      for (const site of sites) {
        expect(kubeconform(folder, filesOf(site))).toEqual([]);
      }
    });

    test('control: kubeconform reports an unknown field', async () => {
      const [object] = filesOf(sites[0]).filter(({ file }) => file.includes('/deployment.'));
      const misspelt = { ...object, text: `${object?.text}\nspecs: {}\n`, file: `${object?.file}` };
      expect(kubeconform(await schemas(), [misspelt])).toEqual([expect.stringContaining('specs')]);
    });

    test.each(sites)('kube-score reports nothing that is not excused: $name', (site) => {
      const files = filesOf(site);
      for (const { files: together, ignored } of scannedTogether(files.map(({ file }) => file))) {
        expect(kubeScore(files, ignored).filter(({ file }) => together.has(file))).toEqual([]);
      }
    });

    test('control: kube-score reports each excuse, in files that it is for', () => {
      const reported = sites.flatMap((site) => kubeScore(filesOf(site), []));
      const idle = kubeScoreExcuses.filter(
        (excuse) => !reported.some(({ check, file }) => check === excuse.check && excuse.files.test(file)),
      );
      expect(idle).toEqual([]);
    });

    // For other objects, which the configuration holds for as well, the control shows that it excuses nothing.
    test('checkov reports nothing by the configuration that init writes', () => {
      const configuration = join(ownFolder('checkov'), '.checkov.yaml');
      writeFileSync(configuration, checkovConfiguration());
      const files = sites.flatMap((site) => filesOf(site));
      expect(checkov(files, ['--config-file', configuration])).toEqual([]);
    });

    test('control: without it, checkov reports each excuse for pods, and nothing for other objects', () => {
      const files = sites.flatMap((site) => filesOf(site));
      const reported = checkov(files, []);
      const pods = new Set(files.filter(({ object }) => hasPods(object)).map(({ file }) => file));
      const [inPods, elsewhere] = [true, false].map((each) =>
        reported.filter(({ file }) => pods.has(file) === each),
      );
      expect(elsewhere).toEqual([]);
      expect([...new Set(inPods?.map(({ check }) => check))].sort()).toEqual(
        checkovExcuses.map(({ check }) => check).sort(),
      );
    });

    function filesOf(site: Site | undefined): readonly DistObject[] {
      return site === undefined ? [] : objectsOf(tree, site).filter(({ layer }) => layer !== 'flux');
    }
  });
}

interface File {
  readonly file: string;
  readonly text: string;
}

interface Finding {
  /** The path in dist. */
  readonly file: string;
  readonly check: string;
}

/** Whether pods are made of the object. */
function hasPods({ kind }: KubernetesObject): boolean {
  return ['Deployment', 'CronJob', 'Job'].includes(kind);
}

let written: Promise<string> | undefined;

/** The schemas of `home`, whose cluster knows every kind. */
function schemas(): Promise<string> {
  written ??= applied('home/home').then(({ cluster }) => writeSchemas(cluster.api));
  return written;
}

let folders = 0;

/** The files in a folder of their own. */
function folderWith(files: readonly File[]): string {
  folders += 1;
  const folder = ownFolder('scanned', `${folders}`);
  for (const { file, text } of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

function kubeconform(schemas: string, files: readonly File[]): readonly string[] {
  const location = join(schemas, '{{ .ResourceKind }}{{ .KindSuffix }}.json');
  const { stdout, stderr } = spawnSync(
    toolPath('kubeconform', 'kubeconform'),
    ['-strict', '-output', 'json', '-schema-location', location, folderWith(files)],
    { encoding: 'utf8', env: {} },
  );
  const report: { readonly resources: readonly { readonly filename: string; readonly msg: string }[] } =
    parsed(stdout, stderr);
  return report.resources.map(({ filename, msg }) => `${filename}: ${msg}`);
}

/** What kube-score reports about files that it sees together, but for the checks that are ignored. */
function kubeScore(files: readonly File[], ignored: readonly string[]): readonly Finding[] {
  const folder = folderWith(files);
  const { stdout, stderr } = spawnSync(
    toolPath('kube-score', 'kube-score'),
    [
      ...['score', '--output-format', 'json', ...ignored.flatMap((check) => ['--ignore-test', check])],
      ...files.map(({ file }) => join(folder, file)),
    ],
    { encoding: 'utf8', env: {}, maxBuffer: 2 ** 26 },
  );
  const report: readonly {
    readonly file_name: string;
    readonly checks: readonly {
      readonly check: { readonly id: string };
      readonly skipped: boolean;
      readonly grade: number;
    }[];
  }[] = parsed(stdout, stderr);
  expect(report.length).toBeGreaterThan(0);
  return report.flatMap(({ file_name, checks }) =>
    checks
      .filter(({ skipped, grade }) => !skipped && grade < allGood)
      .map(({ check }) => ({ file: relative(folder, file_name), check: check.id })),
  );
}

/** The best grade of kube-score. */
const allGood = 10;

function checkov(files: readonly File[], flags: readonly string[]): readonly Finding[] {
  const { stdout, stderr } = spawnSync(
    'python3',
    [
      ...['-m', 'checkov.main', '--directory', folderWith(files), '--framework', 'kubernetes'],
      ...['--skip-download', '--compact', '--quiet', '--output', 'json', ...flags],
    ],
    {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', HOME: runFolder(), PYTHONPATH: toolPath('checkov', '.') },
      maxBuffer: 2 ** 26,
    },
  );
  const report: {
    readonly results: {
      readonly failed_checks: readonly { readonly check_id: string; readonly file_path: string }[];
    };
    readonly summary: { readonly passed: number; readonly parsing_errors: number };
  } = parsed(stdout, stderr);
  expect(report.summary.parsing_errors).toBe(0);
  expect(report.summary.passed).toBeGreaterThan(0);
  return report.results.failed_checks.map(({ file_path, check_id }) => ({
    file: file_path.replace(/^\//, ''),
    check: check_id,
  }));
}

function parsed<Report>(stdout: string, stderr: string): Report {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`The scanner gave no report:\n${stdout}${stderr}`);
  }
}
