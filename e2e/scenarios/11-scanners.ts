import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { runFolder } from '../control-plane/processes.ts';
import { toolPath } from '../control-plane/tools.ts';
import { changed, committed, objectsOf, type Site, sitesOf } from './dist.ts';
import { writeSchemas } from './openapi-schemas.ts';
import { applied } from './sites.ts';

/** Scanners that others run report nothing but what dist itself excuses, with reasons. */
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

    test.each(sites)('kube-score: $name', (site) => {
      expect(kubeScore(filesOf(site))).toEqual([]);
    });

    test.each(excusesOf('kube-score/ignore'))(
      'control: kube-score reports $excuse once it is not excused',
      (each) => {
        const reported = kubeScore(filesOf(each.site, withoutExcuses(each.file)));
        expect(reported.filter(({ check }) => check === each.excuse)).not.toEqual([]);
      },
    );

    test('checkov: nothing is reported for any file', () => {
      expect(checkov(sites.flatMap((site) => filesOf(site)))).toEqual([]);
    });

    test('control: checkov reports what is no longer excused', () => {
      const excuses = excusesOf('checkov.io/skip');
      expect(excuses.length).toBeGreaterThan(0);
      const files = excuses.flatMap(({ site, file }) =>
        filesOf(site, withoutExcuses(file)).filter((each) => each.file === file),
      );
      const reported = checkov(files).map(({ check }) => check);
      for (const { excuse } of excuses) {
        expect(reported).toContain(excuse);
      }
    });

    /** Each excuse once, with a file that has it. */
    function excusesOf(annotation: string) {
      const found = sites.flatMap((site) =>
        objectsOf(tree, site).flatMap(({ file, object }) =>
          Object.entries(object.metadata?.annotations ?? {})
            .filter(([name]) => name.startsWith(annotation))
            .flatMap(([, value]) =>
              annotation === 'kube-score/ignore' ? value.split(',') : [value.split('=')[0]],
            )
            .map((excuse = '') => ({ excuse, site, file })),
        ),
      );
      return [...new Map(found.map((each) => [each.excuse, each])).values()];
    }

    function withoutExcuses(file: string) {
      return changed(
        tree,
        file,
        (object): KubernetesObject => ({
          ...object,
          metadata: { ...object.metadata, annotations: {} },
        }),
      );
    }

    function filesOf(site: Site | undefined, from = tree): readonly File[] {
      return site === undefined ? [] : objectsOf(from, site).filter(({ layer }) => layer !== 'flux');
    }
  });
}

interface File {
  readonly file: string;
  readonly text: string;
}

interface Finding {
  readonly object: string;
  readonly check: string;
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
  const folder = runFolder('scanned', `${folders}`);
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

function kubeScore(files: readonly File[]): readonly Finding[] {
  const folder = folderWith(files);
  const { stdout, stderr } = spawnSync(
    toolPath('kube-score', 'kube-score'),
    ['score', '--output-format', 'json', ...files.map(({ file }) => join(folder, file))],
    { encoding: 'utf8', env: {}, maxBuffer: 2 ** 26 },
  );
  const report: readonly {
    readonly object_name: string;
    readonly checks: readonly {
      readonly check: { readonly id: string };
      readonly skipped: boolean;
      readonly grade: number;
    }[];
  }[] = parsed(stdout, stderr);
  expect(report.length).toBeGreaterThan(0);
  return report.flatMap(({ object_name, checks }) =>
    checks
      .filter(({ skipped, grade }) => !skipped && grade < allGood)
      .map(({ check }) => ({ object: object_name, check: check.id })),
  );
}

/** The best grade of kube-score. */
const allGood = 10;

function checkov(files: readonly File[]): readonly Finding[] {
  const { stdout, stderr } = spawnSync(
    'python3',
    [
      ...['-m', 'checkov.main', '--directory', folderWith(files), '--framework', 'kubernetes'],
      ...['--skip-download', '--compact', '--quiet', '--output', 'json'],
    ],
    {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', HOME: runFolder(), PYTHONPATH: toolPath('checkov', '.') },
      maxBuffer: 2 ** 26,
    },
  );
  const report: {
    readonly results: {
      readonly failed_checks: readonly { readonly check_id: string; readonly resource: string }[];
    };
    readonly summary: { readonly passed: number; readonly parsing_errors: number };
  } = parsed(stdout, stderr);
  expect(report.summary.parsing_errors).toBe(0);
  expect(report.summary.passed).toBeGreaterThan(0);
  return report.results.failed_checks.map(({ resource, check_id }) => ({
    object: resource,
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
